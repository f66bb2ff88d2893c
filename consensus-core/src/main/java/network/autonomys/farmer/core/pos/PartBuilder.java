package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;

import java.util.Arrays;

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
    void first(int from, int to, int limit, boolean drop) {
        Arrays.fill(part.counts[1], 0);
        firstEntries(space.keystream, from, to, part.entries[1], part.counts[1], limit, drop);
    }

    private static void firstEntries(
            int[] keystream, int from, int to, int[] entries, int[] counts, int limit, boolean drop) {
        for (int x = from; x < to; x++) {
            int y = LeafOrder.f1(keystream, x);
            int bucket = PosParameters.bucketOf(y);
            int offset = counts[bucket];
            if (offset >= limit) {
                if (drop) {
                    continue;
                }
                throw new CapacityExceededException("bucket of table 1 of more than " + limit + " entries");
            }
            counts[bucket] = offset + 1;
            int p = TableWorkspace.entry(bucket, offset) * 4;
            entries[p] = x;
            entries[p + 1] = (y - bucket * BC) << 16;
            entries[p + 2] = 0;
            entries[p + 3] = x;
        }
    }

    /**
     * The matches of the pairs whose left buckets are those from {@code from} below {@code to}.
     *
     * @param parts that the table before consists of
     */
    void next(int table, int from, int to, TableWorkspace.Part[] parts, int limit, PosVersion version) {
        Arrays.fill(part.counts[table & 1], 0);
        part.lastCount = 0;
        staged = 0;
        boolean ordered = version == PosVersion.V2;
        RowBucket left = rowBuckets[0];
        RowBucket right = rowBuckets[1];
        load(table, from, parts, limit, ordered, left);
        for (int bucket = from; bucket < to; bucket++) {
            load(table, bucket + 1, parts, limit, ordered, right);
            int n = matcher.match(left, right, bucket & 1, hits);
            if (ordered) {
                n = positionOrder.arrange(hits, n, left, right);
            }
            mover.stage(hits, n, bucket, left, right, stagedLeft, stagedRight, staged);
            staged += n;
            hashStaged(table, limit, ordered, false);
            RowBucket free = left;
            left = right;
            right = free;
        }
        hashStaged(table, limit, ordered, true);
    }

    private void load(int table, int bucket, TableWorkspace.Part[] parts, int limit, boolean drop, RowBucket target) {
        int base = bucket * CAPACITY;
        int size = gather((table - 1) & 1, bucket, parts, limit, drop, target);
        int read = table - 1;
        if (read > TableWorkspace.LEAVES_TABLE) {
            matcher.columns(target.entries, size, base, space.parents[read], space.remainders[read]);
            mover.sortRows(space.remainders[read], base, size, target);
        } else {
            if (read == TableWorkspace.LEAVES_TABLE) {
                System.arraycopy(target.entries, 0, space.leaves, 4 * base, 4 * size);
            }
            matcher.columns(target.entries, size, 0, unused, unusedRemainders);
            mover.sortRows(unusedRemainders, 0, size, target);
        }
    }

    /** Copies a bucket's entries from all parts; returns how many there are. */
    private static int gather(
            int turn, int bucket, TableWorkspace.Part[] parts, int limit, boolean drop, RowBucket target) {
        int size = 0;
        for (TableWorkspace.Part one : parts) {
            int count = one.counts[turn][bucket];
            if (size + count > limit) {
                if (!drop) {
                    throw new CapacityExceededException("bucket of more than " + limit + " entries");
                }
                count = limit - size;
            }
            target.append(one.entries[turn], bucket, count, size);
            size += count;
        }
        return size;
    }

    /** Hashes what is staged in whole groups; at the end of the part all of it. */
    private void hashStaged(int table, int limit, boolean drop, boolean last) {
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
            mover.scatter(out, buckets, done, part.entries[table & 1], part.counts[table & 1], limit, drop);
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
