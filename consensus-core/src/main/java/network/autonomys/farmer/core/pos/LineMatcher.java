package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.B;
import static network.autonomys.farmer.core.pos.PosParameters.C;
import static network.autonomys.farmer.core.pos.PosParameters.M;

/**
 * The line method by comparison (proof-of-space §4.6): with B the row of a right entry in the extended list and b that of a left one, both
 * match where {@code u + 8 b B ≡ t (mod 127)} and 0 ≤ B - b &lt; 64. One byte per right entry holds {@code u + 8 b B}; going to the next row
 * adds {@code 8 B}.
 */
final class LineMatcher implements PairMatcher {
    private static final int EXTENDED_ROWS = B + M - 1;
    /** 8 B mod 127 by extended row B. */
    private static final byte[] STEP = new byte[EXTENDED_ROWS];
    /** -4 B² - 4 p B mod 127 by parity and extended row. */
    private static final byte[][] PHASE = new byte[2][EXTENDED_ROWS];
    /** c mod 127 for c below 254. */
    private static final byte[] REDUCED = new byte[2 * C];

    static {
        for (int row = 0; row < EXTENDED_ROWS; row++) {
            STEP[row] = (byte) (8 * row % C);
            for (int p = 0; p < 2; p++) {
                PHASE[p][row] = (byte) Math.floorMod(-4 * row * (row + p), C);
            }
        }
        for (int c = 0; c < REDUCED.length; c++) {
            REDUCED[c] = (byte) (c % C);
        }
    }

    private final TableKernels kernels;
    private final byte[] t = new byte[TableWorkspace.CAPACITY + 64];
    private final byte[] values = new byte[2 * TableWorkspace.CAPACITY + 256];
    private final byte[] steps = new byte[2 * TableWorkspace.CAPACITY + 256];
    private final int[] rightStart = new int[EXTENDED_ROWS + 1];

    LineMatcher(TableKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public int match(RowBucket left, RowBucket right, int parity, int[] hits) {
        int extended = right.extendedSize();
        int size = right.size();
        System.arraycopy(right.rowStart, 0, rightStart, 0, B);
        for (int row = B; row <= EXTENDED_ROWS; row++) {
            rightStart[row] = size + right.rowStart[row - B];
        }
        lefts(left, parity);
        rights(right, 0, size, 0, PHASE[parity]);
        rights(right, size, extended, B, PHASE[parity]);
        int n = kernels.matchLines(t, left.rowStart, values, steps, rightStart, hits);
        PairMatcher.checkMatches(n);
        return n;
    }

    /** t of each left entry: r - 127 b + 4 b² - 4 p b + p² mod 127. */
    private void lefts(RowBucket bucket, int p) {
        for (int k = 0; k < bucket.size(); k++) {
            int r = bucket.remainder(k);
            int row = PosParameters.rowOf(r);
            t[k] = (byte) ((r - C * row + 4 * row * (row - p) + p) % C);
        }
    }

    private void rights(RowBucket bucket, int from, int to, int rowOffset, byte[] phase) {
        for (int k = from; k < to; k++) {
            int r = bucket.remainder(k);
            int row = PosParameters.rowOf(r);
            values[k] = REDUCED[r - C * row + phase[row + rowOffset]];
            steps[k] = STEP[row + rowOffset];
        }
    }
}
