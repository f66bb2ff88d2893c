package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The sum of scalar · point over fixed points. With the multiples of a {@link PointTable} all digits of all scalars go into one set of buckets, so
 * that no doublings are left and the buckets, seen as a rectangle, are added up by rows and by columns only once. For one thread at a time.
 */
final class TableMsm {
    private static final int BUCKETS = 1 << (PointTable.DIGIT_BITS - 1);
    private static final int COLUMN_BITS = 8;
    private static final int COLUMNS = 1 << COLUMN_BITS;
    private static final int ROWS = BUCKETS / COLUMNS;
    private static final int SIDES = ROWS + COLUMNS;
    private static final int DIGITS = 2 * PointTable.WINDOWS;
    /** Points and buckets that are added up at a time, so that what is in between stays near. */
    private static final int POINTS_AT_ONCE = 2 * BUCKETS;

    private static final int BUCKETS_AT_ONCE = 4096;
    private static final int WORDS = 4;
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final PointTable table;
    private final PointAdder adder;
    private final ScalarSplit split = new ScalarSplit();
    private final long[] words;
    /** Digits of scalar i from 16 i on: those of its first half, then of the second. */
    private final short[] digits;

    private final int[] references;
    /** Groups to add up: those of the buckets and then those of their rows and columns. */
    private final int[] bounds = new int[BUCKETS + SIDES + 1];

    private final long[] sums = new long[FpPoints.length(BUCKETS + SIDES + POINTS_AT_ONCE / 2)];

    TableMsm(FpLanes kernel, PointTable table) {
        this.table = table;
        adder = new PointAdder(kernel);
        words = new long[WORDS * table.count()];
        digits = new short[DIGITS * table.count()];
        references = new int[DIGITS * table.count() + 2 * BUCKETS];
    }

    /**
     * Writes a part of the sum of scalar · point: that of every so many-th bucket. The sums of all parts make the whole.
     *
     * @param n number of scalars, at most that of points
     * @param scalars 32 n bytes, big-endian, below the modulus
     * @param part 0 to {@code parts} - 1
     * @param parts a power of two up to the number of columns
     * @param sum Jacobian point in the library's form
     * @return false where two points to be added happen to have the same x, or too many digits are the same; the sum is then undefined
     */
    boolean multiply(int n, MemorySegment scalars, int part, int parts, MemorySegment sum) {
        MemorySegment.copy(scalars, BE64, 0, words, 0, n * WORDS);
        Arrays.fill(bounds, 0);
        for (int i = 0; i < n; i++) {
            cut(i, part, parts - 1);
        }
        for (int b = 0; b < BUCKETS; b++) {
            bounds[b + 1] += bounds[b];
        }
        distribute(n);
        if (!fillBuckets() || !addSides()) {
            return false;
        }
        addUp(sum);
        return true;
    }

    /** Cuts a scalar into signed digits, puts 0 for those of other parts, and counts the rest: bounds[d] those of absolute value d. */
    private void cut(int i, int part, int mask) {
        split.split(words[WORDS * i + 3], words[WORDS * i + 2], words[WORDS * i + 1], words[WORDS * i]);
        int at = DIGITS * i;
        for (int half = 0; half < 2; half++) {
            long low = split.low(half);
            long high = split.high(half);
            int carry = 0;
            for (int window = 0; window < PointTable.WINDOWS; window++) {
                long word = window < PointTable.WINDOWS / 2 ? low : high;
                int shift = PointTable.DIGIT_BITS * (window % (PointTable.WINDOWS / 2));
                int digit = (int) ((word >>> shift) & 0xffff) + carry;
                carry = digit >= BUCKETS ? 1 : 0;
                // -32768 to 32767. The sign of the half is kept apart: 32768 would be no short.
                int signed = (short) digit;
                int bucket = Math.abs(signed) - 1;
                boolean ours = signed != 0 && (bucket & mask) == part;
                digits[at++] = (short) (ours ? signed : 0);
                if (ours) {
                    bounds[bucket + 1]++;
                }
            }
        }
        words[WORDS * i] = (split.isNegative(0) ? 1 : 0) | (split.isNegative(1) ? 2 : 0);
    }

    /** Puts the references to multiples into the order of the buckets. */
    private void distribute(int n) {
        int[] next = Arrays.copyOf(bounds, BUCKETS);
        for (int i = 0; i < n; i++) {
            int signs = (int) words[WORDS * i];
            for (int d = 0; d < DIGITS; d++) {
                int digit = digits[DIGITS * i + d];
                if (digit != 0) {
                    int half = d / PointTable.WINDOWS;
                    int negative = (digit >>> 31) ^ (signs >> half & 1);
                    int reference = table.reference(d % PointTable.WINDOWS, half, i);
                    references[next[Math.abs(digit) - 1]++] = 2 * reference + negative;
                }
            }
        }
    }

    private boolean fillBuckets() {
        for (int first = 0; first < BUCKETS; ) {
            int end = first + 1;
            while (end < BUCKETS
                    && end - first < BUCKETS_AT_ONCE
                    && bounds[end + 1] - bounds[first] <= POINTS_AT_ONCE) {
                end++;
            }
            if (bounds[end] - bounds[first] > POINTS_AT_ONCE
                    || !adder.sum(table.points(), references, bounds, first, end, sums)) {
                return false;
            }
            first = end;
        }
        return true;
    }

    /** Adds the buckets up by rows, and then by columns. */
    private boolean addSides() {
        int count = bounds[BUCKETS];
        for (int side = 0; side < SIDES; side++) {
            int step = side < ROWS ? 1 : COLUMNS;
            int bucket = side < ROWS ? side * COLUMNS : side - ROWS;
            for (int i = 0; i < (side < ROWS ? COLUMNS : ROWS); i++, bucket += step) {
                if (!isEmpty(bucket)) {
                    references[count++] = 2 * bucket;
                }
            }
            bounds[BUCKETS + side + 1] = count;
        }
        return adder.sum(sums, references, bounds, BUCKETS, BUCKETS + SIDES, sums);
    }

    private boolean isEmpty(int group) {
        return bounds[group] == bounds[group + 1];
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
            if (!isEmpty(BUCKETS + side)) {
                Blst.addAffineG1(running, running, affines.asSlice((long) Blst.P1_AFFINE * side, Blst.P1_AFFINE));
            }
            Blst.addG1(weighted, weighted, running);
        }
    }
}
