package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import network.autonomys.farmer.core.hash.Blake3;
import org.junit.jupiter.api.Test;

/** The order of entries that are known by their four x, against y computed bit by bit. */
class LeafOrderTest {
    private static final int ENTRIES = 40;

    private final TableKernels scalar = new ScalarKernels();
    private final int[] keystream = keystream();
    private final LeafOrder order = new LeafOrder(keystream);

    private int[] keystream() {
        TableWorkspace space = new TableWorkspace();
        new PartBuilder(space, space.part, scalar, new ScalarMover(), new LineMatcher(scalar))
                .keystream(KeystreamReader.key(PosTesting.S0), 0, PosParameters.KEYSTREAM_BLOCKS);
        return space.keystream;
    }

    /** y of a pair of x: the first 26 bits of BLAKE3(y of the left || left x || right x). */
    private int f2(int leftX, int rightX) {
        int y = f1(leftX);
        BigInteger bits = BigInteger.valueOf(y)
                .shiftLeft(20)
                .or(BigInteger.valueOf(leftX))
                .shiftLeft(20)
                .or(BigInteger.valueOf(rightX))
                .shiftLeft(6);
        byte[] message = new byte[9];
        byte[] minimal = bits.toByteArray();
        int skip = Math.max(0, minimal.length - message.length);
        System.arraycopy(minimal, skip, message, message.length - minimal.length + skip, minimal.length - skip);
        byte[] hash = Blake3.hash(message);
        return new BigInteger(1, Arrays.copyOf(hash, 4)).shiftRight(6).intValueExact();
    }

    private int f1(int x) {
        return all(new int[] {x})[0];
    }

    private int[] all(int[] xs) {
        int[] ys = new int[xs.length];
        new KeystreamReader(scalar, xs.length).f1(PosTesting.S0, xs, ys);
        return ys;
    }

    private Comparator<int[]> definition() {
        return parent(0).thenComparing(parent(2));
    }

    /** Order of one parent: y, left x by y and x, right x by y and x. */
    private Comparator<int[]> parent(int at) {
        return Comparator.comparingInt((int[] e) -> f2(e[at], e[at + 1]))
                .thenComparingInt(e -> f1(e[at]))
                .thenComparingInt(e -> e[at])
                .thenComparingInt(e -> f1(e[at + 1]))
                .thenComparingInt(e -> e[at + 1]);
    }

    private static void put(int[] x, int[] entries, int at) {
        BigInteger metadata = BigInteger.ZERO;
        for (int one : x) {
            metadata = metadata.shiftLeft(20).or(BigInteger.valueOf(one));
        }
        entries[at] = 12345;
        entries[at + 1] = (7000 << 16) | metadata.shiftRight(64).intValue();
        entries[at + 2] = metadata.shiftRight(32).intValue();
        entries[at + 3] = metadata.intValue();
    }

    @Test
    void isTheOrderOfTheParents() {
        Random random = new Random(3);
        int[][] x = new int[ENTRIES][4];
        int[] entries = new int[4 * ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            for (int k = 0; k < 4; k++) {
                // Many share their left parent, or their right one.
                x[i][k] = i > 0 && random.nextInt(3) > 0 ? x[i - 1][k] : random.nextInt(PosParameters.X_COUNT);
            }
            put(x[i], entries, 4 * i);
        }
        Comparator<int[]> definition = definition();
        int decidedByTheRight = 0;
        for (int a = 0; a < ENTRIES; a++) {
            for (int b = 0; b < ENTRIES; b++) {
                int expected = Integer.signum(definition.compare(x[a], x[b]));
                assertThat(Integer.signum(order.compare(entries, 4 * a, 4 * b))).isEqualTo(expected);
                boolean sameLeft = x[a][0] == x[b][0] && x[a][1] == x[b][1];
                decidedByTheRight += sameLeft && expected != 0 ? 1 : 0;
            }
        }
        assertThat(decidedByTheRight).isGreaterThan(10);
    }

    @Test
    void yOfAllX() {
        int[] ends = {0, 1, (1 << 14) - 1, 1 << 14, 524_287, PosParameters.X_COUNT - 1};
        assertThat(Arrays.stream(ends).map(x -> LeafOrder.f1(keystream, x)).toArray())
                .isEqualTo(all(ends));
    }
}
