package network.autonomys.farmer.core.pos;

/** Orders the entries of buckets by rows, and moves them to staging and to their buckets. */
interface EntryMover {
    /** Entries that a row can take; more are as good as impossible (a row holds two on average). */
    int ROW_ROOM = 32;

    /**
     * Puts a bucket in row order and appends rows 0 to 62.
     *
     * @param n entries in the bucket
     * @throws CapacityExceededException where a row holds more than {@link #ROW_ROOM}
     */
    void sortRows(RowBucket bucket, int n);

    /**
     * Copies both entries of each hit behind the staged pairs.
     *
     * @param hits left entry &lt;&lt; 16 | entry of the right extended list
     */
    void stage(int[] hits, int n, RowBucket left, RowBucket right, StagedPairs target);

    /**
     * Saves the metadata of pairs of table 3 as they stand in proofs.
     *
     * @param from the first of n staged pairs
     * @param leaves by number, {@link TableWorkspace#LEAVES_BYTES} each; the bytes up to the next row but one may change
     * @param number of the entry that the first pair gives
     */
    void saveLeaves(StagedPairs pairs, int from, int n, byte[] leaves, int number);

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
}
