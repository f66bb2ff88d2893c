package network.autonomys.farmer.core.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import network.autonomys.farmer.core.hash.Blake3Kernel.Flags;
import network.autonomys.farmer.core.types.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * BLAKE3: plain and keyed hashes of 32 bytes, and the reduction to a scalar (primitives-archiving-kzg §3). Parts are hashed as if joined, with nothing between
 * them. Wrong key or range sizes give {@link IllegalArgumentException} or {@link IndexOutOfBoundsException}.
 *
 * <p>Inputs of several KiB, and batches of short ones, are hashed in the lanes of vectors.
 */
public final class Blake3 {
    /** Bytes of a hash. */
    public static final int HASH_SIZE = 32;
    /** Bytes of a key. */
    public static final int KEY_SIZE = 32;

    private static final int CHUNK = 1024;
    private static final int SEGMENT_BUFFER = 1 << 18;

    private Blake3() {}

    /** Hash of the parts. */
    public static byte[] hash(byte[]... parts) {
        return update(hasher(), parts).digest();
    }

    /** Hash of the parts. */
    public static Bytes hash(Bytes... parts) {
        Hasher hasher = hasher();
        for (Bytes part : parts) {
            hasher.update(part);
        }
        return Bytes.of(hasher.digest());
    }

    /** Writes the hash of {@code length} bytes of an array to {@code out}; the ranges may overlap. */
    public static void hash(byte[] data, int offset, int length, byte[] out, int outOffset) {
        hasher().update(data, offset, length).digest(out, outOffset, HASH_SIZE);
    }

    /** Hash of a memory segment. */
    public static byte[] hash(MemorySegment data) {
        Hasher hasher = hasher();
        byte[] buffer = new byte[(int) Math.min(SEGMENT_BUFFER, data.byteSize())];
        for (long at = 0; at < data.byteSize(); at += buffer.length) {
            int length = (int) Math.min(buffer.length, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, buffer, 0, length);
            hasher.update(buffer, 0, length);
        }
        return hasher.digest();
    }

    /** Hash of the parts with a key of 32 bytes. */
    public static byte[] keyed(byte[] key, byte[]... parts) {
        return update(keyedHasher(key), parts).digest();
    }

    /** Hash of the parts with a key of 32 bytes. */
    public static Bytes keyed(Bytes key, Bytes... parts) {
        Hasher hasher = keyedHasher(key.toArray());
        for (Bytes part : parts) {
            hasher.update(part);
        }
        return Bytes.of(hasher.digest());
    }

    /** Hash of the parts with the two top bits of the first byte cleared: read big-endian, always a canonical scalar. */
    public static byte[] hash254(byte[]... parts) {
        byte[] hash = hash(parts);
        hash[0] &= 0x3f;
        return hash;
    }

    /**
     * Hashes of {@code count} items of equal size that lie side by side.
     *
     * @param size bytes of an item, 1 to 1024
     * @param out receives {@code 32 * count} bytes; not the array of the items
     */
    public static void hashMany(byte[] items, int offset, int size, int count, byte[] out, int outOffset) {
        if (size < 1 || size > CHUNK) {
            throw new IllegalArgumentException("items of " + size + " bytes");
        }
        Objects.checkFromIndexSize(offset, Math.multiplyExact(size, count), items.length);
        Objects.checkFromIndexSize(outOffset, Math.multiplyExact(HASH_SIZE, count), out.length);
        Blake3Engine.best()
                .work()
                .many(items, offset, size, size, count, Blake3Compression.iv(), 0, 0, Flags.root(0), out, outOffset);
    }

    /** Working memory for hashing many items again and again, of one thread: some kilobytes that need not be made, and cleared, each time. */
    public static final class KeyedPrefixes {
        private final Blake3Engine.Work work = Blake3Engine.best().work();

        /**
         * Of each of {@code count} items of 32 bytes that lie side by side, the first eight bytes of the hash with a key of 32 bytes, as a little-endian number: what
         * an audit asks of every chunk of an s-bucket.
         */
        public void hash(byte[] key, byte[] items, int offset, int count, long[] out, int outOffset) {
            Objects.checkFromIndexSize(offset, Math.multiplyExact(HASH_SIZE, count), items.length);
            Objects.checkFromIndexSize(outOffset, count, out.length);
            work.prefixes(items, offset, count, keyWords(key), Blake3Compression.KEYED, out, outOffset);
        }
    }

