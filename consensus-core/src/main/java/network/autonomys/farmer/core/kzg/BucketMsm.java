package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Pippenger's multi-scalar multiplication with the additions of a window done in the lanes of a vector ({@link PointAdder}). Scalars are cut into
 * signed digits of 13 bits; a window adds the points of each digit into a bucket, and the buckets, seen as a square, into the sums of its rows and
 * of its columns. For one thread at a time.
 */
final class BucketMsm {
    private static final int DIGIT_BITS = 13;
    private static final int WINDOWS = 20;
    /** 64-bit words of a scalar. */
    private static final int WORDS = 4;

    private static final int BUCKETS = 1 << (DIGIT_BITS - 1);
    private static final int SIDE_BITS = (DIGIT_BITS - 1) / 2;
    private static final int SIDE = 1 << SIDE_BITS;
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final long[] points;
    private final PointAdder adder;
    private final long[] words;
    private final short[] digits;
    private final int[] references;
    /** Groups to add up: those of a window's buckets and then those of their rows and columns. */
    private final int[] bounds = new int[BUCKETS + 2 * SIDE + 1];

    private final long[] sums;

    /** @param points as of {@link FpPoints}, none of them infinity, no two equal or opposite */
    BucketMsm(FpLanes kernel, long[] points) {
        this.points = points;
        int count = points.length / FpPoints.SIZE;
        adder = new PointAdder(kernel);
        words = new long[WORDS * count];
        digits = new short[WINDOWS * count];
        references = new int[count + 2 * BUCKETS];
        sums = new long[FpPoints.length(BUCKETS + 2 * SIDE + Math.max(count / 2, BUCKETS))];
    }

    /**
     * Writes the sum of scalar · point.
     *
     * @param n number of scalars, at most that of points
     * @param scalars 32 n bytes, big-endian, below 2^255
     * @param sum Jacobian point in the library's form
     * @return false where two points to be added happen to have the same x; the sum is then undefined
     */
    boolean multiply(int n, MemorySegment scalars, MemorySegment sum) {
        cut(scalars, n);
        sum.fill((byte) 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affines = arena.allocate((long) Blst.P1_AFFINE * 2 * SIDE, Blst.ALIGN);
            MemorySegment running = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment weighted = arena.allocate(Blst.P1, Blst.ALIGN);
            for (int window = WINDOWS - 1; window >= 0; window--) {
                for (int i = 0; i < DIGIT_BITS; i++) {
                    Blst.addG1(sum, sum, sum);
                }
                if (!fillBuckets(window * n, n) || !addSides()) {
                    return false;
                }
                FpPoints.toBlst(sums, BUCKETS, 2 * SIDE, affines);
                // Bucket 64 i + j stands for 64 i + j + 1.
                weigh(0, 1, affines, running, weighted);
                for (int i = 0; i < SIDE_BITS; i++) {
                    Blst.addG1(weighted, weighted, weighted);
                }
                Blst.addG1(sum, sum, weighted);
                weigh(SIDE, 0, affines, running, weighted);
                Blst.addG1(sum, sum, weighted);
            }
        }
        return true;
    }

    /** Cuts scalars into signed digits, the least significant first. */
    private void cut(MemorySegment scalars, int n) {
        MemorySegment.copy(scalars, BE64, 0, words, 0, n * WORDS);
        for (int i = 0; i < n; i++) {
            long w0 = words[WORDS * i + 3];
            long w1 = words[WORDS * i + 2];
            long w2 = words[WORDS * i + 1];
            long w3 = words[WORDS * i];
            int carry = 0;
            for (int at = i; at < WINDOWS * n; at += n) {
                int digit = (int) (w0 & ((1 << DIGIT_BITS) - 1)) + carry;
                w0 = w0 >>> DIGIT_BITS | w1 << (64 - DIGIT_BITS);
                w1 = w1 >>> DIGIT_BITS | w2 << (64 - DIGIT_BITS);
                w2 = w2 >>> DIGIT_BITS | w3 << (64 - DIGIT_BITS);
                w3 >>>= DIGIT_BITS;
                carry = digit > BUCKETS ? 1 : 0;
                digits[at] = (short) (digit - (carry << DIGIT_BITS));
            }
        }
    }

    /** Adds the points into the buckets of their digits. */
    private boolean fillBuckets(int from, int n) {
        int[] next = new int[BUCKETS + 1];
        for (int i = 0; i < n; i++) {
            next[Math.abs(digits[from + i])]++;
        }
        // Digit 0 has no bucket.
        next[0] = 0;
        for (int b = 0; b < BUCKETS; b++) {
            next[b + 1] += next[b];
        }
        System.arraycopy(next, 0, bounds, 0, BUCKETS + 1);
        for (int i = 0; i < n; i++) {
            int digit = digits[from + i];
            if (digit != 0) {
                references[next[Math.abs(digit) - 1]++] = 2 * i + (digit < 0 ? 1 : 0);
            }
        }
        return adder.sum(points, references, bounds, 0, BUCKETS, sums);
    }

    /** Adds the buckets up by rows, and then by columns. */
    private boolean addSides() {
        int count = bounds[BUCKETS];
        for (int side = 0; side < 2 * SIDE; side++) {
            for (int i = 0; i < SIDE; i++) {
                int bucket = side < SIDE ? side * SIDE + i : i * SIDE + side - SIDE;
                if (!isEmpty(bucket)) {
                    references[count++] = 2 * bucket;
                }
            }
            bounds[BUCKETS + side + 1] = count;
        }
        return adder.sum(sums, references, bounds, BUCKETS, BUCKETS + 2 * SIDE, sums);
    }

    private boolean isEmpty(int group) {
        return bounds[group] == bounds[group + 1];
    }

    /** weighted = sum of (i + 1 - less) · side i, by adding up from the last side on. */
    private void weigh(int first, int less, MemorySegment affines, MemorySegment running, MemorySegment weighted) {
        running.fill((byte) 0);
        weighted.fill((byte) 0);
        for (int i = SIDE - 1; i >= less; i--) {
            int side = first + i;
            if (!isEmpty(BUCKETS + side)) {
                Blst.addAffineG1(running, running, affines.asSlice((long) Blst.P1_AFFINE * side, Blst.P1_AFFINE));
            }
            Blst.addG1(weighted, weighted, running);
        }
    }
}
