package network.autonomys.farmer.core.pos;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.UMIN;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The line method (see {@link LineMatcher}) by table: every left row has a table of 128 bytes from t to the place of its left entry, and one
 * permute of bytes asks it for 64 right entries at once. Right entries stay in registers while the rows pass; there are next to no branches
 * on data, and hits leave by compression.
 *
 * <p>Lefts with equal r form a chain. A place is a byte, 1 to 255: where a bucket holds more than 255 lefts, the later rows count from their
 * own base, in a second pass.
 */
final class LookupMatcher implements PairMatcher {
    private static final VectorSpecies<Integer> I16 = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> B64 = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> B16 = ByteVector.SPECIES_128;
    private static final VectorSpecies<Short> S16 = ShortVector.SPECIES_256;
    private static final ByteVector LANE_OF_BYTE = ByteVector.zero(B64).addIndex(1);
    private static final IntVector LANE = lanes(i -> i);

    /** Data of an array begins 16 bytes after its object: with objects on 64 bytes (a flag), this much more is a cache line. */
    private static final int PAD = 48;

    private static final int ROW_TABLE = 128;
    private static final int EXTENDED = 2 * TableWorkspace.CAPACITY;
    /** A multiple of 127 above 4 · 181 · 182, so that u stays positive. */
    private static final int POSITIVE = 131_826;
    /** Hits of one vector in all rows, at the very most, and room for a whole store. */
    private static final int BYTE_HITS = MAX_MATCHES + 120 * 64 + 64;

    private final byte[] table = new byte[PAD + (PosParameters.B + 1) * ROW_TABLE + 64];
    private final short[] cells = new short[TableWorkspace.CAPACITY + 16];
    private final byte[] next = new byte[TableWorkspace.CAPACITY];
    private final byte[] values = new byte[PAD + EXTENDED + 64];
    private final byte[] steps = new byte[PAD + EXTENDED + 64];
    private final byte[] rows = new byte[PAD + EXTENDED + 64];
    private final int[] firstRow = new int[EXTENDED / 64 + 2];
    private final byte[] places = new byte[2 * 64];
    private final byte[] hitLeft = new byte[BYTE_HITS];
    private final byte[] hitRight = new byte[BYTE_HITS];
    private final int[] segmentEnd = new int[EXTENDED / 64 + 2];

    private static IntVector lanes(IntUnaryOperator value) {
        int[] values = new int[16];
        Arrays.setAll(values, value);
        return IntVector.fromArray(I16, values, 0);
    }

    @Override
    public int match(RowBucket left, RowBucket right, int parity, int[] hits) {
        int size = left.size();
        int extended = right.extendedSize();
        for (int v = 0; v << 6 < extended; v++) {
            firstRow[v] = Math.max(0, right.extendedRow(v << 6) - 63);
        }
        lefts(left.ordered, size, parity, cells);
        rights(right.ordered, right.size(), extended, parity, values, steps, rows, firstRow);
        int split = PosParameters.B;
        while (left.rowStart[split] > 255) {
            split--;
        }
        int second = left.rowStart[split];
        Arrays.fill(table, (byte) 0);
        insert(table, next, cells, 0, second, 0);
        int n = pass(extended, 0, split - 1, 0, hits, 0);
        if (split < PosParameters.B) {
            insert(table, next, cells, second, size, second);
            n = pass(extended, split, PosParameters.B - 1, second, hits, n);
        }
        return n;
    }

    private int pass(int extended, int fromRow, int toRow, int base, int[] hits, int n) {
        int segments = find(
                table, values, steps, rows, firstRow, extended, fromRow, toRow, places, hitLeft, hitRight, segmentEnd);
        int h = 0;
        for (int v = 0; v < segments; v++) {
            n = chains(hitLeft, hitRight, h, segmentEnd[v], next, base, v * 64, hits, n);
            h = segmentEnd[v];
        }
        return n;
    }

