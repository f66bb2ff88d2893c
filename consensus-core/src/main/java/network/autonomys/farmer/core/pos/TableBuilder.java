package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.BUCKETS;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;
import static network.autonomys.farmer.core.pos.TableWorkspace.CAPACITY;

import java.util.Arrays;

/**
 * Builds tables 1 to 7 of a seed, pair of buckets by pair of buckets: row order, matches, f, distribution (proof-of-space §4.6). Table 7 is
 * kept as far as it belongs to s-buckets.
 *
 * <p>V1 needs no order among entries, since its choice is a minimum (proof-of-space §0.4). V2 goes by position: there a bucket's list is in
 * order of emission, because pairs are handled and hits staged in order.
 */
final class TableBuilder {
    /** Pairs staged at a time: those of one pair of buckets and what the one before left over. */
    private static final int STAGED = PairMatcher.MAX_MATCHES + 2 * 16;

    private final TableWorkspace space;
    private final TableKernels kernels;
    private final EntryMover mover;
    private final PairMatcher matcher;
    private final int bucketLimit;
    private final PositionOrder positionOrder = new PositionOrder();

    private final RowBucket[] rowBuckets = {new RowBucket(), new RowBucket()};
    private final int[] hits = new int[PairMatcher.HITS_ROOM];
    private final int[] stagedLeft = new int[STAGED * 4];
    private final int[] stagedRight = new int[STAGED * 4];
    private final int[] out = new int[STAGED * 4];
    private final int[] buckets = new int[STAGED];
    private int staged;

    /** Written so that the reads of {@link #touch} are not optimised away. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    TableBuilder(TableWorkspace space, VectorForm form) {
        this(space, form.kernels(), form.mover(), form.matcher(), CAPACITY);
    }

    /**
     * A builder of given parts.
     *
     * @param bucketLimit entries per bucket above which a V1 build gives up, at most {@link TableWorkspace#CAPACITY}
     */
    TableBuilder(TableWorkspace space, TableKernels kernels, EntryMover mover, PairMatcher matcher, int bucketLimit) {
        this.space = space;
        this.kernels = kernels;
        this.mover = mover;
        this.matcher = matcher;
        this.bucketLimit = bucketLimit;
    }

    /**
     * Builds all tables into the workspace.
     *
     * @throws CapacityExceededException where the tables do not fit; the workspace holds nothing of use then
     */
    void build(byte[] seed, PosVersion version) {
        int limit = version == PosVersion.V1 ? bucketLimit : PositionOrder.BUCKET_ENTRIES;
        first(seed, limit, version == PosVersion.V2);
        for (int table = 2; table <= TABLES; table++) {
            next(table, limit, version);
        }
    }

    private void first(byte[] seed, int limit, boolean drop) {
        keystream(KeystreamReader.key(seed));
        Arrays.fill(space.counts[1], 0);
        firstEntries(space.keystream, space.entries[1], space.counts[1], limit, drop);
    }

    private void keystream(int[] key) {
        int lanes = kernels.lanes();
        int[] counters = new int[lanes];
        int[] words = new int[16 * lanes];
        for (int block = 0; block < PosParameters.KEYSTREAM_BLOCKS; block += lanes) {
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

    private static void firstEntries(int[] keystream, int[] entries, int[] counts, int limit, boolean drop) {
        for (int x = 0; x < PosParameters.X_COUNT; x++) {
            int bit = x * PosParameters.K;
            int word = bit >>> 5;
            long two = ((long) keystream[word] << 32) | (keystream[word + 1] & 0xFFFFFFFFL);
            int k = (int) (two >>> (44 - (bit & 31))) & 0xFFFFF;
            int y = (k << 6) | (x >>> 14);
            int bucket = PosParameters.bucketOf(y);
            int offset = counts[bucket];
            if (offset >= limit) {
                if (drop) {
                    continue;
                }
                throw new CapacityExceededException("bucket of table 1 of more than " + limit + " entries");
            }
            counts[bucket] = offset + 1;
            int p = (bucket * CAPACITY + offset) * 4;
            entries[p] = x;
            entries[p + 1] = (y - bucket * BC) << 16;
            entries[p + 2] = 0;
            entries[p + 3] = x;
        }
    }

    private void next(int table, int limit, PosVersion version) {
        int[] from = space.entries[(table - 1) & 1];
        int[] sizes = space.counts[(table - 1) & 1];
        Arrays.fill(space.counts[table & 1], 0);
        space.lastCount = 0;
        staged = 0;
        RowBucket left = rowBuckets[0];
        RowBucket right = rowBuckets[1];
        load(table, from, sizes[0], 0, left);
        for (int bucket = 0; bucket < BUCKETS - 1; bucket++) {
            load(table, from, sizes[bucket + 1], bucket + 1, right);
            int n = matcher.match(left, right, bucket & 1, hits);
            if (version == PosVersion.V2) {
                n = positionOrder.arrange(hits, n, left, right);
            }
            mover.stage(hits, n, left.entries, right.entries, stagedLeft, stagedRight, staged);
            staged += n;
            hashStaged(table, limit, version == PosVersion.V2, false);
            RowBucket free = left;
            left = right;
            right = free;
        }
        hashStaged(table, limit, version == PosVersion.V2, true);
    }

    private void load(int table, int[] from, int size, int bucket, RowBucket target) {
        int base = bucket * CAPACITY;
        touched ^= touch(from, base * 4, size * 4);
        mover.sortRows(from, base, size, target);
        matcher.load(target, bucket, space.parents[table - 1], space.remainders[table - 1]);
        mover.extend(target, bucket);
    }

    /** Reads one word of each cache line of a bucket before it is sorted: as near to a prefetch as plain Java comes. */
    private static int touch(int[] entries, int from, int words) {
        int sum = 0;
        for (int i = 0; i < words; i += 16) {
            sum ^= entries[from + i];
        }
        return sum;
    }

    /** Hashes what is staged in whole groups; at the end of a table all of it. */
    private void hashStaged(int table, int limit, boolean drop, boolean last) {
        int lanes = kernels.lanes();
        int groups = last ? (staged + lanes - 1) / lanes : staged / lanes;
        int done = Math.min(staged, groups * lanes);
        kernels.hash(table, stagedLeft, stagedRight, groups, out, buckets);
        if (table == TABLES) {
            collectLast(done);
        } else {
            mover.scatter(out, buckets, done, space.entries[table & 1], space.counts[table & 1], limit, drop);
        }
        staged -= done;
        EntryMover.keep(stagedLeft, stagedRight, done, staged);
    }

    private void collectLast(int n) {
        int[] ys = space.lastY;
        int[] parents = space.lastParents;
        int count = space.lastCount;
        if (count + n >= ys.length) {
            throw new CapacityExceededException("more than " + ys.length + " entries of table 7");
        }
        for (int i = 0; i < n; i++) {
            // Written always and counted where wanted: one in sixteen is, at random.
            ys[count] = buckets[i];
            parents[count] = out[i];
            count += PosParameters.hasSBucket(buckets[i]) ? 1 : 0;
        }
        space.lastCount = count;
    }
}
