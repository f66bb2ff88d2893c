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
     * Appends new entries to the lists of their groups of buckets.
     *
     * @param out entries, four ints each
     * @param buckets their buckets
     * @throws CapacityExceededException where a group is full
     */
    void scatter(int[] out, int[] buckets, int n, GroupedEntries target);

    /**
     * Appends a group's entries to the lists of its buckets.
     *
     * @param target receives the entries: those of bucket m of the group from entry {@code m * stride} on, after the {@code counts[m]} that are there
     * @param limit entries that a bucket takes
     * @param drop whether entries above the limit are left out; otherwise they are an error
     * @throws CapacityExceededException where a bucket is full and {@code drop} is false
     */
    void spread(GroupedEntries source, int group, int[] target, int stride, int[] counts, int limit, boolean drop);

    /** Throws where entries above the limit are an error. */
    static void checkDrop(boolean drop, int limit) {
        if (!drop) {
            throw new CapacityExceededException("bucket of more than " + limit + " entries");
        }
    }

    /** Moves n staged pairs from the end of the staging arrays to their start. */
    static void keep(int[] stagedLeft, int[] stagedRight, int from, int n) {
        System.arraycopy(stagedLeft, 4 * from, stagedLeft, 0, 4 * n);
        System.arraycopy(stagedRight, 4 * from, stagedRight, 0, 4 * n);
    }
}
