package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;

/**
 * Builds a part of each table: the pairs of some neighbouring buckets, one after the other. For one thread at a time.
 *
 * <p>All parts of a table are read, and this one's is written. Where a bucket is the right one of the last pair of one part and the left one of the
 * first pair of the next, both builders save its parents and remainders: the same values to the same places.
 */
final class PartBuilder {
    /** Pairs staged at a time: those of one pair of buckets and what the one before left over. */
    private static final int STAGED = PairMatcher.MAX_MATCHES + 2 * 16;

    private final TableWorkspace space;
    private final TableWorkspace.Part part;
    private final TableKernels kernels;
    private final EntryMover mover;
    private final PairMatcher matcher;
    private final BucketGroup group;
    private final PositionOrder positionOrder = new PositionOrder();

    private final RowBucket[] rowBuckets = {new RowBucket(), new RowBucket()};
    private final int[] hits = new int[PairMatcher.HITS_ROOM];
    private final int[] stagedLeft = new int[STAGED * 4];
    private final int[] stagedRight = new int[STAGED * 4];
    /** In place of what is kept for the way down to the leaves, where it does not pass. */
    private final int[] unused = new int[CAPACITY + 16];

    private final short[] unusedRemainders = new short[CAPACITY + 16];
    private final int[] out = new int[STAGED * 4];
    private final int[] buckets = new int[STAGED];
    private int staged;
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

    /** Whether the code that is fastest in the end is used, or that which is fast at once. */
    void lasting(boolean value) {
        lasting = value;
    }

    /** Blocks of the keystream, whole groups of lanes from {@code from} on. */
    void keystream(int[] key, int from, int to) {
        int lanes = kernels.lanes();
        int[] counters = new int[lanes];
        int[] words = new int[16 * lanes];
        for (int block = from; block < to; block += lanes) {
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

    /** Entries of table 1 with x from {@code from} below {@code to}. */
    void first(int from, int to) {
        GroupedEntries target = part.entries[1];
        target.clear();
        firstEntries(space.keystream, from, to, target.entries, target.members, target.counts);
    }

    private static void firstEntries(int[] keystream, int from, int to, int[] entries, byte[] members, int[] counts) {
        for (int x = from; x < to; x++) {
            int y = LeafOrder.f1(keystream, x);
            int bucket = PosParameters.bucketOf(y);
            int p = 4 * GroupedEntries.next(bucket, counts, members);
            entries[p] = x;
            entries[p + 1] = (y - bucket * BC) << 16;
            entries[p + 2] = 0;
            entries[p + 3] = x;
        }
    }

    /**
     * The matches of the pairs whose left buckets are those from {@code from} below {@code to}.
     *
     * @param before parts that the table before consists of
     * @param limit entries that a bucket takes
     */
    void next(int table, int from, int to, GroupedEntries[] before, int limit, PosVersion version) {
        part.entries[table & 1].clear();
        part.lastCount = 0;
        staged = 0;
        boolean ordered = version == PosVersion.V2;
        RowBucket left = rowBuckets[0];
        RowBucket right = rowBuckets[1];
        group.load(before, from, limit, ordered);
        arrange(table, from, left);
        for (int bucket = from; bucket < to; bucket++) {
            if (BucketGroup.begins(bucket + 1)) {
                group.keep(left);
                group.load(before, bucket + 1, limit, ordered);
            }
            arrange(table, bucket + 1, right);
            int n = matcher.match(left, right, bucket & 1, hits);
            if (ordered) {
                n = positionOrder.arrange(hits, n, left, right);
            }
            mover.stage(hits, n, bucket, left, right, stagedLeft, stagedRight, staged);
            staged += n;
            hashStaged(table, false);
            RowBucket free = left;
            left = right;
            right = free;
        }
        hashStaged(table, true);
    }

    /** Puts a bucket of the loaded group in row order, and saves what the way down to the leaves takes of it. */
    private void arrange(int table, int bucket, RowBucket target) {
        int size = group.refer(bucket, target);
        int base = bucket * CAPACITY;
        int read = table - 1;
        if (read > TableWorkspace.LEAVES_TABLE) {
            matcher.columns(target.entries(), target.first(), size, base, space.parents[read], space.remainders[read]);
            mover.sortRows(space.remainders[read], base, size, target);
        } else {
            if (read == TableWorkspace.LEAVES_TABLE) {
                System.arraycopy(target.entries(), 4 * target.first(), space.leaves, 4 * base, 4 * size);
            }
            matcher.columns(target.entries(), target.first(), size, 0, unused, unusedRemainders);
            mover.sortRows(unusedRemainders, 0, size, target);
        }
    }

    /** Hashes what is staged in whole groups; at the end of the part all of it. */
    private void hashStaged(int table, boolean last) {
        int lanes = kernels.lanes();
        int groups = last ? (staged + lanes - 1) / lanes : staged / lanes;
        int done = Math.min(staged, groups * lanes);
        if (lasting) {
            kernels.hash(table, stagedLeft, stagedRight, groups, out, buckets);
        } else {
            kernels.hashAtOnce(table, stagedLeft, stagedRight, groups, out, buckets);
        }
        if (table == TABLES) {
            collectLast(done);
        } else {
            mover.scatter(out, buckets, done, part.entries[table & 1]);
        }
        staged -= done;
        EntryMover.keep(stagedLeft, stagedRight, done, staged);
    }

    private void collectLast(int n) {
        int[] ys = part.lastY;
        int[] parents = part.lastParents;
        int count = part.lastCount;
        if (count + n >= ys.length) {
            throw new CapacityExceededException("more than " + ys.length + " entries of table 7");
        }
        for (int i = 0; i < n; i++) {
            // Written always and counted where wanted: one in sixteen is, at random.
            ys[count] = buckets[i];
            parents[count] = out[i];
            count += PosParameters.hasSBucket(buckets[i]) ? 1 : 0;
        }
        part.lastCount = count;
    }
}
