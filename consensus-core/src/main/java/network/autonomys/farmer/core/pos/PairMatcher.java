package network.autonomys.farmer.core.pos;

/** Finds the matches of two adjacent buckets (proof-of-space §1.3). Holds scratch space: one thread at a time. */
interface PairMatcher {
    /** Matches of a pair above which the fast builder gives the record up (proof-of-space §1.6). */
    int MAX_MATCHES = TableKernels.MAX_MATCHES;

    /** Room that the hits array must have. */
    int HITS_ROOM = MAX_MATCHES + TableWorkspace.CAPACITY + 8;

    /**
     * Reads a bucket that is in row order and not yet extended: saves what the way down to the leaves needs, and prepares the bucket's role
     * on the left.
     *
     * @param index the bucket's number
     * @param base where the bucket begins in what follows
     * @param parents receives word 0 of each entry, from {@code base} on; up to 15 more ints are overwritten
     * @param remainders receives r of each entry likewise
     */
    void load(RowBucket bucket, int index, int base, int[] parents, short[] remainders);

    /**
     * All matches, in no particular order.
     *
     * @param left the left bucket, extended or not
     * @param right the right bucket, extended
     * @param parity parity of the left bucket's number
     * @param hits receives left entry &lt;&lt; 16 | entry of the right extended list
     * @return number of hits
     * @throws CapacityExceededException where there are more than {@link #MAX_MATCHES}
     */
    int match(RowBucket left, RowBucket right, int parity, int[] hits);

    /** For forms that have nothing better: {@link #load} in plain Java. */
    static void loadScalar(RowBucket bucket, int index, int base, int[] parents, short[] remainders) {
        int p = index & 1;
        int n = bucket.size();
        int[] entries = bucket.entries;
        for (int k = 0; k < n; k++) {
            parents[base + k] = entries[4 * k];
            int r = entries[4 * k + 1] >>> 16;
            remainders[base + k] = (short) r;
            int row = PosParameters.rowOf(r);
            bucket.row[k] = (byte) row;
            bucket.t[k] = (byte) ((r - PosParameters.C * row + 4 * row * (row - p) + p) % PosParameters.C);
        }
    }

    /** Throws where a pair has too many matches. */
    static void checkMatches(int n) {
        if (n > MAX_MATCHES) {
            throw new CapacityExceededException("pair with more than " + MAX_MATCHES + " matches");
        }
    }
}
