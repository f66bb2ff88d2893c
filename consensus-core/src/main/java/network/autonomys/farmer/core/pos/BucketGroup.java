package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.GroupedEntries.GROUP;
import static network.autonomys.farmer.core.pos.GroupedEntries.GROUP_BITS;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;

import java.util.Arrays;

/**
 * The buckets of one group, each with its entries side by side in the order of emission: half a megabyte that stays in the second-level cache. Holds the last bucket of the
 * group before too, the left one of the pair between both.
 */
final class BucketGroup {
    /** From bucket to bucket, in entries: an odd number of cache lines, see {@link GroupedEntries#CAPACITY}. */
    private static final int STRIDE = CAPACITY + 4;

    /** Whole groups of 16 lanes are read. */
    private static final int SLACK = 4 * 16;

    private final EntryMover mover;
    private final int[] entries = new int[4 * GROUP * STRIDE + SLACK];
    private final int[] counts = new int[GROUP];
    private final int[] lastBefore = new int[4 * CAPACITY];

    BucketGroup(EntryMover mover) {
        this.mover = mover;
    }

    /**
     * Loads the group of a bucket, and with it that bucket.
     *
     * @param sources parts of the table; a bucket's list is that of the first part, then that of the second
     * @param limit entries that a bucket takes, at most {@link TableWorkspace#CAPACITY}
     * @param drop whether entries above the limit are left out; otherwise they are an error
     * @throws CapacityExceededException where a bucket has more and {@code drop} is false
     */
    void load(GroupedEntries[] sources, int bucket, int limit, boolean drop) {
        Arrays.fill(counts, 0);
        for (GroupedEntries source : sources) {
            mover.spread(source, bucket >>> GROUP_BITS, entries, STRIDE, counts, limit, drop);
        }
    }

    /** Whether a bucket is the first of its group, so that this has to be loaded when it is reached. */
    static boolean begins(int bucket) {
        return (bucket & (GROUP - 1)) == 0;
    }

    /** Copies a bucket that is still needed when the next group is loaded. */
    void keep(RowBucket last) {
        System.arraycopy(last.entries(), 4 * last.first(), lastBefore, 0, 4 * last.size());
        last.refer(lastBefore, 0);
    }

    /** Lets {@code target} refer to a bucket's entries; returns how many there are. */
    int refer(int bucket, RowBucket target) {
        int member = bucket & (GROUP - 1);
        target.refer(entries, member * STRIDE);
        return counts[member];
    }
}
