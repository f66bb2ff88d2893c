package network.autonomys.farmer.core.pos;

/** Finds the matches of two adjacent buckets (proof-of-space §1.3). Holds scratch space: one thread at a time. */
interface PairMatcher {
    /** Matches of a pair above which the fast builder gives the record up (proof-of-space §1.6). */
    int MAX_MATCHES = TableKernels.MAX_MATCHES;

    /** Room that the hits array must have. */
    int HITS_ROOM = MAX_MATCHES + TableWorkspace.CAPACITY + 8;

    /**
     * All matches, in no particular order.
     *
     * @param left the left bucket, in row order
     * @param right the right bucket, in row order
     * @param parity parity of the left bucket's number
     * @param hits receives left entry &lt;&lt; 16 | entry of the right extended list
     * @return number of hits
     * @throws CapacityExceededException where there are more than {@link #MAX_MATCHES}
     */
    int match(RowBucket left, RowBucket right, int parity, int[] hits);

    /** Throws where a pair has too many matches. */
    static void checkMatches(int n) {
        if (n > MAX_MATCHES) {
            throw new CapacityExceededException("pair with more than " + MAX_MATCHES + " matches");
        }
    }
}
