package network.autonomys.farmer.core.pos;

import java.util.Arrays;

/**
 * The order and the limits of V2 (proof-of-space §2.1): matches of a pair by left entry in list order, then m, then the first and the second
 * right entry with that r; further ones with that r do not count, nor do matches after the 288th.
 */
final class PositionOrder {
    /** Entries that a bucket keeps. */
    static final int BUCKET_ENTRIES = 272;

    /** Matches that a pair keeps. */
    static final int PAIR_MATCHES = 288;

    private static final int EQUAL_KEPT = 2;

    private final int[] start = new int[TableWorkspace.CAPACITY + 1];
    private final int[] first = new int[TableWorkspace.CAPACITY + 1];
    private final int[] ordered = new int[PairMatcher.HITS_ROOM];

    /**
     * Puts the hits of a pair in order and cuts them short.
     *
     * @param hits as from {@link PairMatcher#match}
     * @return number of hits that remain
     */
    int arrange(int[] hits, int n, RowBucket left, RowBucket right) {
        int kept = dropEqual(hits, n, right);
        Arrays.fill(start, 0, left.size() + 1, 0);
        for (int h = 0; h < kept; h++) {
            start[left.place(hits[h] >>> 16) + 1]++;
        }
        for (int l = 1; l <= left.size(); l++) {
            start[l] += start[l - 1];
        }
        System.arraycopy(start, 0, first, 0, left.size());
        for (int h = 0; h < kept; h++) {
            int listIndex = left.place(hits[h] >>> 16);
            place(hits[h], first[listIndex], listIndex);
        }
        int result = Math.min(kept, PAIR_MATCHES);
        System.arraycopy(ordered, 0, hits, 0, result);
        return result;
    }

    private static int dropEqual(int[] hits, int n, RowBucket right) {
        int kept = 0;
        for (int h = 0; h < n; h++) {
            hits[kept] = hits[h];
            kept += equalBefore(right, hits[h] & 0xFFFF) < EQUAL_KEPT ? 1 : 0;
        }
        return kept;
    }

    /** Entries of the same r before this one. Rows are in list order, so they are just before it, in its row. */
    private static int equalBefore(RowBucket right, int k) {
        int r = right.remainder(k);
        int rowStart = right.rowStart[PosParameters.rowOf(r)] + (k < right.size() ? 0 : right.size());
        int equal = 0;
        for (int i = rowStart; i < k; i++) {
            equal += right.remainder(i) == r ? 1 : 0;
        }
        return equal;
    }

    /**
     * Inserts a hit among those of its left entry, of which {@code start} is then the end. With one left entry m grows with the row of the
     * right one, and the rest of the order is that of the extended list.
     */
    private void place(int hit, int from, int listIndex) {
        int at = start[listIndex]++;
        while (at > from && (ordered[at - 1] & 0xFFFF) > (hit & 0xFFFF)) {
            ordered[at] = ordered[at - 1];
            at--;
        }
        ordered[at] = hit;
    }
}