    /**
     * Hashes of one message of at most 64 bytes with each of {@code count} keys of 32 bytes that lie side by side.
     *
     * @param out receives {@code 32 * count} bytes; not the array of the keys
     */
    public static void keyedWithMany(byte[] keys, int count, byte[] message, byte[] out) {
        Objects.checkFromIndexSize(0, Math.multiplyExact(KEY_SIZE, count), keys.length);
        Objects.checkFromIndexSize(0, Math.multiplyExact(HASH_SIZE, count), out.length);
        if (message.length > Blake3Kernel.BLOCK) {
            throw new IllegalArgumentException("message of " + message.length + " bytes");
        }
        Blake3Engine.best().work().withKeys(keys, count, message, out);
    }

    /** An incremental plain hash. */
    public static Hasher hasher() {
        return new Hasher(Blake3Engine.best(), Blake3Compression.iv(), 0);
    }

    /** An incremental hash with a key of 32 bytes. */
    public static Hasher keyedHasher(byte[] key) {
        return new Hasher(Blake3Engine.best(), keyWords(key), Blake3Compression.KEYED);
    }

    static int[] keyWords(byte[] key) {
        if (key.length != KEY_SIZE) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        int[] words = new int[16];
        Blake3Engine.words(key, 0, KEY_SIZE, words);
        return Arrays.copyOf(words, 8);
    }

    private static Hasher update(Hasher hasher, byte[]... parts) {
        for (byte[] part : parts) {
            hasher.update(part, 0, part.length);
        }
        return hasher;
    }

    /** An unfinished BLAKE3 hash. It is for one thread, and may be read repeatedly: reading does not change it. */
    public static final class Hasher {
        private static final VarHandle LE32 =
                MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
        private static final int BLOCK = 64;
        /** Inputs of up to 2^64 bytes are 2^54 chunks; one entry more, because subtrees are merged late. */
        private static final int MAX_DEPTH = 55;

        private final Blake3Engine engine;
        private final int[] key;
        private final int mode;

        /** The unfinished chunk. Its last block is compressed when more data comes, because the last block of all is compressed differently. */
        private final int[] chunkValue = new int[8];

        private final byte[] block = new byte[BLOCK];
        private final int[] message = new int[16];
        private int blockLength;
        private int blocksDone;
        /** Number of chunks before the unfinished one. */
        private long chunks;

        /** Chaining values of complete subtrees, largest first; the last two may be of equal size, and are merged once something follows. */
        private int[] stack = new int[0];

        private int stackSize;
        private Blake3Engine.@Nullable Work work;

        Hasher(Blake3Engine engine, int[] key, int mode) {
            this.engine = engine;
            this.key = key;
            this.mode = mode;
            System.arraycopy(key, 0, chunkValue, 0, 8);
        }

        /** Takes a whole array. */
        public Hasher update(byte[] data) {
            return update(data, 0, data.length);
        }

        /** Takes a byte string. */
        public Hasher update(Bytes data) {
            int at = 0;
            while (at < data.length()) {
                makeRoom();
                int take = Math.min(BLOCK - blockLength, data.length() - at);
                data.copyTo(at, block, blockLength, take);
                blockLength += take;
                at += take;
            }
            return this;
        }

        /** Takes a range of an array. */
        public Hasher update(byte[] data, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, data.length);
            int end = offset + length;
            int at = offset;
            int used = blocksDone * BLOCK + blockLength;
            if (used > 0) {
                at = fillChunk(data, at, at + Math.min(end - at, CHUNK - used));
                if (at == end) {
                    return this;
                }
                finishChunk();
            }
            while (end - at > CHUNK) {
                int size = subtreeSize(end - at);
                if (size == 1) {
                    fillChunk(data, at, at + CHUNK);
                    finishChunk();
                } else {
                    takeSubtree(data, at, size);
                }
                at += size * CHUNK;
            }
            fillChunk(data, at, end);
            return this;
        }

        /** The chunks of the largest complete subtree that starts here and is not longer than the data. */
        private int subtreeSize(int length) {
            int size = Math.min(Blake3Engine.MAX_SUBTREE, Integer.highestOneBit(length / CHUNK));
            return (int) Math.min(size, chunks == 0 ? size : Long.lowestOneBit(chunks));
        }

        private void takeSubtree(byte[] data, int offset, int size) {
            if (work == null) {
                work = engine.work();
            }
            int[] halves = new int[16];
            work.subtree(data, offset, size, key, mode, chunks, halves);
            push(halves, 0);
            chunks += size / 2;
            push(halves, 8);
            chunks += size / 2;
        }

        private int fillChunk(byte[] data, int from, int to) {
            int at = from;
            while (at < to) {
                makeRoom();
                int take = Math.min(BLOCK - blockLength, to - at);
                System.arraycopy(data, at, block, blockLength, take);
                blockLength += take;
                at += take;
            }
            return to;
        }

