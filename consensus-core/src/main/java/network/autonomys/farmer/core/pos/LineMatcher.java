package network.autonomys.farmer.core.pos;

import java.util.Arrays;

/**
 * The line method on 8 bytes per {@code long} (proof-of-space §4.6): with B the row of a right entry in the extended list and b that of a
 * left one, both match where {@code u + 8 b B ≡ t (mod 127)} and 0 ≤ B - b &lt; 64. One byte per right entry holds {@code u + 8 b B}; going
 * to the next row adds {@code 8 B}.
 */
final class LineMatcher implements PairMatcher {
    private static final long ONES = 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final int EXTENDED_ROWS = PosParameters.B + PosParameters.M - 1;
    /** 8 B mod 127 by extended row B. */
    private static final byte[] STEP = new byte[EXTENDED_ROWS];
    /** -4 B² - 4 p B mod 127 by parity and extended row. */
    private static final byte[][] PHASE = new byte[2][EXTENDED_ROWS];
    /** Of 64 positions in eight longs, bit 8 byte + long, the first n. */
    private static final long[] FIRST = new long[65];

    static {
        for (int row = 0; row < EXTENDED_ROWS; row++) {
            STEP[row] = (byte) (8 * row % PosParameters.C);
            for (int p = 0; p < 2; p++) {
                PHASE[p][row] = (byte) Math.floorMod(-4 * row * (row + p), PosParameters.C);
            }
        }
        for (int n = 0; n < 64; n++) {
            FIRST[n + 1] = FIRST[n] | (1L << (8 * (n & 7) + (n >> 3)));
        }
    }

    private final long[] values = new long[2 * TableWorkspace.CAPACITY / 8 + 16];
    private final long[] steps = new long[2 * TableWorkspace.CAPACITY / 8 + 16];

    @Override
    public void load(RowBucket bucket, int index, int[] parents, short[] remainders) {
        PairMatcher.loadScalar(bucket, index, parents, remainders);
    }

    @Override
    public int match(RowBucket left, RowBucket right, int parity, int[] hits) {
        prepare(right, parity);
        int longs = (right.extendedSize() + 7) >> 3;
        int size = right.size();
        int[] rightStart = right.rowStart;
        int n = 0;
        for (int row = 0; row < PosParameters.B; row++) {
            int from = rightStart[row];
            int seen = row + PosParameters.M;
            int to = seen <= PosParameters.B ? rightStart[seen] : size + rightStart[seen - PosParameters.B];
            n = matchRow(left, row, values, from, to, hits, n);
            advance(values, steps, from >> 3, longs);
        }
        return n;
    }

    private void prepare(RowBucket right, int parity) {
        int extended = right.extendedSize();
        Arrays.fill(values, 0);
        Arrays.fill(steps, 0);
        byte[] phase = PHASE[parity];
        for (int k = 0; k < extended; k++) {
            int row = right.extendedRow(k);
            int column = right.remainder(k) % PosParameters.C;
            int u = column + phase[row];
            u = u >= PosParameters.C ? u - PosParameters.C : u;
            int shift = 8 * (k & 7);
            values[k >> 3] |= (long) u << shift;
            steps[k >> 3] |= (long) STEP[row] << shift;
        }
    }

    /** values + steps mod 127 in each byte: 127 is 2^7 - 1, so a carry out of 7 bits comes back in at the bottom. */
    private static void advance(long[] values, long[] steps, int from, int to) {
        for (int i = from; i < to; i++) {
            long sum = values[i] + steps[i];
            values[i] = (sum + (((sum + ONES) >>> 7) & ONES)) & SEVEN_BITS;
        }
    }

    private static int matchRow(RowBucket left, int row, long[] values, int from, int to, int[] hits, int n) {
        int first = from & ~7;
        for (int l = left.rowStart[row]; l < left.rowStart[row + 1]; l++) {
            long t = left.t[l] * ONES;
            // Positions below the window are all in the first long.
            long valid = ~FIRST[from - first];
            for (int base = first; base < to; base += 64) {
                long mask = equal(values, base >> 3, t) & valid & FIRST[Math.min(64, to - base)];
                valid = -1;
                while (mask != 0) {
                    int bit = Long.numberOfTrailingZeros(mask);
                    hits[n++] = (l << 16) | (base + 8 * (bit & 7) + (bit >> 3));
                    mask &= mask - 1;
                }
            }
            PairMatcher.checkMatches(n);
        }
        return n;
    }

    /** Which of 64 values equal t: bit 8 byte + long. */
    private static long equal(long[] values, int i, long t) {
        long different = 0;
        for (int j = 0; j < 8; j++) {
            different |= (((values[i + j] ^ t) + SEVEN_BITS) & TOP_BITS) >>> (7 - j);
        }
        return ~different;
    }
}
