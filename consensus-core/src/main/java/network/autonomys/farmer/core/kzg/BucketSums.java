package network.autonomys.farmer.core.kzg;

import java.util.Arrays;

/**
 * Adds points to buckets in the order in which they come, so that a table of them is read from one end to the other and not here and there: memory is several
 * times faster so. The additions of a round are independent, so that a bucket takes only one point of each; what else comes for it, a thirtieth where
 * buckets are as good as random, is kept and added when all is there. For one thread at a time.
 */
final class BucketSums {
    /** Points that are kept at most, until they are added. */
    private static final int MOST_KEPT = 1 << 14;

    private final PointAdder adder;
    private final long[] source;
    private final long[] sums;
    /** The round in which a point was last added to a bucket; 0 where it is empty. */
    private final int[] rounds;

    private final int[] keptBuckets = new int[MOST_KEPT];
    private final int[] kept = new int[MOST_KEPT];
    /** What was kept, by buckets. */
    private final int[] references = new int[MOST_KEPT];

    private final int[] bounds;
    private int count;
    private int round;

    /**
     * @param source points to add
     * @param sums gets the sum of bucket b at place b; has room for {@link #places} points
     */
    BucketSums(PointAdder adder, int buckets, long[] source, long[] sums) {
        this.adder = adder;
        this.source = source;
        this.sums = sums;
        rounds = new int[buckets];
        bounds = new int[buckets + 1];
    }

    /** Places needed for the sums and what is in between. */
    static int places(int buckets) {
        return buckets + MOST_KEPT / 2;
    }

    /** Empties the buckets. */
    void begin() {
        Arrays.fill(rounds, 0);
        count = 0;
        round = 2;
        adder.begin(sums, source, sums);
    }

    /**
     * Adds a point to a bucket, now or later.
     *
     * @param reference 2 · point, plus 1 for its negative
     * @return false where two points to be added have the same x; nothing is then known
     */
    boolean add(int bucket, int reference) {
        int last = rounds[bucket];
        if (last == round) {
            keptBuckets[count] = bucket;
            kept[count++] = reference;
            return count < MOST_KEPT || end();
        }
        if (last == 0) {
            // It can still take another one in this round.
            rounds[bucket] = round - 1;
            adder.copy(source, reference, bucket);
            return true;
        }
        rounds[bucket] = round;
        return !adder.pair(2 * bucket, reference, bucket) || endRound();
    }

    private boolean endRound() {
        round++;
        return adder.flush();
    }

    /** Adds what was kept; the sums are then there. More may be added after it. */
    boolean end() {
        boolean added = endRound();
        sort();
        added = added && adder.addTo(source, references, bounds, 0, rounds.length, sums);
        count = 0;
        adder.begin(sums, source, sums);
        return added;
    }

    private void sort() {
        Arrays.fill(bounds, 0);
        for (int i = 0; i < count; i++) {
            bounds[keptBuckets[i] + 1]++;
        }
        for (int b = 1; b < bounds.length; b++) {
            bounds[b] += bounds[b - 1];
        }
        // From the last bucket's end down; that leaves each bound where its bucket begins, which is one too far.
        for (int i = 0; i < count; i++) {
            references[--bounds[keptBuckets[i] + 1]] = kept[i];
        }
        System.arraycopy(bounds, 1, bounds, 0, bounds.length - 1);
        bounds[bounds.length - 1] = count;
    }

    boolean isEmpty(int bucket) {
        return rounds[bucket] == 0;
    }
}
