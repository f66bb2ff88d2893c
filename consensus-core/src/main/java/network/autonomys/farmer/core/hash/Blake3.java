package network.autonomys.farmer.core.hash;

import java.util.Arrays;
import java.util.Objects;
import network.autonomys.farmer.core.types.Bytes;

/**
 * BLAKE3: plain and keyed hashes of 32 bytes, and the reduction to a scalar (primitives-archiving-kzg §3). Parts are hashed as if joined,
 * with nothing between them. Wrong key or range sizes give {@link IllegalArgumentException} or {@link IndexOutOfBoundsException}.
 */
public final class Blake3 {
    /** Bytes of a hash. */
    public static final int HASH_SIZE = 32;
    /** Bytes of a key. */
    public static final int KEY_SIZE = 32;

    private Blake3() {}

    /** Hash of the parts. */
    public static byte[] hash(byte[]... parts) {
        Hasher hasher = hasher();
        for (byte[] part : parts) {
            hasher.update(part, 0, part.length);
        }
        return hasher.digest();
    }

    /** Hash of the parts. */
    public static Bytes hash(Bytes... parts) {
        return Bytes.of(hash(arrays(parts)));
    }

    /** Writes the hash of {@code length} bytes of an array to {@code out}; the ranges may overlap. */
    public static void hash(byte[] data, int offset, int length, byte[] out, int outOffset) {
        hasher().update(data, offset, length).digest(out, outOffset, HASH_SIZE);
    }

    /** Hash of the parts with a key of 32 bytes. */
    public static byte[] keyed(byte[] key, byte[]... parts) {
        Hasher hasher = keyedHasher(key);
        for (byte[] part : parts) {
            hasher.update(part, 0, part.length);
        }
        return hasher.digest();
    }

    /** Hash of the parts with a key of 32 bytes. */
    public static Bytes keyed(Bytes key, Bytes... parts) {
        return Bytes.of(keyed(key.toArray(), arrays(parts)));
    }

    /** Hash of the parts with the two top bits of the first byte cleared: read big-endian, always a canonical scalar. */
    public static byte[] hash254(byte[]... parts) {
        byte[] hash = hash(parts);
        hash[0] &= 0x3f;
        return hash;
    }

    /** An incremental plain hash. */
    public static Hasher hasher() {
        return new Hasher(Blake3Compression.iv(), 0);
    }

    /** An incremental hash with a key of 32 bytes. */
    public static Hasher keyedHasher(byte[] key) {
        if (key.length != KEY_SIZE) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        int[] words = new int[8];
        Hasher.words(key, 0, words, 8);
        return new Hasher(words, Blake3Compression.KEYED);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static byte[][] arrays(Bytes[] parts) {
        byte[][] arrays = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            arrays[i] = Objects.requireNonNull(parts[i]).toArray();
        }
        return arrays;
    }

