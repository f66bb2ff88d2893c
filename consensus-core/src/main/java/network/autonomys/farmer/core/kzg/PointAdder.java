package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Adds many pairs of affine points, or up groups of them, at once. The additions of a round are independent and share their inversions, so that one costs
 * about six multiplications. In groups neighbours are added first, and then the second half of what there is to the first: what has no partner stays where
 * it is and is never copied. For one thread at a time.
 */
final class PointAdder {
    private static final int SIZE = FpPoints.SIZE;
    /** Additions that share an inversion; what they keep in between fits the second-level cache. */
    private static final int CHUNK = 2048;

    /** Points that are brought near together; a multiple of the lanes. */
    private static final int NEAR = 64;

    private static final double[] ONE =
            FpLanes.limbs(BigInteger.ONE.shiftLeft(FpLanes.R_BITS).mod(FpLanes.MODULUS));

    private final FpLanes kernel;
    private final int lanes;
    private final int block;
    private final double[] one;
    private final double[] differences;
    /** Product of all blocks of differences before each: the first is one. */
    private final double[] products;
    /** The points of a chunk's pairs: blocks of x and y by turns. */
    private final double[] firsts;

    private final double[] seconds;
    private final double[] x;
    private final double[] y;
    private final MemorySegment words;
    private final double[] running;
    private final double[] inverse;
    private final double[] slope;
    /** A coordinate. */
    private final long[] number = new long[FpLanes.WORDS];

    private final int[] left;
    private final int[] right;
    private final int[] target;

    /** What {@link #bringNear} read: without a use it would not be read. */
    private long unusedRead;

    /** Where the pairs' points are, and where their sums go. */
    private long[] firstPoints = new long[0];

    private long[] secondPoints = new long[0];
    private long[] sums = new long[0];
    private int pairs;

