package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kernel against whole numbers, with values at the ends of the ranges that its contract allows. */
class LaneKernelTest {
    private static final BigInteger R = Fr.MODULUS;
    private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(LaneKernel.R_BITS);
    private static final long FULL = (1L << LaneKernel.LIMB_BITS) - 1;

    /** Lane of a block. */
    private static BigInteger get(LaneKernel kernel, long[] a, int block, int lane) {
        BigInteger value = BigInteger.ZERO;
        for (int limb = LaneKernel.LIMBS - 1; limb >= 0; limb--) {
            long word = a[block * kernel.blockSize() + limb * kernel.lanes() + lane];
            assertThat(word).isNotNegative();
            value = value.shiftLeft(LaneKernel.LIMB_BITS).add(BigInteger.valueOf(word));
        }
        return value;
    }

    private static void set(LaneKernel kernel, long[] a, int block, int lane, long[] limbs) {
        for (int limb = 0; limb < LaneKernel.LIMBS; limb++) {
            a[block * kernel.blockSize() + limb * kernel.lanes() + lane] = limbs[limb];
        }
    }

    /** A loose element: any value below 72r, its limbs moved up by borrowing from the next. */
    private static long[] loose(Random random) {
        long[] limbs = LaneKernel.limbs(
                random.nextInt(4) == 0
                        ? R.multiply(BigInteger.valueOf(72)).subtract(BigInteger.ONE)
                        : new BigInteger(262, random).mod(R.multiply(BigInteger.valueOf(72))));
        for (int i = 0; i < LaneKernel.LIMBS - 1; i++) {
            long lent = Math.min(limbs[i + 1], random.nextBoolean() ? 4 : random.nextInt(5));
            limbs[i] += lent << LaneKernel.LIMB_BITS;
            limbs[i + 1] -= lent;
        }
        return limbs;
    }

    private static void assertTight(LaneKernel kernel, long[] a, int block, int lane, int multiple) {
        for (int limb = 0; limb < LaneKernel.LIMBS - 1; limb++) {
            assertThat(a[block * kernel.blockSize() + limb * kernel.lanes() + lane])
                    .isBetween(0L, FULL);
        }
        assertThat(get(kernel, a, block, lane)).isLessThan(R.multiply(BigInteger.valueOf(multiple)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void multipliesAndReducesLooseValues(int lanes) {
        LaneKernel kernel = LaneKernel.ofLanes(lanes);
        assertThat(kernel.lanes()).isEqualTo(lanes);
        Random random = new Random(lanes);
        int blocks = 500;
        long[] a = new long[blocks * kernel.blockSize()];
        long[] b = new long[blocks * kernel.blockSize()];
        BigInteger[] x = new BigInteger[blocks * lanes];
        BigInteger[] y = new BigInteger[blocks * lanes];
        for (int i = 0; i < x.length; i++) {
            set(kernel, a, i / lanes, i % lanes, loose(random));
            BigInteger reduced = random.nextInt(4) == 0
                    ? R.shiftLeft(1).subtract(BigInteger.ONE)
                    : new BigInteger(257, random).mod(R.shiftLeft(1));
            set(kernel, b, i / lanes, i % lanes, LaneKernel.limbs(reduced));
            x[i] = get(kernel, a, i / lanes, i % lanes);
            y[i] = reduced;
        }
        long[] product = new long[a.length];
        kernel.multiply(a, 0, b, 0, product, 0, blocks);
        long[] scaled = a.clone();
        long[] constant = LaneKernel.limbs(R.subtract(BigInteger.ONE));
        kernel.scaleEach(scaled, 0, constant, 0, 0, blocks);
        kernel.reduce(a, 0, blocks);
        BigInteger inverse = RADIX.modInverse(R);
        for (int i = 0; i < x.length; i++) {
            assertTight(kernel, product, i / lanes, i % lanes, 4);
            assertThat(get(kernel, product, i / lanes, i % lanes).mod(R))
                    .isEqualTo(x[i].multiply(y[i]).multiply(inverse).mod(R));
            assertTight(kernel, scaled, i / lanes, i % lanes, 3);
            assertThat(get(kernel, scaled, i / lanes, i % lanes).mod(R))
                    .isEqualTo(x[i].negate().multiply(inverse).mod(R));
            assertTight(kernel, a, i / lanes, i % lanes, 2);
            assertThat(get(kernel, a, i / lanes, i % lanes).mod(R)).isEqualTo(x[i].mod(R));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void multipliesByEntriesOfTables(int lanes) {
        LaneKernel kernel = LaneKernel.ofLanes(lanes);
        Random random = new Random(lanes);
        int entries = 16;
        BigInteger[] table = new BigInteger[entries];
        long[] words = new long[entries * Fr.WORDS];
        for (int i = 0; i < entries; i++) {
            table[i] = i == 0 ? R.subtract(BigInteger.ONE) : new BigInteger(256, random).mod(R);
            for (int word = 0; word < Fr.WORDS; word++) {
                words[i * Fr.WORDS + word] = table[i].shiftRight(64 * word).longValue();
            }
        }
        int blocks = 50;
        int from = 3;
        int shift = 5;
        int[] numbers = random.ints(from + blocks * lanes).toArray();
        long[] a = new long[blocks * kernel.blockSize()];
        for (int i = 0; i < blocks * lanes; i++) {
            set(kernel, a, i / lanes, i % lanes, loose(random));
        }
        long[] product = a.clone();
        long[] factors = new long[blocks * lanes * Fr.WORDS];
        kernel.lookUp(words, numbers, from, shift, entries - 1, factors, blocks);
        kernel.multiplyWords(product, 0, factors, 0, blocks);
        BigInteger inverse = RADIX.modInverse(R);
        for (int i = 0; i < blocks * lanes; i++) {
            assertTight(kernel, product, i / lanes, i % lanes, 3);
            assertThat(get(kernel, product, i / lanes, i % lanes).mod(R))
                    .isEqualTo(get(kernel, a, i / lanes, i % lanes)
                            .multiply(table[(numbers[from + i] >>> shift) & (entries - 1)])
                            .multiply(inverse)
                            .mod(R));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void transformsOfTheLargestTightValuesStayLoose(int lanes) {
        LaneKernel kernel = LaneKernel.ofLanes(lanes);
        int log = 12;
        LaneRoots roots = new LaneRoots(log);
        long[] largest = LaneKernel.limbs(R.shiftLeft(2).subtract(BigInteger.ONE));
        for (int direction = 0; direction < 2; direction++) {
            long[] a = new long[kernel.blockSize() << log];
            for (int i = 0; i < lanes << log; i++) {
                set(kernel, a, i / lanes, i % lanes, largest);
            }
            if (direction == 0) {
                kernel.toReversed(a, 0, log, roots.forwardReversed);
            } else {
                kernel.fromReversed(a, 0, log, roots.forward, log);
            }
            long largestLimb = 0;
            for (long limb : a) {
                largestLimb = Math.max(largestLimb, limb);
                assertThat(limb).isNotNegative();
            }
            assertThat(largestLimb).isLessThan((long) Math.pow(2, 31.4));
            for (int i = 0; i < lanes << log; i++) {
                BigInteger value = get(kernel, a, i / lanes, i % lanes);
                assertThat(value).isLessThan(R.multiply(BigInteger.valueOf(72)));
                // All coefficients are -1 modulo r.
                BigInteger expected =
                        i < lanes ? BigInteger.ONE.negate().shiftLeft(log).mod(R) : BigInteger.ZERO;
                assertThat(value.mod(R)).isEqualTo(expected);
            }
        }
    }
}