        /** Compresses the block, or finishes the chunk, if it is full: more data is about to come. */
        private void makeRoom() {
            if (blockLength < BLOCK) {
                if (blockLength == 0 && blocksDone == 0) {
                    merge();
                }
                return;
            }
            if (blocksDone == CHUNK / BLOCK - 1) {
                finishChunk();
                merge();
                return;
            }
            Blake3Engine.words(block, 0, BLOCK, message);
            Blake3Compression.compress(chunkValue, message, chunks, BLOCK, mode | startFlag(), chunkValue, 0, false);
            blockLength = 0;
            blocksDone++;
        }

        private int startFlag() {
            return blocksDone == 0 ? Blake3Compression.CHUNK_START : 0;
        }

        private void finishChunk() {
            Blake3Engine.words(block, 0, BLOCK, message);
            Blake3Compression.compress(
                    chunkValue,
                    message,
                    chunks,
                    BLOCK,
                    mode | startFlag() | Blake3Compression.CHUNK_END,
                    chunkValue,
                    0,
                    false);
            push(chunkValue, 0);
            chunks++;
            System.arraycopy(key, 0, chunkValue, 0, 8);
            blockLength = 0;
            blocksDone = 0;
        }

        /** Adds the value of the subtree that starts at the current chunk, after merging all that is complete before it. */
        private void push(int[] value, int offset) {
            merge();
            if (8 * stackSize == stack.length) {
                stack = Arrays.copyOf(stack, 8 * Math.min(MAX_DEPTH, stackSize + 8));
            }
            System.arraycopy(value, offset, stack, 8 * stackSize, 8);
            stackSize++;
        }

        /** Merges subtrees of equal size: something follows them, so their parent is not the root. */
        private void merge() {
            int expected = Long.bitCount(chunks);
            while (stackSize > expected) {
                stackSize--;
                parent(stack, 8 * (stackSize - 1), stack, 8 * (stackSize - 1));
            }
        }

        /** The chaining value of the parent of two neighbours. */
        private void parent(int[] values, int offset, int[] out, int outOffset) {
            System.arraycopy(values, offset, message, 0, 16);
            Blake3Compression.compress(key, message, 0, BLOCK, mode | Blake3Compression.PARENT, out, outOffset, false);
        }

        /** The hash of what was taken so far. */
        public byte[] digest() {
            byte[] out = new byte[HASH_SIZE];
            digest(out, 0, out.length);
            return out;
        }

        /** Writes {@code length} bytes of the extended output, of which the first 32 are the hash. */
        public void digest(byte[] out, int outOffset, int length) {
            Objects.checkFromIndexSize(outOffset, length, out.length);
            int[] node = new int[16];
            int[] input = chunkValue;
            long counter = chunks;
            int nodeLength = blockLength;
            int flags = mode | startFlag() | Blake3Compression.CHUNK_END;
            int level = stackSize - 1;
            if (blocksDone == 0 && blockLength == 0 && stackSize > 0) {
                // All data is in complete subtrees, of which there are two at least.
                level = stackSize - 3;
                System.arraycopy(stack, 8 * (stackSize - 2), node, 0, 16);
                input = key;
                counter = 0;
                nodeLength = BLOCK;
                flags = mode | Blake3Compression.PARENT;
            } else {
                Blake3Engine.words(block, 0, blockLength, node);
            }
            for (; level >= 0; level--) {
                int[] value = new int[8];
                Blake3Compression.compress(input, node, counter, nodeLength, flags, value, 0, false);
                System.arraycopy(stack, 8 * level, node, 0, 8);
                System.arraycopy(value, 0, node, 8, 8);
                input = key;
                counter = 0;
                nodeLength = BLOCK;
                flags = mode | Blake3Compression.PARENT;
            }
            expand(input, node, nodeLength, flags | Blake3Compression.ROOT, out, outOffset, length);
        }

        private static void expand(
                int[] input, int[] node, int nodeLength, int flags, byte[] out, int outOffset, int length) {
            int[] root = new int[16];
            byte[] bytes = new byte[BLOCK];
            for (int done = 0; done < length; done += BLOCK) {
                Blake3Compression.compress(input, node, done / BLOCK, nodeLength, flags, root, 0, true);
                for (int i = 0; i < 16; i++) {
                    LE32.set(bytes, 4 * i, root[i]);
                }
                System.arraycopy(bytes, 0, out, outOffset + done, Math.min(BLOCK, length - done));
            }
        }
    }
}