    PointAdder(FpLanes kernel) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        block = FpLanes.LIMBS * lanes;
        one = FpPoints.broadcast(ONE, lanes);
        int blocks = CHUNK / lanes;
        differences = new double[blocks * block];
        products = Arrays.copyOf(one, (blocks + 1) * block);
        firsts = new double[2 * blocks * block];
        seconds = new double[2 * blocks * block];
        x = new double[block];
        y = new double[block];
        words = Arena.ofAuto().allocate((long) Blst.FP * (2 * lanes + 2), Blst.ALIGN);
        running = new double[block];
        inverse = new double[block];
        slope = new double[block];
        left = new int[CHUNK + lanes];
        right = new int[CHUNK + lanes];
        target = new int[CHUNK + lanes];
    }

    /**
     * Adds up some groups; the sum of group g gets place g. A group without points has none: its place keeps what it had.
     *
     * @param source points that the references mean; may be {@code sums} where neither the groups' places nor those after all groups are meant
     * @param references 2 · point, plus 1 for its negative
     * @param bounds group g are the references from bounds[g] to bounds[g + 1]; all groups there are, one less than these, come first in {@code sums}
     * @param from first group to add up
     * @param end the group after the last one
     * @param sums has room for all groups, and for half as many points as these groups have
     * @return false where two points to be added have the same x; nothing is then known
     */
    boolean sum(long[] source, int[] references, int[] bounds, int from, int end, long[] sums) {
        return sum(source, references, bounds, from, end, sums, 0);
    }

    /** As {@link #sum}, but the sum of group g is added to the point at place g; there has to be one where the group is not empty. */
    boolean addTo(long[] source, int[] references, int[] bounds, int from, int end, long[] sums) {
        return sum(source, references, bounds, from, end, sums, 1);
    }

    /** @param held 1 where the groups' places already hold a point, else 0 */
    private boolean sum(long[] source, int[] references, int[] bounds, int from, int end, long[] sums, int held) {
        begin(source, source, sums);
        if (!addNeighbours(references, bounds, from, end, held)) {
            return false;
        }
        begin(sums, source, sums);
        if (!addLast(references, bounds, from, end, held)) {
            return false;
        }
        begin(sums, sums, sums);
        return fold(bounds, from, end, held);
    }

    /** The points of groups with an even number, and all but the last one of the others, become half as many. */
    private boolean addNeighbours(int[] references, int[] bounds, int from, int end, int held) {
        for (int g = from; g < end; g++) {
            int i = bounds[g];
            int count = bounds[g + 1] - i;
            if (count == 1 && held == 0) {
                copy(firstPoints, references[i], g);
            }
            for (int k = 0; k < count / 2; k++) {
                int place = place(bounds, from, g, held + k);
                if (pair(references[i + 2 * k], references[i + 2 * k + 1], place) && !flush()) {
                    return false;
                }
            }
        }
        return flush();
    }

    /** What had no neighbour goes to the group's own place. */
    private boolean addLast(int[] references, int[] bounds, int from, int end, int held) {
        for (int g = from; g < end; g++) {
            int count = bounds[g + 1] - bounds[g];
            if (count % 2 != 0 && count + held > 1 && pair(2 * g, references[bounds[g + 1] - 1], g) && !flush()) {
                return false;
            }
        }
        return flush();
    }

    /** Adds the second half of each group's points to the first, in whose places they lie, until one is left. */
    private boolean fold(int[] bounds, int from, int end, int held) {
        int most = 0;
        for (int g = from; g < end; g++) {
            most = Math.max(most, held + (bounds[g + 1] - bounds[g]) / 2);
        }
        for (int round = 0; (most - 1) >> round > 0; round++) {
            for (int g = from; g < end; g++) {
                int count = halved(held + (bounds[g + 1] - bounds[g]) / 2, round);
                int half = halved(count, 1);
                for (int k = 0; k < count - half; k++) {
                    int left = place(bounds, from, g, k);
                    if (pair(2 * left, 2 * place(bounds, from, g, half + k), left) && !flush()) {
                        return false;
                    }
                }
            }
            if (!flush()) {
                return false;
            }
        }
        return true;
    }

    /** Half of a number, rounded up, so many times. */
    private static int halved(int count, int times) {
        return (count + (1 << times) - 1) >> times;
    }

    /** Where a group's k-th point in between is: the first is in the group's own place, the others after all groups. */
    private static int place(int[] bounds, int from, int group, int k) {
        return k == 0 ? group : bounds.length - 2 + (bounds[group] - bounds[from]) / 2 + k;
    }

    /** Says where the points of pairs are, and where their sums go. */
    void begin(long[] firstSource, long[] secondSource, long[] results) {
        firstPoints = firstSource;
        secondPoints = secondSource;
        sums = results;
        pairs = 0;
    }

    /**
     * Takes two points to be added by the next {@link #flush}. Until then no place that a pair's sum goes to may be used by another pair.
     *
     * @return whether that must come before another pair
     */
    boolean pair(int first, int second, int place) {
        left[pairs] = first;
        right[pairs] = second;
        target[pairs++] = place;
        return pairs == CHUNK;
    }

    /** Adds the pairs. */
    boolean flush() {
        int count = pairs;
        pairs = 0;
        // Lanes beyond the last pair take the first point twice.
        Arrays.fill(left, count, count + lanes, 0);
        Arrays.fill(right, count, count + lanes, 0);
        return count == 0 || add(count);
    }

    /** Writes a point to the sums. */
    void copy(long[] in, int reference, int to) {
        int from = (reference >>> 1) * SIZE;
        System.arraycopy(in, from, sums, to * SIZE, SIZE);
        if ((reference & 1) != 0) {
            FpPoints.negate(sums, to * SIZE + SIZE / 2);
        }
    }

    /** Adds the pairs, whose points are first collected, so that the memory need not be waited for one by one. */
    private boolean add(int count) {
        int blocks = (count + lanes - 1) / lanes;
        for (int b = 0; b < blocks; b++) {
            int first = b * lanes;
            if (first % NEAR == 0) {
                bringNear(firstPoints, left, first, count);
                bringNear(secondPoints, right, first, count);
            }
            kernel.load(firstPoints, left, first, firsts, 2 * b * block);
            kernel.load(secondPoints, right, first, seconds, 2 * b * block);
        }
        for (int b = 0; b < blocks; b++) {
            int o = b * block;
            kernel.difference(seconds, 2 * o, firsts, 2 * o, differences, o);
            if (count < (b + 1) * lanes) {
                fill(differences, o, count - b * lanes);
            }
            kernel.multiply(differences, o, products, o, products, o + block);
        }
        System.arraycopy(products, blocks * block, running, 0, block);
        if (!invert()) {
            return false;
        }
        for (int b = blocks - 1; b >= 0; b--) {
            int o = b * block;
            int xo = 2 * o;
            int yo = xo + block;
            kernel.multiply(running, 0, products, o, inverse, 0);
            kernel.multiply(differences, o, running, 0, running, 0);
            kernel.difference(seconds, yo, firsts, yo, slope, 0);
            kernel.multiply(slope, 0, inverse, 0, slope, 0);
            kernel.multiply(slope, 0, slope, 0, inverse, 0);
            kernel.subtractBoth(inverse, firsts, xo, seconds, xo, x);
            kernel.difference(firsts, xo, x, 0, y, 0);
            kernel.multiply(y, 0, slope, 0, y, 0);
            kernel.subtract(y, firsts, yo);
            kernel.store(x, y, sums, target, b * lanes, Math.min(lanes, count - b * lanes));
        }
        return true;
    }

    /**
     * Reads something of each cache line of the next points, as many at once as the processor can wait for: between loads of whole points into
     * lanes is too much code for that.
     */
    private void bringNear(long[] in, int[] which, int from, int end) {
        long read = 0;
        for (int i = from; i < Math.min(from + NEAR, end); i++) {
            int at = (which[i] >>> 1) * SIZE;
            read ^= in[at] ^ in[at + SIZE / 2] ^ in[at + SIZE + 1];
        }
        unusedRead = read;
    }

    /** Puts 1 in the lanes from {@code width} on, of which nothing comes. */
    private void fill(double[] a, int offset, int width) {
        for (int lane = width; lane < lanes; lane++) {
            for (int limb = 0; limb < block; limb += lanes) {
                a[offset + limb + lane] = one[limb];
            }
        }
    }

    private static boolean isZero(MemorySegment number) {
        long bits = 0;
        for (int i = 0; i < Blst.FP / Long.BYTES; i++) {
            bits |= number.getAtIndex(ValueLayout.JAVA_LONG, i);
        }
        return bits == 0;
    }

    private MemorySegment word(int index) {
        return words.asSlice((long) Blst.FP * index, Blst.FP);
    }

    /** Replaces the lanes' products by their inverses; false where one is 0. */
    private boolean invert() {
        MemorySegment product = word(2 * lanes);
        MemorySegment temporary = word(2 * lanes + 1);
        boolean zero = false;
        for (int lane = 0; lane < lanes; lane++) {
            FpPoints.pack(running, lane, lanes, number, 0);
            FpPoints.toNumber(number, 0, words, (long) FpLanes.WORDS * lane);
            zero |= isZero(word(lane));
            if (lane == 0) {
                product.copyFrom(word(0));
            } else {
                word(lanes + lane).copyFrom(product);
                Blst.multiplyFp(product, product, word(lane));
            }
        }
        if (zero) {
            return false;
        }
        Blst.invertFp(product, product);
        for (int lane = lanes - 1; lane >= 0; lane--) {
            if (lane > 0) {
                Blst.multiplyFp(temporary, product, word(lanes + lane));
                Blst.multiplyFp(product, product, word(lane));
            } else {
                temporary.copyFrom(product);
            }
            FpPoints.fromNumber(temporary, 0, number, 0);
            FpPoints.unpack(number, 0, running, lane, lanes);
        }
        return true;
    }
}
