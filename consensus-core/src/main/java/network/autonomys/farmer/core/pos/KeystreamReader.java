package network.autonomys.farmer.core.pos;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** f1 of single x: reads only the ChaCha8 blocks that hold the x asked for (proof-of-space §1.2). */
final class KeystreamReader {
    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK_BITS = 512;

    private final TableKernels kernels;
    private final int[] key;

    KeystreamReader(TableKernels kernels, byte[] seed) {
        this.kernels = kernels;
        this.key = key(seed);
    }

    /** The 8 key words of a seed. */
    static int[] key(byte[] seed) {
        int[] key = new int[8];
        for (int i = 0; i < 8; i++) {
            key[i] = (int) LE32.get(seed, 4 * i);
        }
        return key;
    }

    /** y of each x. */
    int[] f1(int[] xs) {
        int[] counters = new int[2 * xs.length + kernels.lanes()];
        int n = xs.length;
        for (int i = 0; i < xs.length; i++) {
            int bit = PosParameters.K * xs[i];
            counters[i] = bit / BLOCK_BITS;
            if (bit % BLOCK_BITS > BLOCK_BITS - PosParameters.K) {
                counters[n++] = bit / BLOCK_BITS + 1;
            }
        }
        int[] words = blocks(counters, n);
        int[] ys = new int[xs.length];
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
        return ys;
    }

    /** The first n blocks, big-endian words, 16 per block. */
    private int[] blocks(int[] counters, int n) {
        int lanes = kernels.lanes();
        int[] words = new int[16 * (n + lanes)];
        int[] group = new int[lanes];
        int[] out = new int[16 * lanes];
        for (int i = 0; i < n; i += lanes) {
            System.arraycopy(counters, i, group, 0, Math.min(lanes, counters.length - i));
            kernels.keystream(key, group, out);
            for (int lane = 0; lane < lanes; lane++) {
                for (int w = 0; w < 16; w++) {
                    words[16 * (i + lane) + w] = Integer.reverseBytes(out[w * lanes + lane]);
                }
            }
        }
        return words;
    }
}
