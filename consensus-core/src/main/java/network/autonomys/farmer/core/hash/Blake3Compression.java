package network.autonomys.farmer.core.hash;

/** The compression function of BLAKE3, scalar form: one block at a time. */
public final class Blake3Compression {
    static final int CHUNK_START = 1;
    static final int CHUNK_END = 2;
    static final int PARENT = 4;
    static final int ROOT = 8;
    static final int KEYED = 16;

    static final int IV0 = 0x6A09E667;
    static final int IV1 = 0xBB67AE85;
    static final int IV2 = 0x3C6EF372;
    static final int IV3 = 0xA54FF53A;
    private static final int[] IV = {IV0, IV1, IV2, IV3, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

    /** Which message word each step takes: seven rounds of sixteen. */
    private static final byte[] SCHEDULE = schedule();

    private Blake3Compression() {}

    /** The initial chaining value, as a fresh array. */
    public static int[] iv() {
        return IV.clone();
    }

    static byte[] schedule() {
        int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
        byte[] schedule = new byte[7 * 16];
        for (int i = 0; i < 16; i++) {
            schedule[i] = (byte) i;
        }
        for (int i = 16; i < schedule.length; i++) {
            schedule[i] = schedule[(i & ~15) - 16 + permutation[i & 15]];
        }
        return schedule;
    }

    /**
     * Compresses a block.
     *
     * @param cv chaining value, 8 words
     * @param m the block, 16 words
     * @param counter number of the chunk, or of the output block
     * @param length bytes of the block that count, 0 to 64
     * @param flags sum of the flags of BLAKE3
     * @param out receives 8 words, 16 where {@code wide}; may be {@code cv} where not
     */
    public static void compress(
            int[] cv, int[] m, long counter, int length, int flags, int[] out, int outOffset, boolean wide) {
        byte[] s = SCHEDULE;
        int v0 = cv[0];
        int v1 = cv[1];
        int v2 = cv[2];
        int v3 = cv[3];
        int v4 = cv[4];
        int v5 = cv[5];
        int v6 = cv[6];
        int v7 = cv[7];
        int v8 = IV0;
        int v9 = IV1;
        int v10 = IV2;
        int v11 = IV3;
        int v12 = (int) counter;
        int v13 = (int) (counter >>> 32);
        int v14 = length;
        int v15 = flags;
        for (int r = 0; r < 112; r += 16) {
            v0 += v4 + m[s[r + 0]];
            v12 = Integer.rotateRight(v12 ^ v0, 16);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 12);
            v0 += v4 + m[s[r + 1]];
            v12 = Integer.rotateRight(v12 ^ v0, 8);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 7);
            v1 += v5 + m[s[r + 2]];
            v13 = Integer.rotateRight(v13 ^ v1, 16);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 12);
            v1 += v5 + m[s[r + 3]];
            v13 = Integer.rotateRight(v13 ^ v1, 8);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 7);
            v2 += v6 + m[s[r + 4]];
            v14 = Integer.rotateRight(v14 ^ v2, 16);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 12);
            v2 += v6 + m[s[r + 5]];
            v14 = Integer.rotateRight(v14 ^ v2, 8);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 7);
            v3 += v7 + m[s[r + 6]];
            v15 = Integer.rotateRight(v15 ^ v3, 16);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 12);
            v3 += v7 + m[s[r + 7]];
            v15 = Integer.rotateRight(v15 ^ v3, 8);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 7);
            v0 += v5 + m[s[r + 8]];
            v15 = Integer.rotateRight(v15 ^ v0, 16);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 12);
            v0 += v5 + m[s[r + 9]];
            v15 = Integer.rotateRight(v15 ^ v0, 8);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 7);
            v1 += v6 + m[s[r + 10]];
            v12 = Integer.rotateRight(v12 ^ v1, 16);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 12);
            v1 += v6 + m[s[r + 11]];
            v12 = Integer.rotateRight(v12 ^ v1, 8);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 7);
            v2 += v7 + m[s[r + 12]];
            v13 = Integer.rotateRight(v13 ^ v2, 16);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 12);
            v2 += v7 + m[s[r + 13]];
            v13 = Integer.rotateRight(v13 ^ v2, 8);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 7);
            v3 += v4 + m[s[r + 14]];
            v14 = Integer.rotateRight(v14 ^ v3, 16);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 12);
            v3 += v4 + m[s[r + 15]];
            v14 = Integer.rotateRight(v14 ^ v3, 8);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 7);
        }
        if (wide) {
            out[outOffset + 8] = v8 ^ cv[0];
            out[outOffset + 9] = v9 ^ cv[1];
            out[outOffset + 10] = v10 ^ cv[2];
            out[outOffset + 11] = v11 ^ cv[3];
            out[outOffset + 12] = v12 ^ cv[4];
            out[outOffset + 13] = v13 ^ cv[5];
            out[outOffset + 14] = v14 ^ cv[6];
            out[outOffset + 15] = v15 ^ cv[7];
        }
        out[outOffset + 0] = v0 ^ v8;
        out[outOffset + 1] = v1 ^ v9;
        out[outOffset + 2] = v2 ^ v10;
        out[outOffset + 3] = v3 ^ v11;
        out[outOffset + 4] = v4 ^ v12;
        out[outOffset + 5] = v5 ^ v13;
        out[outOffset + 6] = v6 ^ v14;
        out[outOffset + 7] = v7 ^ v15;
    }
}
