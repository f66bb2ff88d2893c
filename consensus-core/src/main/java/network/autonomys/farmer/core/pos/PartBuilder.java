package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;

/**
 * Builds a part of each table: the pairs of some neighbouring buckets, one after the other. For one thread at a time.
 *
 * <p>All parts of a table are read, and this one's is written. Each has numbers of its own for its entries, so that rows are written by one only.
 */
final class PartBuilder {
    private final TableWorkspace space;
    private final TableWorkspace.Part part;
    private final TableKernels kernels;
    private final EntryMover mover;
    private final PairMatcher matcher;
    private final BucketGroup group;
    private final PositionOrder positionOrder = new PositionOrder();

    private final RowBucket[] rowBuckets = {new RowBucket(), new RowBucket()};
    private final int[] hits = new int[PairMatcher.HITS_ROOM];
    private final StagedPairs staged = new StagedPairs();
    private final int[] out = new int[4 * StagedPairs.ROOM];
    private final int[] buckets = new int[StagedPairs.ROOM];
    /** Number of the entry that the first staged pair gives. */
    private int number;

    private int index;
    private int parts = 1;
    private int numbers = TableWorkspace.NUMBERS;
    private boolean lasting;

    PartBuilder(
            TableWorkspace space,
            TableWorkspace.Part part,
            TableKernels kernels,
            EntryMover mover,
            PairMatcher matcher) {
        this.space = space;
        this.part = part;
        this.kernels = kernels;
        this.mover = mover;
        this.matcher = matcher;
        group = new BucketGroup(mover);
    }

    TableWorkspace.Part part() {
        return part;
    }

    /**
     * Which part this is.
     *
     * @param thePart from 0 on
     * @param of parts that a table is divided into
     */
    void takes(int thePart, int of) {
        index = thePart;
        parts = of;
    }

    /** Numbers that all parts of a table have together: fewer than there is room for. */
    void numbers(int limit) {
        numbers = limit;
    }

    /** Whether the code that is fastest in the end is used, or that which is fast at once. */
    void lasting(boolean value) {
        lasting = value;
    }

    /** Where a part of n things begins. */
    private int begin(int n, int ofPart) {
        return (int) ((long) n * ofPart / parts);
    }

    /** This part of the keystream. Blocks go in whole groups of lanes. */
    void keystream(int[] key) {
        int lanes = kernels.lanes();
        int[] counters = new int[lanes];
        int[] words = new int[16 * lanes];
        int to = begin(PosParameters.KEYSTREAM_BLOCKS, index + 1);
        for (int block = begin(PosParameters.KEYSTREAM_BLOCKS, index); block < to; block += lanes) {
            for (int lane = 0; lane < lanes; lane++) {
                counters[lane] = block + lane;
            }
            kernels.keystream(key, counters, words);
            transpose(words, lanes, space.keystream, block * 16);
        }
    }

    private static void transpose(int[] words, int lanes, int[] keystream, int at) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int w = 0; w < 16; w++) {
                keystream[at + lane * 16 + w] = Integer.reverseBytes(words[w * lanes + lane]);
            }
        }
    }

    /** This part of table 1. */
    void first() {
        GroupedEntries target = part.entries[1];
        target.clear();
        int from = begin(PosParameters.X_COUNT, index);
        int to = begin(PosParameters.X_COUNT, index + 1);
        firstEntries(space.keystream, from, to, target.entries, target.members, target.counts);
    }

    private static void firstEntries(int[] keystream, int from, int to, int[] entries, byte[] members, int[] counts) {
        for (int x = from; x < to; x++) {
            int y = ProofOrder.f1(keystream, x);
            int bucket = PosParameters.bucketOf(y);
            int p = 4 * GroupedEntries.next(bucket, counts, members);
            entries[p + 1] = (y - bucket * BC) << 16;
            entries[p + 2] = 0;
            entries[p + 3] = x;
        }
    }

    /**
     * This part of a table: the matches of some pairs of buckets.
     *
     * @param before parts that the table before consists of
     * @param limit entries that a bucket takes
     */
    void next(int table, GroupedEntries[] before, int limit, PosVersion version) {
        part.entries[table & 1].clear();
        part.last.clear();
        staged.clear();
        number = begin(numbers, index);
        int from = begin(PosParameters.BUCKETS - 1, index);
        int to = begin(PosParameters.BUCKETS - 1, index + 1);
        boolean ordered = version == PosVersion.V2;
        RowBucket left = rowBuckets[0];
        RowBucket right = rowBuckets[1];
        group.load(before, from, limit, ordered);
        mover.sortRows(left, group.refer(from, left));
        for (int bucket = from; bucket < to; bucket++) {
            if (BucketGroup.begins(bucket + 1)) {
                group.keep(left);
                group.load(before, bucket + 1, limit, ordered);
            }
            mover.sortRows(right, group.refer(bucket + 1, right));
            int n = matcher.match(left, right, bucket & 1, hits);
            if (ordered) {
                n = positionOrder.arrange(hits, n, left, right);
            }
            mover.stage(hits, n, left, right, staged);
            saveRows(table, n);
            staged.added(n, bucket * BC);
            hashStaged(table, false);
            RowBucket free = left;
            left = right;
            right = free;
        }
        hashStaged(table, true);
    }

    /** Saves what leads from the next n entries down to their leaves. */
    private void saveRows(int table, int n) {
        if (table < TableWorkspace.LEAVES_TABLE || table == TABLES) {
            return;
        }
        int from = staged.count();
        int row = number + from;
        // The last row stays free: leaves are written beyond their row, and there another part's begin.
        if (row + n >= begin(numbers, index + 1)) {
            throw new CapacityExceededException("too many entries of table " + table);
        }
        if (table == TableWorkspace.LEAVES_TABLE) {
            mover.saveLeaves(staged, from, n, space.leaves, row);
        } else {
            staged.saveParents(from, n, space.parents[table], row);
        }
    }

    /** Hashes what is staged in whole groups; at the end of the part all of it. */
    private void hashStaged(int table, boolean atTheEnd) {
        int lanes = kernels.lanes();
        int count = staged.count();
        int groups = atTheEnd ? (count + lanes - 1) / lanes : count / lanes;
        int done = Math.min(count, groups * lanes);
        if (lasting) {
            kernels.hash(table, staged.left, staged.right, staged.bases, groups, number, out, buckets);
        } else {
            kernels.hashAtOnce(table, staged.left, staged.right, staged.bases, groups, number, out, buckets);
        }
        if (table == TABLES) {
            part.last.add(staged, buckets, done);
        } else {
            mover.scatter(out, buckets, done, part.entries[table & 1]);
        }
        number += done;
        staged.drop(done);
    }
}
