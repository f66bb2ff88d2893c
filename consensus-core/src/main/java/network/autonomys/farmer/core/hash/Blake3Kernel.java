package network.autonomys.farmer.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE3 of several inputs of equal length at once, one in each lane of a vector. Arrays of the kernel are word-major: word {@code w} of lane {@code l} is at
 * {@code w * lanes + l}. A kernel has no state of its own; all memory comes from the caller's {@link Scratch}.
 */
public abstract class Blake3Kernel {
    static final int BLOCK = 64;

    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ITEM = 32;

    /** Number of inputs that are hashed at once. */
    public abstract int lanes();

    /**
     * Lays a block of each input out by words: words 0 to 7 as rows 0 to 7 of {@code m}, words 8 to 15 as rows from {@code upper} on.
     *
     * @param last index of the last input; lanes after it get the same block as it
     */
    protected abstract void transpose(byte[] data, int offset, int stride, int last, int[] m, int upper);

    /**
     * Compresses a block into the chaining value of each lane.
     *
     * @param state 8 rows
     * @param at where the 16 rows of the message start in {@code m}
     * @param counters low words, then high words
     */
    protected abstract void compress(int[] state, int[] m, int at, int[] counters, int length, int flags);

    /**
     * The first two words of the hashes of items of 32 bytes, one in each lane.
     *
     * @param key 8 words
     * @param at where the 8 rows of the items start in {@code m}
     * @param state 16 rows, whose first two receive the words
     */
    protected abstract void compressItems(int[] key, int[] m, int at, int flags, int[] state);

    /** The working memory of one thread. */
    static final class Scratch {
        final int[] state;
        final int[] message;
        final int[] counters;
        final byte[] padded;

        Scratch(int lanes) {
            state = new int[16 * lanes];
            message = new int[16 * lanes];
            counters = new int[2 * lanes];
            padded = new byte[BLOCK * lanes];
        }
    }

    /** Which flags the blocks of an input get. */
    record Flags(int every, int first, int last) {
        static Flags chunk(int mode) {
            return new Flags(mode, Blake3Compression.CHUNK_START, Blake3Compression.CHUNK_END);
        }

        static Flags parent(int mode) {
            return new Flags(mode | Blake3Compression.PARENT, 0, 0);
        }

        static Flags root(int mode) {
            return new Flags(mode, Blake3Compression.CHUNK_START, Blake3Compression.CHUNK_END | Blake3Compression.ROOT);
        }
    }

    /**
     * Chaining values of up to {@link #lanes} inputs, 32 bytes each.
     *
     * @param stride distance of the inputs in {@code data}
     * @param length bytes of each input, 1 to 1024
     * @param counter of the first input
     * @param counterStep 1 where the inputs are consecutive chunks, 0 otherwise
     */
    final void hashMany(
            byte[] data,
            int offset,
            int stride,
            int length,
            int count,
            int[] key,
            long counter,
            int counterStep,
            Flags flags,
            Scratch scratch,
            byte[] out,
            int outOffset) {
        start(key, counter, counterStep, scratch);
        int last = count - 1;
        int done = 0;
        int blockFlags = flags.every | flags.first;
        for (; length - done > BLOCK; done += BLOCK) {
            transpose(data, offset + done, stride, last, scratch.message, 8);
            compress(scratch.state, scratch.message, 0, scratch.counters, BLOCK, blockFlags);
            blockFlags = flags.every;
        }
        int rest = length - done;
        if (rest == BLOCK) {
            transpose(data, offset + done, stride, last, scratch.message, 8);
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(data, offset + done + i * stride, scratch.padded, i * BLOCK, rest);
            }
            transpose(scratch.padded, 0, BLOCK, last, scratch.message, 8);
        }
        compress(scratch.state, scratch.message, 0, scratch.counters, rest, blockFlags | flags.last);
        store(scratch.state, count, out, outOffset);
    }

    /**
     * The first eight bytes, as a little-endian number, of the hash of each of up to {@code 2 * lanes} items of 32 bytes that lie side by side.
     *
     */
    final void prefixes(
            byte[] data, int offset, int count, int[] key, int mode, Scratch scratch, long[] out, int outOffset) {
        int lanes = lanes();
        int pairs = (count + 1) / 2;
        byte[] source = data;
        int from = offset;
        if ((count & 1) != 0) {
            // The last pair is half a block: read it from memory that goes on behind it.
            System.arraycopy(data, offset, scratch.padded, 0, count * ITEM);
            source = scratch.padded;
            from = 0;
        }
        transpose(source, from, 2 * ITEM, pairs - 1, scratch.message, 8);
        int flags = mode | Blake3Compression.CHUNK_START | Blake3Compression.CHUNK_END | Blake3Compression.ROOT;
        for (int odd = 0; odd < 2; odd++) {
            compressItems(key, scratch.message, odd * 8 * lanes, flags, scratch.state);
            for (int i = odd; i < count; i += 2) {
                int lane = i >>> 1;
                out[outOffset + i] =
                        Integer.toUnsignedLong(scratch.state[lane]) | ((long) scratch.state[lanes + lane] << 32);
            }
        }
    }

    /**
     * Hashes of one message of at most a block with each of up to {@code 2 * lanes} keys that lie side by side.
     *
     * @param message 16 words
     */
    final void withKeys(
            byte[] keys, int offset, int count, int[] message, int length, Scratch scratch, byte[] out, int outOffset) {
        int lanes = lanes();
        int pairs = (count + 1) / 2;
        byte[] source = keys;
        int from = offset;
        if ((count & 1) != 0) {
            System.arraycopy(keys, offset, scratch.padded, 0, count * ITEM);
            source = scratch.padded;
            from = 0;
        }
        int[] rows = new int[16 * lanes];
        transpose(source, from, 2 * ITEM, pairs - 1, rows, 8);
        Arrays.fill(scratch.counters, 0);
        for (int w = 0; w < 16; w++) {
            Arrays.fill(scratch.message, w * lanes, (w + 1) * lanes, message[w]);
        }
        int flags = Blake3Compression.KEYED
                | Blake3Compression.CHUNK_START
                | Blake3Compression.CHUNK_END
                | Blake3Compression.ROOT;
        for (int odd = 0; odd < 2; odd++) {
            System.arraycopy(rows, odd * 8 * lanes, scratch.state, 0, 8 * lanes);
            compress(scratch.state, scratch.message, 0, scratch.counters, length, flags);
            for (int i = odd; i < count; i += 2) {
                for (int w = 0; w < 8; w++) {
                    LE32.set(out, outOffset + 32 * i + 4 * w, scratch.state[w * lanes + (i >>> 1)]);
                }
            }
        }
    }

    private void start(int[] key, long counter, int counterStep, Scratch scratch) {
        int lanes = lanes();
        for (int w = 0; w < 8; w++) {
            Arrays.fill(scratch.state, w * lanes, (w + 1) * lanes, key[w]);
        }
        for (int i = 0; i < lanes; i++) {
            long number = counter + (long) i * counterStep;
            scratch.counters[i] = (int) number;
            scratch.counters[lanes + i] = (int) (number >>> 32);
        }
    }

    private void store(int[] state, int count, byte[] out, int outOffset) {
        int lanes = lanes();
        for (int i = 0; i < count; i++) {
            for (int w = 0; w < 8; w++) {
                LE32.set(out, outOffset + 32 * i + 4 * w, state[w * lanes + i]);
            }
        }
    }
}
