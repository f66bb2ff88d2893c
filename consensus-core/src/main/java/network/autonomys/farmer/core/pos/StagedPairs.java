package network.autonomys.farmer.core.pos;

import java.util.Arrays;

/** Matched pairs on their way to the hash: both entries of each, four ints as in {@link TableKernels}, and y at which the left one's bucket begins. */
final class StagedPairs {
    /** Those of one pair of buckets, and what the one before left over. */
    static final int ROOM = PairMatcher.MAX_MATCHES + 2 * 16;

    final int[] left = new int[4 * ROOM];
    final int[] right = new int[4 * ROOM];
    final int[] bases = new int[ROOM];
    private int count;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Counts n more, whose entries have been copied to the end. */
    void added(int n, int base) {
        Arrays.fill(bases, count, count + n, base);
        count += n;
    }

    /** Drops the first n. */
    void drop(int n) {
        count -= n;
        System.arraycopy(left, 4 * n, left, 0, 4 * count);
        System.arraycopy(right, 4 * n, right, 0, 4 * count);
        System.arraycopy(bases, n, bases, 0, count);
    }

    /** Word 0 of both entries of the n pairs from {@code from} on, to row {@code number} and those that follow. */
    void saveParents(int from, int n, int[] rows, int number) {
        saveParents(left, right, from, n, rows, 2 * number);
    }

    private static void saveParents(int[] left, int[] right, int from, int n, int[] rows, int at) {
        for (int i = 0; i < n; i++) {
            rows[at + 2 * i] = left[4 * (from + i)];
            rows[at + 2 * i + 1] = right[4 * (from + i)];
        }
    }
}
