package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The sum of scalar · point over fixed points. With the multiples of a {@link PointTable} all digits of all scalars go into one set of buckets, so
 * that no doublings are left and the buckets, seen as a rectangle, are added up by rows and by columns only once. The table is read in its order. For one thread at a time.
 */
final class TableMsm {
    private static final int BUCKETS = 1 << (PointTable.DIGIT_BITS - 1);
    private static final int COLUMN_BITS = 8;
    private static final int COLUMNS = 1 << COLUMN_BITS;
    private static final int ROWS = BUCKETS / COLUMNS;
    private static final int SIDES = ROWS + COLUMNS;
    private static final int WORDS = 4;
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final PointAdder adder;
    private final ScalarSplit split = new ScalarSplit();
    private final long[] words;
    private final int[] references = new int[2 * BUCKETS];
    /** Groups to add up after the buckets, which none of these mean: rows and columns. */
    private final int[] bounds = new int[BUCKETS + SIDES + 1];

    private final long[] sums =
            new long[FpPoints.length(Math.max(BUCKETS + SIDES + BUCKETS, BucketSums.places(BUCKETS)))];
    private final BucketSums buckets;

    TableMsm(FpLanes kernel, PointTable table) {
        adder = new PointAdder(kernel);
        words = new long[WORDS * table.count()];
        buckets = new BucketSums(adder, BUCKETS, table.points(), sums);
    }

    /**
     * Writes a part of the sum of scalar · point: that of every so many-th bucket. The sums of all parts make the whole.
     *
     * @param n number of scalars, at most that of points
     * @param scalars 32 n bytes, big-endian, below the modulus
     * @param part 0 to {@code parts} - 1
     * @param parts a power of two up to the number of columns
     * @param sum Jacobian point in the library's form
     * @return false where two points to be added happen to have the same x; the sum is then undefined
     */
    boolean multiply(int n, MemorySegment scalars, int part, int parts, MemorySegment sum) {
        MemorySegment.copy(scalars, BE64, 0, words, 0, n * WORDS);
        buckets.begin();
        for (int i = 0; i < n; i++) {
            split.split(words[WORDS * i + 3], words[WORDS * i + 2], words[WORDS * i + 1], words[WORDS * i]);
            if (!addHalf(i, 0, part, parts - 1) || !addHalf(i, 1, part, parts - 1)) {
                return false;
            }
        }
        if (!buckets.end() || !addSides()) {
            return false;
        }
        addUp(sum);
        return true;
    }

    /** Cuts half a scalar into signed digits and adds the multiples for those of this part. */
    private boolean addHalf(int i, int half, int part, int mask) {
        int negative = split.isNegative(half) ? 1 : 0;
        int carry = 0;
        for (int window = 0; window < PointTable.WINDOWS; window++) {
            long word = window < PointTable.WINDOWS / 2 ? split.low(half) : split.high(half);
            int shift = PointTable.DIGIT_BITS * (window % (PointTable.WINDOWS / 2));
            int digit = (int) ((word >>> shift) & 0xffff) + carry;
            carry = digit > BUCKETS ? 1 : 0;
            int signed = digit - (carry << PointTable.DIGIT_BITS);
            int bucket = Math.abs(signed) - 1;
            if (signed != 0 && (bucket & mask) == part) {
                int reference = 2 * PointTable.reference(window, half, i) + ((signed >>> 31) ^ negative);
                if (!buckets.add(bucket, reference)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds the buckets up by rows, and then by columns. */
    private boolean addSides() {
        int count = 0;
        for (int side = 0; side < SIDES; side++) {
            int step = side < ROWS ? 1 : COLUMNS;
            int bucket = side < ROWS ? side * COLUMNS : side - ROWS;
            for (int i = 0; i < (side < ROWS ? COLUMNS : ROWS); i++, bucket += step) {
                if (!buckets.isEmpty(bucket)) {
                    references[count++] = 2 * bucket;
                }
            }
            bounds[BUCKETS + side + 1] = count;
        }
        return adder.sum(sums, references, bounds, BUCKETS, BUCKETS + SIDES, sums);
    }

    /** Bucket 256 i + j stands for 256 i + j + 1. */
    private void addUp(MemorySegment sum) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affines = arena.allocate((long) Blst.P1_AFFINE * SIDES, Blst.ALIGN);
            MemorySegment running = arena.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment weighted = arena.allocate(Blst.P1, Blst.ALIGN);
            FpPoints.toBlst(sums, BUCKETS, SIDES, affines);
            weigh(0, ROWS, 1, affines, running, sum);
            Blst.doubleG1(sum, COLUMN_BITS);
            weigh(ROWS, COLUMNS, 0, affines, running, weighted);
            Blst.addG1(sum, sum, weighted);
        }
    }

    /** weighted = sum of (i + 1 - less) · side i, by adding up from the last side on. */
    private void weigh(
            int first, int number, int less, MemorySegment affines, MemorySegment running, MemorySegment weighted) {
        running.fill((byte) 0);
        weighted.fill((byte) 0);
        for (int i = number - 1; i >= less; i--) {
            int side = first + i;
            if (bounds[BUCKETS + side] < bounds[BUCKETS + side + 1]) {
                Blst.addAffineG1(running, running, affines.asSlice((long) Blst.P1_AFFINE * side, Blst.P1_AFFINE));
            }
            Blst.addG1(weighted, weighted, running);
        }
    }
}
