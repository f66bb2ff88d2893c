package network.autonomys.farmer.core.pos;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** f1 of single x: reads only the ChaCha8 blocks that hold the x asked for (proof-of-space §1.2). For one thread at a time. */
final class KeystreamReader {
    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK_BITS = 512;
    private static final int KEY_WORDS = 8;
    private static final int BLOCK_WORDS = 16;

    private final TableKernels kernels;
    private final int lanes;
    private final int[] key = new int[KEY_WORDS];
    /** The block of each x, and then those where an x goes on. */
    private final int[] counters;
    /** Their big-endian words, 16 for each. */
    private final int[] words;

    private final int[] group;
    private final int[] block;

    /** @param most x that are asked for at once */
    KeystreamReader(TableKernels kernels, int most) {
        this.kernels = kernels;
        lanes = kernels.lanes();
        counters = new int[2 * most + lanes];
        words = new int[BLOCK_WORDS * counters.length];
        group = new int[lanes];
        block = new int[BLOCK_WORDS * lanes];
    }

    /** The 8 key words of a seed. */
    static int[] key(byte[] seed) {
        int[] key = new int[KEY_WORDS];
        key(seed, key);
        return key;
    }

    private static void key(byte[] seed, int[] key) {
        for (int i = 0; i < KEY_WORDS; i++) {
            key[i] = (int) LE32.get(seed, 4 * i);
        }
    }

    /**
     * Writes y of each x.
     *
     * @param seed 32 bytes
     * @param xs at most as many as were announced
     * @param ys room for as many
     */
    void f1(byte[] seed, int[] xs, int[] ys) {
        key(seed, key);
        int n = xs.length;
        for (int i = 0; i < xs.length; i++) {
            int bit = PosParameters.K * xs[i];
            counters[i] = bit / BLOCK_BITS;
            if (bit % BLOCK_BITS > BLOCK_BITS - PosParameters.K) {
                counters[n++] = bit / BLOCK_BITS + 1;
            }
        }
        readBlocks(n);
        int extra = xs.length;
        for (int i = 0; i < xs.length; i++) {
            int offset = PosParameters.K * xs[i] % BLOCK_BITS;
            int word = offset >>> 5;
            int next = 0;
            if (word < 15) {
                next = words[16 * i + word + 1];
            } else if (offset > BLOCK_BITS - PosParameters.K) {
                next = words[16 * extra++];
            }
            long pair = ((long) words[16 * i + word] << 32) | (next & 0xFFFFFFFFL);
            int k = (int) (pair >>> (44 - (offset & 31))) & 0xFFFFF;
            ys[i] = (k << 6) | (xs[i] >>> 14);
        }
    }

    /** The first n blocks; those of a group beyond them are any. */
    private void readBlocks(int n) {
        for (int i = 0; i < n; i += lanes) {
            System.arraycopy(counters, i, group, 0, lanes);
            kernels.keystream(key, group, block);
            for (int lane = 0; lane < lanes; lane++) {
                for (int w = 0; w < BLOCK_WORDS; w++) {
                    words[BLOCK_WORDS * (i + lane) + w] = Integer.reverseBytes(block[w * lanes + lane]);
                }
            }
        }
    }
}
