package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import network.autonomys.farmer.core.hash.Blake3;
import org.junit.jupiter.api.Test;

/** The order of entries that are known by the x below them, against y computed bit by bit. */
class ProofOrderTest {
    private static final int ENTRIES = 24;
    private static final int[] METADATA_BITS = {0, 20, 40, 80, 80, 60, 40, 0};

    private final TableKernels scalar = new ScalarKernels();
    private final int[] keystream = keystream();
    private final ProofOrder order = new ProofOrder(keystream);

    private record Entry(int y, BigInteger metadata) {}

    private int[] keystream() {
        TableWorkspace space = new TableWorkspace();
        new PartBuilder(space, space.part, scalar, new ScalarMover(), new LineMatcher(scalar))
                .keystream(KeystreamReader.key(PosTesting.S0));
        return space.keystream;
    }

    private int[] all(int[] xs) {
        int[] ys = new int[xs.length];
        new KeystreamReader(scalar, xs.length).f1(PosTesting.S0, xs, ys);
        return ys;
    }

    /** The entry over some x: the first bits of BLAKE3(y of the left || metadata of both) are y, and then the metadata. */
    private Entry entry(int table, int[] x, int from) {
        if (table == 1) {
            return new Entry(all(new int[] {x[from]})[0], BigInteger.valueOf(x[from]));
        }
        Entry left = entry(table - 1, x, from);
        Entry right = entry(table - 1, x, from + (1 << (table - 2)));
        int size = METADATA_BITS[table - 1];
        BigInteger both = left.metadata().shiftLeft(size).or(right.metadata());
        BigInteger input = BigInteger.valueOf(left.y()).shiftLeft(2 * size).or(both);
        int bits = 26 + 2 * size;
        BigInteger hash = new BigInteger(1, Blake3.hash(bytes(input.shiftLeft(-bits & 7), (bits + 7) / 8)));
        BigInteger metadata = table <= 3
                ? both
                : hash.shiftRight(256 - 26 - METADATA_BITS[table]).mod(BigInteger.ONE.shiftLeft(METADATA_BITS[table]));
        return new Entry(hash.shiftRight(230).intValueExact(), metadata);
    }

    private static byte[] bytes(BigInteger value, int n) {
        byte[] minimal = value.toByteArray();
        byte[] bytes = new byte[n];
        int length = Math.min(n, minimal.length);
        System.arraycopy(minimal, minimal.length - length, bytes, n - length, length);
        return bytes;
    }

    private Comparator<int[]> definition(int table, int from) {
        Comparator<int[]> byY =
                Comparator.comparingInt(x -> entry(table, x, from).y());
        return table == 1
                ? byY.thenComparingInt(x -> x[from])
                : byY.thenComparing((a, b) -> definition(table - 1, from).compare(a, b))
                        .thenComparing((a, b) ->
                                definition(table - 1, from + (1 << (table - 2))).compare(a, b));
    }

    @Test
    void isTheOrderByY() {
        Random random = new Random(3);
        for (int table = 1; table <= PosParameters.TABLES; table++) {
            int[][] x = new int[ENTRIES][];
            for (int i = 0; i < ENTRIES; i++) {
                x[i] = random.ints(1 << (table - 1), 0, PosParameters.X_COUNT).toArray();
            }
            for (int i = 1; i < ENTRIES; i++) {
                assertSame(table, x[i], x[i - 1]);
                assertSame(table, x[i], x[i].clone());
            }
        }
    }

    /** Equal y are found as birthdays; what is above is made of such entries, so that the order must go down to them. */
    @Test
    void equalsAreOrderedByTheirParents() {
        Map<Integer, int[]> seen = new HashMap<>();
        Random random = new Random(4);
        int equal = 0;
        while (equal < 12) {
            int[] pair = random.ints(2, 0, PosParameters.X_COUNT).toArray();
            int[] before = seen.put(entry(2, pair, 0).y(), pair);
            if (before != null) {
                equal++;
                assertSame(2, pair, before);
                assertThat(order.compare(2, pair, before, 0)).isNotZero();
            }
        }
    }

    /** Of table 1 too: their x decide. */
    @Test
    void equalsOfTheFirstTable() {
        Map<Integer, Integer> seen = new HashMap<>();
        int equal = 0;
        for (int x = 0; equal < 12; x++) {
            Integer before = seen.put(ProofOrder.f1(keystream, x), x);
            if (before != null) {
                equal++;
                assertSame(1, new int[] {x}, new int[] {before});
            }
        }
    }

    private void assertSame(int table, int[] a, int[] b) {
        int expected = Integer.signum(definition(table, 0).compare(a, b));
        assertThat(Integer.signum(order.compare(table, a, b, 0)))
                .as("table %d", table)
                .isEqualTo(expected);
        assertThat(Integer.signum(order.compare(table, b, a, 0)))
                .as("table %d", table)
                .isEqualTo(-expected);
    }

    @Test
    void yOfAllX() {
        int[] ends = {0, 1, (1 << 14) - 1, 1 << 14, 524_287, PosParameters.X_COUNT - 1};
        assertThat(Arrays.stream(ends).map(x -> ProofOrder.f1(keystream, x)).toArray())
                .isEqualTo(all(ends));
    }
}
