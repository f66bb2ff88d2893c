package network.autonomys.farmer.core.pos;

import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3Compression;

/** Kernels in plain Java, one input at a time. */
final class ScalarKernels implements TableKernels {
    private static final int[] IV = Blake3Compression.iv();
    private static final int[] CHACHA = {0x61707865, 0x3320646E, 0x79622D32, 0x6B206574};
    private static final int SINGLE_BLOCK = 11;

    private final int[] message = new int[16];
    private final int[] hash = new int[8];

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void keystream(int[] key, int[] counters, int[] out) {
        System.arraycopy(CHACHA, 0, out, 0, 4);
        System.arraycopy(key, 0, out, 4, 8);
        out[12] = counters[0];
        out[13] = 0;
        out[14] = 0;
        out[15] = 0;
        for (int i = 0; i < 4; i++) {
            quarter(out, 0, 4, 8, 12);
            quarter(out, 1, 5, 9, 13);
            quarter(out, 2, 6, 10, 14);
            quarter(out, 3, 7, 11, 15);
            quarter(out, 0, 5, 10, 15);
            quarter(out, 1, 6, 11, 12);
            quarter(out, 2, 7, 8, 13);
            quarter(out, 3, 4, 9, 14);
        }
        for (int i = 0; i < 4; i++) {
            out[i] += CHACHA[i];
        }
        for (int i = 0; i < 8; i++) {
            out[4 + i] += key[i];
        }
        out[12] += counters[0];
    }

    private static void quarter(int[] v, int a, int b, int c, int d) {
        v[a] += v[b];
        v[d] = Integer.rotateLeft(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Integer.rotateLeft(v[b] ^ v[c], 12);
        v[a] += v[b];
        v[d] = Integer.rotateLeft(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = Integer.rotateLeft(v[b] ^ v[c], 7);
    }

    @Override
    public void hash(int table, int[] left, int[] right, int[] bases, int groups, int first, int[] out, int[] buckets) {
        if (table < 2 || table > 7) {
            throw new IllegalArgumentException("no function for table " + table);
        }
        for (int g = 0; g < groups; g++) {
            buckets[g] = hashOne(table, left, right, bases[g] + (left[4 * g + 1] >>> 16), first + g, out, 4 * g);
        }
    }

    /** Writes the new entry; returns its bucket, or of table 7 its y. */
    private int hashOne(int table, int[] left, int[] right, int y, int number, int[] out, int p) {
        int[] m = message;
        int[] h = hash;
        int bits = PosParameters.metadataBits(table - 1);
        message(bits, y, left, right, p, m);
        Blake3Compression.compress(IV, m, 0, (26 + 2 * bits + 7) / 8, SINGLE_BLOCK, h, 0, false);
        int h0 = Integer.reverseBytes(h[0]);
        int child = h0 >>> 6;
        if (table == PosParameters.TABLES) {
            return child;
        }
        int bucket = PosParameters.bucketOf(child);
        out[p] = number;
        metadata(table, h0, Integer.reverseBytes(h[1]), Integer.reverseBytes(h[2]), Integer.reverseBytes(h[3]), out, p);
        if (table < 4) {
            joined(table, left, right, p, out);
        }
        out[p + 1] |= (child - bucket * PosParameters.BC) << 16;
        return bucket;
    }

    /** The message words of §1.4, as little-endian words; the others stay zero. */
    private static void message(int bits, int y, int[] left, int[] right, int p, int[] m) {
        int lh = left[p + 1] & 0xFFFF;
        int lm = left[p + 2];
        int ll = left[p + 3];
        int rh = right[p + 1] & 0xFFFF;
        int rm = right[p + 2];
        int rl = right[p + 3];
        m[3] = 0;
        m[4] = 0;
        m[5] = 0;
        switch (bits) {
            case 20 -> {
                m[0] = (y << 6) | (ll >>> 14);
                m[1] = (ll << 18) | (rl >>> 2);
                m[2] = rl << 30;
            }
            case 40 -> {
                m[0] = (y << 6) | (lh >>> 2);
                m[1] = (lh << 30) | (ll >>> 2);
                m[2] = (ll << 30) | (rh << 22) | (rl >>> 10);
                m[3] = rl << 22;
            }
            case 60 -> {
                m[0] = (y << 6) | (lm >>> 22);
                m[1] = (lm << 10) | (ll >>> 22);
                m[2] = (ll << 10) | (rm >>> 18);
                m[3] = (rm << 14) | (rl >>> 18);
                m[4] = rl << 14;
            }
            default -> {
                m[0] = (y << 6) | (lh >>> 10);
                m[1] = (lh << 22) | (lm >>> 10);
                m[2] = (lm << 22) | (ll >>> 10);
                m[3] = (ll << 22) | (rh << 6) | (rm >>> 26);
                m[4] = (rm << 6) | (rl >>> 26);
                m[5] = rl << 6;
            }
        }
        for (int i = 0; i < 6; i++) {
            m[i] = Integer.reverseBytes(m[i]);
        }
    }

    private static void metadata(int table, int h0, int h1, int h2, int h3, int[] out, int p) {
        switch (table) {
            case 4 -> {
                out[p + 1] = ((h0 & 63) << 10) | (h1 >>> 22);
                out[p + 2] = (h1 << 10) | (h2 >>> 22);
                out[p + 3] = (h2 << 10) | (h3 >>> 22);
            }
            case 5 -> {
                out[p + 1] = 0;
                out[p + 2] = ((h0 & 63) << 22) | (h1 >>> 10);
                out[p + 3] = (h1 << 22) | (h2 >>> 10);
            }
            default -> {
                out[p + 1] = ((h0 & 63) << 2) | (h1 >>> 30);
                out[p + 2] = 0;
                out[p + 3] = (h1 << 2) | (h2 >>> 30);
            }
        }
    }

    /** Tables 2 and 3: the metadata of both parents, one after the other. */
    private static void joined(int table, int[] left, int[] right, int p, int[] out) {
        int ll = left[p + 3];
        int rl = right[p + 3];
        if (table == 2) {
            out[p + 1] = ll >>> 12;
            out[p + 2] = 0;
            out[p + 3] = (ll << 20) | rl;
        } else {
            out[p + 1] = ((left[p + 1] << 8) | (ll >>> 24)) & 0xFFFF;
            out[p + 2] = (ll << 8) | (right[p + 1] & 0xFF);
            out[p + 3] = rl;
        }
    }

    @Override
    public void hashProofs(int[] words, int[] out) {
        System.arraycopy(IV, 0, out, 0, 8);
        for (int block = 0; block < 3; block++) {
            System.arraycopy(words, 16 * block, message, 0, 16);
            int flags = block == 0 ? 1 : block == 1 ? 0 : 10;
            Blake3Compression.compress(out, message, 0, block < 2 ? 64 : 32, flags, out, 0, false);
        }
        Arrays.fill(message, 0);
    }

    @Override
    public int matchLines(byte[] t, int[] leftStart, byte[] values, byte[] steps, int[] rightStart, int[] hits) {
        int end = rightStart[PosParameters.B + PosParameters.M - 1];
        int n = 0;
        for (int row = 0; row < PosParameters.B && n <= MAX_MATCHES; row++) {
            int from = rightStart[row];
            n = ByteLines.matchRow(
                    t, leftStart[row], leftStart[row + 1], values, from, rightStart[row + PosParameters.M], hits, n);
            ByteLines.advance(values, steps, from, end);
        }
        return n;
    }
}