    /** The place of each left entry in the table: t = r - 127 b + 4 b² - 4 p b + p² mod 127 in the part of its row b. */
    private static void lefts(int[] ordered, int n, int p, short[] cells) {
        for (int k = 0; k < n; k += 16) {
            IntVector r = IntVector.fromArray(I16, ordered, k).lanewise(LSHR, 16);
            IntVector b = r.mul(33027).lanewise(LSHR, 22);
            IntVector c = r.sub(b.mul(127));
            IntVector t0 = b.mul(b.sub(p)).lanewise(LSHL, 2).add(c).add(p);
            IntVector t1 = t0.and(127).add(t0.lanewise(LSHR, 7));
            IntVector t2 = t1.and(127).add(t1.lanewise(LSHR, 7));
            IntVector t3 = t2.and(127).add(t2.lanewise(LSHR, 7));
            b.lanewise(LSHL, 7)
                    .add(t3.lanewise(UMIN, t3.sub(127)))
                    .convertShape(I2S, S16, 0)
                    .reinterpretAsShorts()
                    .intoArray(cells, k);
        }
    }

    /** Value of each right entry at the first row at which its vector is looked at, the step 8 B mod 127, and B itself. */
    private static void rights(
            int[] ordered, int n, int extended, int p, byte[] values, byte[] steps, byte[] rows, int[] firstRow) {
        for (int k = 0; k < extended; k += 16) {
            IntVector r = IntVector.fromArray(I16, ordered, k).lanewise(LSHR, 16);
            IntVector b0 = r.mul(33027).lanewise(LSHR, 22);
            IntVector c = r.sub(b0.mul(127));
            IntVector b =
                    b0.add(LANE.add(k - n).lanewise(ASHR, 31).lanewise(NOT).and(119));
            IntVector u = c.add(POSITIVE).sub(b.mul(b.add(p)).lanewise(LSHL, 2)).add(b.mul(8 * firstRow[k >> 6]));
            IntVector u1 = u.and(127).add(u.lanewise(LSHR, 7));
            IntVector u2 = u1.and(127).add(u1.lanewise(LSHR, 7));
            IntVector u3 = u2.and(127).add(u2.lanewise(LSHR, 7));
            IntVector e = b.lanewise(LSHL, 3);
            IntVector e1 = e.and(127).add(e.lanewise(LSHR, 7));
            IntVector e2 = e1.and(127).add(e1.lanewise(LSHR, 7));
            u3.lanewise(UMIN, u3.sub(127))
                    .convertShape(I2B, B16, 0)
                    .reinterpretAsBytes()
                    .intoArray(values, PAD + k);
            e2.lanewise(UMIN, e2.sub(127))
                    .convertShape(I2B, B16, 0)
                    .reinterpretAsBytes()
                    .intoArray(steps, PAD + k);
            b.convertShape(I2B, B16, 0).reinterpretAsBytes().intoArray(rows, PAD + k);
        }
        // Row 255 is in no window.
        ByteVector.broadcast(B64, (byte) 255).intoArray(rows, PAD + extended);
    }

    private static void insert(byte[] table, byte[] next, short[] cells, int from, int to, int base) {
        for (int i = from; i < to; i++) {
            int at = PAD + cells[i];
            next[i] = table[at];
            table[at] = (byte) (i - base + 1);
        }
    }