    /** An unfinished hash. It is for one thread, and may be read repeatedly: reading does not change it. */
    public static final class Hasher {
        private static final java.lang.invoke.VarHandle LE32 =
                java.lang.invoke.MethodHandles.byteArrayViewVarHandle(int[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
        private static final int BLOCK = 64;
        private static final int CHUNK = 1024;
        /** 2^54 chunks are 2^64 bytes. */
        private static final int MAX_DEPTH = 54;

        private final int[] key;
        private final int flags;
        private final int[] cv = new int[8];
        private final byte[] block = new byte[BLOCK];
        private final int[] words = new int[16];
        private final int[] stack = new int[8 * MAX_DEPTH];
        private int stackSize;
        private long chunks;
        private int blockLength;
        private int blocksDone;

        Hasher(int[] key, int flags) {
            this.key = key;
            this.flags = flags;
            System.arraycopy(key, 0, cv, 0, 8);
        }

        /** Takes a whole array. */
        public Hasher update(byte[] data) {
            return update(data, 0, data.length);
        }

        /** Takes a byte string. */
        public Hasher update(Bytes data) {
            return update(data.toArray());
        }

        /** Takes a range of an array. */
        public Hasher update(byte[] data, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, data.length);
            int at = offset;
            int end = offset + length;
            while (at < end) {
                // A full block is kept until more data comes, because the last block of a chunk is compressed
                // differently.
                if (blockLength == BLOCK) {
                    compressBlock();
                }
                int take = Math.min(BLOCK - blockLength, end - at);
                System.arraycopy(data, at, block, blockLength, take);
                blockLength += take;
                at += take;
            }
            return this;
        }

        /** The hash of what was taken so far. */
        public byte[] digest() {
            byte[] out = new byte[HASH_SIZE];
            digest(out, 0, HASH_SIZE);
            return out;
        }

        /** Writes {@code length} bytes of the extended output, of which the first 32 are the hash. */
        public void digest(byte[] out, int outOffset, int length) {
            Objects.checkFromIndexSize(outOffset, length, out.length);
            int[] message = new int[16];
            words(paddedBlock(), 0, message, 16);
            int messageLength = blockLength;
            int messageFlags = flags | startFlag() | Blake3Compression.CHUNK_END;
            int[] input = cv;
            long counter = chunks;
            int[] node = new int[8];
            for (int level = stackSize - 1; level >= 0; level--) {
                Blake3Compression.compress(input, message, counter, messageLength, messageFlags, node, 0, false);
                System.arraycopy(stack, 8 * level, message, 0, 8);
                System.arraycopy(node, 0, message, 8, 8);
                input = key;
                counter = 0;
                messageLength = BLOCK;
                messageFlags = flags | Blake3Compression.PARENT;
            }
            int[] root = new int[16];
            byte[] bytes = new byte[BLOCK];
            for (int done = 0; done < length; done += BLOCK) {
                Blake3Compression.compress(
                        input,
                        message,
                        done / BLOCK,
                        messageLength,
                        messageFlags | Blake3Compression.ROOT,
                        root,
                        0,
                        true);
                for (int i = 0; i < 16; i++) {
                    LE32.set(bytes, 4 * i, root[i]);
                }
                System.arraycopy(bytes, 0, out, outOffset + done, Math.min(BLOCK, length - done));
            }
        }

        private byte[] paddedBlock() {
            return Arrays.copyOf(Arrays.copyOf(block, blockLength), BLOCK);
        }

        private int startFlag() {
            return blocksDone == 0 ? Blake3Compression.CHUNK_START : 0;
        }

        private void compressBlock() {
            words(block, 0, words, 16);
            boolean last = blocksDone == CHUNK / BLOCK - 1;
            int blockFlags = flags | startFlag() | (last ? Blake3Compression.CHUNK_END : 0);
            Blake3Compression.compress(cv, words, chunks, BLOCK, blockFlags, cv, 0, false);
            blockLength = 0;
            blocksDone++;
            if (last) {
                finishChunk();
            }
        }

        /** Puts the chunk's chaining value on the stack, merging subtrees that are complete by it. */
        private void finishChunk() {
            chunks++;
            for (long total = chunks; (total & 1) == 0; total >>>= 1) {
                stackSize--;
                System.arraycopy(stack, 8 * stackSize, words, 0, 8);
                System.arraycopy(cv, 0, words, 8, 8);
                Blake3Compression.compress(key, words, 0, BLOCK, flags | Blake3Compression.PARENT, cv, 0, false);
            }
            System.arraycopy(cv, 0, stack, 8 * stackSize, 8);
            stackSize++;
            System.arraycopy(key, 0, cv, 0, 8);
            blocksDone = 0;
        }

        static void words(byte[] data, int offset, int[] out, int count) {
            for (int i = 0; i < count; i++) {
                out[i] = (int) LE32.get(data, offset + 4 * i);
            }
        }
    }
}
