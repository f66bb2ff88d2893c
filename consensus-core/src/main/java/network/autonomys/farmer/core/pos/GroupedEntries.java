package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BUCKETS;

import java.util.Arrays;

/**
 * Entries of a table as one thread has made them: one list for each group of neighbouring buckets, in order of emission.
 *
 * <p>A table is far larger than the second-level cache. With one list for each of 4441 buckets nearly every line is waited for, by the writer and once more by the
 * reader; {@value #GROUPS} lists grow in so few places that the processor brings their lines in advance, and a group's buckets are told apart where they
 * fit in that cache ({@link BucketGroup}).
 */
final class GroupedEntries {
    static final int GROUP_BITS = 7;

    /** Buckets in a group. */
    static final int GROUP = 1 << GROUP_BITS;

    static final int GROUPS = (BUCKETS + GROUP - 1) / GROUP;

    /**
     * Entries that a group has room for. The fullest of table 6, whose size deviates with those of all before it, has 30 376 on average with a
     * deviation of 549 (5000 seeds; 32 543 at most): ten of these more. An odd number of cache lines, so that the ends of lists which grow evenly
     * do not meet in the same sets.
     */
    static final int CAPACITY = 36_004;

    /** By group, four ints each as in {@link TableKernels}. */
    final int[] entries = new int[4 * GROUPS * CAPACITY];

    /** Number of the bucket within its group, of each entry. */
    final byte[] members = new byte[GROUPS * CAPACITY];

    /** Entries by group. */
    final int[] counts = new int[GROUPS];

    void clear() {
        Arrays.fill(counts, 0);
    }

    /**
     * Where the next entry of a bucket belongs.
     *
     * @throws CapacityExceededException where its group is full
     */
    static int next(int bucket, int[] counts, byte[] members) {
        int group = bucket >>> GROUP_BITS;
        int k = counts[group];
        if (k == CAPACITY) {
            throw new CapacityExceededException("group of buckets of more than " + CAPACITY + " entries");
        }
        counts[group] = k + 1;
        int at = group * CAPACITY + k;
        members[at] = (byte) (bucket & (GROUP - 1));
        return at;
    }
}
