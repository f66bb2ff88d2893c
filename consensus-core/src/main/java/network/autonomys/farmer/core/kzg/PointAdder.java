package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Adds up many groups of affine points at once. Neighbours in a group are added in pairs, round by round; the additions of a round are independent
 * and share their inversions, so that one costs about six multiplications. For one thread at a time.
 */
final class PointAdder {
    private static final int SIZE = FpPoints.SIZE;
    /** Additions that share an inversion; what they keep in between fits the second-level cache. */
    private static final int CHUNK = 2048;

    /** Points that are brought near together; a multiple of the lanes. */
    private static final int NEAR = 128;

    private static final double[] ONE =
            FpLanes.limbs(BigInteger.ONE.shiftLeft(FpLanes.R_BITS).mod(FpLanes.MODULUS));

    private final FpLanes kernel;
    private final int lanes;
    private final int block;
    private final double[] one;
    private final double[] differences;
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

    private long[] points = new long[0];
    private boolean inFirst;
    private int[] references = new int[0];
    private int[] starts = new int[0];

    /** @param capacity the most points that will be added at once */
    PointAdder(FpLanes kernel, int capacity) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        block = FpLanes.LIMBS * lanes;
        one = FpPoints.broadcast(ONE, lanes);
        int blocks = CHUNK / lanes;
        differences = new double[blocks * block];
        products = new double[blocks * block];
        firsts = new double[2 * blocks * block];
        seconds = new double[2 * blocks * block];
        x = new double[block];
        y = new double[block];
        words = Arena.ofAuto().allocate((long) Blst.FP * (2 * lanes + 2), Blst.ALIGN);
        running = new double[block];
        inverse = new double[block];
        slope = new double[block];
        left = new int[capacity / 2 + lanes];
        right = new int[capacity / 2 + lanes];
        target = new int[capacity / 2 + lanes];
    }

    /**
     * Adds up each group.
     *
     * @param source points that the references mean
     * @param from references: 2 · point, plus 1 for its negative
     * @param bounds group g are the references from bounds[g] to bounds[g + 1]
     * @param groups number of groups
     * @param first room for the results of the first round, and of every other one
     * @param second room for the results of the others; all three arrays are different
     * @return false where two points to be added have the same x; nothing is then known
     */
    boolean sum(long[] source, int[] from, int[] bounds, int groups, long[] first, long[] second) {
        long[] in = source;
        boolean toFirst = true;
        boolean scattered = true;
        references = from;
        starts = Arrays.copyOf(bounds, groups + 1);
        int[] single = new int[groups];
        int[] place = new int[groups];
        boolean done = false;
        while (!done) {
            long[] out = toFirst ? first : second;
            int pairs = 0;
            int count = 0;
            int singles = 0;
            int[] next = new int[groups + 1];
            for (int g = 0; g < groups; g++) {
                int i = starts[g];
                for (; i + 1 < starts[g + 1]; i += 2) {
                    left[pairs] = references[i];
                    right[pairs] = references[i + 1];
                    target[pairs++] = count++;
                }
                if (i < starts[g + 1]) {
                    single[singles] = references[i];
                    place[singles++] = count++;
                }
                next[g + 1] = count;
            }
            for (int i = 0; i < singles; i++) {
                if (scattered && i % NEAR == 0) {
                    bringNear(in, single, i, singles);
                }
                copy(in, single[i], out, place[i]);
            }
            // Lanes beyond the last pair take the first point twice.
            Arrays.fill(left, pairs, pairs + lanes, 0);
            Arrays.fill(right, pairs, pairs + lanes, 0);
            for (int at = 0; at < pairs; at += CHUNK) {
                if (!add(in, out, at, Math.min(CHUNK, pairs - at), scattered)) {
                    return false;
                }
            }
            references = new int[count];
            for (int i = 0; i < count; i++) {
                references[i] = 2 * i;
            }
            starts = next;
            in = out;
            scattered = false;
            inFirst = toFirst;
            toFirst = !toFirst;
            done = pairs == 0;
        }
        points = in;
        return true;
    }

    /** Where the sums of {@link #sum} are: one of the two arrays given for them. */
    long[] points() {
        return points;
    }

    /** Whether that is the first of them. */
    boolean inFirst() {
        return inFirst;
    }

    /** The place of a group's sum in {@link #points()}; -1 for an empty group. */
    int place(int group) {
        return starts[group] < starts[group + 1] ? starts[group] : -1;
    }

    private void copy(long[] in, int reference, long[] out, int to) {
        int from = (reference >>> 1) * SIZE;
        System.arraycopy(in, from, out, to * SIZE, SIZE);
        if ((reference & 1) != 0) {
            FpPoints.negate(out, to * SIZE + SIZE / 2);
        }
    }

    /** Adds pairs whose points are first collected, so that the memory need not be waited for one by one. */
    private boolean add(long[] in, long[] out, int from, int count, boolean scattered) {
        int blocks = (count + lanes - 1) / lanes;
        for (int b = 0; b < blocks; b++) {
            int first = b * lanes;
            if (scattered && first % NEAR == 0) {
                bringNear(in, left, from + first, from + count);
                bringNear(in, right, from + first, from + count);
            }
            kernel.load(in, left, from + first, firsts, 2 * b * block);
            kernel.load(in, right, from + first, seconds, 2 * b * block);
        }
        System.arraycopy(one, 0, running, 0, block);
        for (int b = 0; b < blocks; b++) {
            int o = b * block;
            kernel.difference(seconds, 2 * o, firsts, 2 * o, differences, o);
            if (count < (b + 1) * lanes) {
                fill(differences, o, count - b * lanes);
            }
            System.arraycopy(running, 0, products, o, block);
            kernel.multiply(differences, o, running, 0, running, 0);
        }
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
            kernel.store(x, y, out, target, from + b * lanes, Math.min(lanes, count - b * lanes));
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
            read ^= in[at] ^ in[at + SIZE / 2] ^ in[at + SIZE - 1];
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
