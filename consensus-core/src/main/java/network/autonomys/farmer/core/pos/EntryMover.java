package network.autonomys.farmer.core.pos;

/** Orders the entries of buckets by rows, and moves them to staging and to their buckets. */
interface EntryMover {
    /** Entries that a row can take; more are as good as impossible (a row holds two on average). */
    int ROW_ROOM = 32;

    /**
     * Puts a bucket in row order and appends rows 0 to 62.
     *
     * @param remainders r of the bucket's entries, from index {@code from} on
     * @param n entries in the bucket
     * @throws CapacityExceededException where a row holds more than {@link #ROW_ROOM}
     */
    void sortRows(short[] remainders, int from, int n, RowBucket target);

    /**
     * Copies both entries of each hit to the staging arrays, from pair {@code staged} on; word 0 of the left one becomes the parents of what the pair
     * gives.
     *
     * @param hits left entry &lt;&lt; 16 | entry of the right extended list
     * @param bucket number of the left bucket
     */
    void stage(
            int[] hits,
            int n,
            int bucket,
            RowBucket left,
            RowBucket right,
            int[] stagedLeft,
            int[] stagedRight,
            int staged);

    /**
     * Appends new entries to their buckets.
     *
     * @param limit entries that a bucket takes
     * @param drop whether entries above the limit are left out; otherwise they are an error
     * @throws CapacityExceededException where a bucket is full and {@code drop} is false
     */
    void scatter(int[] out, int[] buckets, int n, int[] entries, int[] counts, int limit, boolean drop);

    /** Moves n staged pairs from the end of the staging arrays to their start. */
    static void keep(int[] stagedLeft, int[] stagedRight, int from, int n) {
        System.arraycopy(stagedLeft, 4 * from, stagedLeft, 0, 4 * n);
        System.arraycopy(stagedRight, 4 * from, stagedRight, 0, 4 * n);
    }
}