    /**
     * For each vector of 64 right entries the rows of lefts that can see it, two at a time: their hits leave together unless both hit the same right entry.
     * Keep masks and vectors out of what is done under a condition: they would be boxed.
     *
     * <p>The second row of the last two may lie beyond {@code toRow}: there the table is still empty.
     */
    private static int find(
            byte[] table,
            byte[] values,
            byte[] steps,
            byte[] rows,
            int[] firstRow,
            int extended,
            int fromRow,
            int toRow,
            byte[] places,
            byte[] hitLeft,
            byte[] hitRight,
            int[] segmentEnd) {
        int n = 0;
        int segments = 0;
        for (int v = 0; v < extended; v += 64) {
            int row = firstRow[v >> 6];
            final int last = Math.min(toRow, rows[PAD + Math.min(v + 63, extended - 1)] & 255);
            ByteVector x = ByteVector.fromArray(B64, values, PAD + v);
            ByteVector step = ByteVector.fromArray(B64, steps, PAD + v);
            ByteVector distance = ByteVector.fromArray(B64, rows, PAD + v).sub((byte) row);
            for (; row < fromRow; row++) {
                ByteVector sum = x.add(step);
                x = sum.lanewise(UMIN, sum.sub((byte) 127));
                distance = distance.sub((byte) 1);
            }
            for (; row <= last; row += 2) {
                int at = PAD + row * ROW_TABLE;
                ByteVector place0 =
                        x.selectFrom(ByteVector.fromArray(B64, table, at), ByteVector.fromArray(B64, table, at + 64));
                VectorMask<Byte> hit0 = place0.compare(NE, (byte) 0).and(distance.compare(ULT, (byte) 64));
                ByteVector sum0 = x.add(step);
                x = sum0.lanewise(UMIN, sum0.sub((byte) 127));
                distance = distance.sub((byte) 1);
                ByteVector place1 = x.selectFrom(
                        ByteVector.fromArray(B64, table, at + 128), ByteVector.fromArray(B64, table, at + 192));
                VectorMask<Byte> hit1 = place1.compare(NE, (byte) 0).and(distance.compare(ULT, (byte) 64));
                ByteVector sum1 = x.add(step);
                x = sum1.lanewise(UMIN, sum1.sub((byte) 127));
                distance = distance.sub((byte) 1);
                long bits0 = hit0.toLong();
                long bits1 = hit1.toLong();
                int count = Long.bitCount(bits0) + Long.bitCount(bits1);
                VectorMask<Byte> hit = VectorMask.fromLong(B64, bits0 | bits1);
                // Short stores: 64-byte ones that cross a page are slow, and where the arrays lie is luck.
                place0.blend(place1, hit1)
                        .compress(hit)
                        .reinterpretShape(B16, 0)
                        .reinterpretAsBytes()
                        .intoArray(hitLeft, n);
                LANE_OF_BYTE
                        .compress(hit)
                        .reinterpretShape(B16, 0)
                        .reinterpretAsBytes()
                        .intoArray(hitRight, n);
                // In one test: by itself "more than 16" is so rare that C2 leaves it out, and comes back to it with a
                // slow table some seconds later.
                if (((bits0 & bits1) | (16L - count) >>> 63) != 0) {
                    place0.intoArray(places, 0);
                    place1.intoArray(places, 64);
                    int between = oneByOne(bits0, places, 0, hitLeft, hitRight, n);
                    oneByOne(bits1, places, 64, hitLeft, hitRight, between);
                }
                n += count;
            }
            segmentEnd[segments++] = n;
            PairMatcher.checkMatches(n);
        }
        return segments;
    }

    private static int oneByOne(long bits, byte[] places, int from, byte[] hitLeft, byte[] hitRight, int n) {
        int at = n;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            hitLeft[at] = places[from + lane];
            hitRight[at++] = (byte) lane;
        }
        return at;
    }

    /** Hits of a segment, with the lefts that share an r. */
    private static int chains(
            byte[] hitLeft,
            byte[] hitRight,
            int from,
            int to,
            byte[] next,
            int base,
            int rightBase,
            int[] hits,
            int n) {
        for (int h = from; h < to; h++) {
            int place = hitLeft[h] & 255;
            int right = rightBase + hitRight[h];
            do {
                int left = base + place - 1;
                hits[n++] = (left << 16) | right;
                place = next[left] & 255;
            } while (place != 0);
            PairMatcher.checkMatches(n);
        }
        return n;
    }
}
