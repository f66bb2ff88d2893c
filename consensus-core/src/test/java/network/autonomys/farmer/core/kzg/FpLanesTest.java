package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base field's kernels against whole numbers, and their sources against the generator. */
class FpLanesTest {
    private static final BigInteger P = FpLanes.MODULUS;
    private static final BigInteger R = BigInteger.ONE.shiftLeft(FpLanes.R_BITS);
    private static final double TIGHT = 0x1p47 + 64;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void sourcesAreCurrent(int lanes) throws IOException {
        Path folder = Vectors.projectRoot()
                .resolve("consensus-core/src/main/java/network/autonomys/farmer/core/kzg/generated");
        assertThat(Files.readString(folder.resolve(FpGenerator.fileName(lanes))))
                .isEqualTo(FpGenerator.source(lanes));
    }

    private static void set(double[] a, int lane, int lanes, double[] limbs) {
        for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
            a[limb * lanes + lane] = limbs[limb];
        }
    }

    private static BigInteger get(double[] a, int at, int lane, int lanes) {
        BigInteger value = BigInteger.ZERO;
        for (int limb = FpLanes.LIMBS - 1; limb >= 0; limb--) {
            double part = a[at + limb * lanes + lane];
            assertThat((double) (long) part).isEqualTo(part);
            value = value.shiftLeft(FpLanes.LIMB_BITS).add(BigInteger.valueOf((long) part));
        }
        return value;
    }

    private static void assertTight(double[] a, int lane, int lanes) {
        for (int limb = 0; limb < FpLanes.LIMBS - 1; limb++) {
            assertThat(Math.abs(a[limb * lanes + lane])).isLessThanOrEqualTo(TIGHT);
        }
    }

    /** Parts of p, as far as the ranges of elements are told in them. */
    private static BigInteger parts(double factor) {
        return P.multiply(BigInteger.valueOf(Math.round(1000 * factor))).divide(BigInteger.valueOf(1000));
    }

    /** Limbs of a number as large as can be, with either sign. */
    private static double[] extreme(BigInteger bound, double most, Random random) {
        double[] limbs = FpLanes.limbs(random.nextBoolean() ? bound : bound.negate());
        boolean alike = random.nextBoolean();
        boolean positive = random.nextBoolean();
        for (int i = 0; i < FpLanes.LIMBS - 1; i++) {
            limbs[i] = positive ? most : -most;
            positive ^= !alike && random.nextBoolean();
        }
        limbs[FpLanes.LIMBS - 1] -= Math.signum(limbs[FpLanes.LIMBS - 1]);
        return limbs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void multiplies(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(lanes);
        double[] a = new double[FpLanes.LIMBS * lanes];
        double[] b = a.clone();
        double[] z = a.clone();
        for (int round = 0; round < 2000; round++) {
            for (int lane = 0; lane < lanes; lane++) {
                set(a, lane, lanes, factor(2.1, 2 * TIGHT, random));
                set(b, lane, lanes, factor(1, TIGHT, random));
            }
            kernel.multiply(a, 0, b, 0, z, 0);
            for (int lane = 0; lane < lanes; lane++) {
                assertTight(z, lane, lanes);
                BigInteger product = get(z, 0, lane, lanes);
                assertThat(product.abs()).isLessThan(parts(0.73));
                assertThat(product.multiply(R).mod(P))
                        .isEqualTo(get(a, 0, lane, lanes)
                                .multiply(get(b, 0, lane, lanes))
                                .mod(P));
            }
            double[] both = b.clone();
            kernel.multiply(b, 0, b, 0, b, 0);
            for (int lane = 0; lane < lanes; lane++) {
                assertThat(get(b, 0, lane, lanes).multiply(R).mod(P))
                        .isEqualTo(get(both, 0, lane, lanes).pow(2).mod(P));
            }
        }
    }

    private static double[] factor(double bound, double most, Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> extreme(parts(bound), most, random);
            case 2 -> FpLanes.limbs(P.subtract(BigInteger.ONE));
            case 3 -> FpLanes.limbs(BigInteger.valueOf(random.nextInt(3) - 1));
            default ->
                FpLanes.limbs(new BigInteger(400, random).mod(P.shiftLeft(1)).subtract(P));
        };
    }

    /** Sums of H in a column stay between 2^100 and 2^101 although limbs are as large as may be: what the multiplication's exactness rests on. */
    @Test
    void columnsHaveRoomForTheLargestProducts() {
        BigInteger inverse = P.modInverse(BigInteger.ONE.shiftLeft(FpLanes.LIMB_BITS));
        double[] k = FpLanes.limbs(P.multiply(inverse).shiftRight(FpLanes.LIMB_BITS));
        double sum = 0;
        for (int i = 0; i < FpLanes.LIMBS; i++) {
            // Multipliers are sums of a part below 2^47 and one up to it.
            sum += 2 * TIGHT * TIGHT + 0x1p48 * Math.abs(k[i]);
        }
        assertThat(sum).isLessThan(0x1p99);
    }

    private static BigInteger[] coordinates(int count, Random random) {
        BigInteger[] values = new BigInteger[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(6)) {
                case 0 -> BigInteger.ZERO;
                case 1 -> P.subtract(BigInteger.ONE);
                case 2 -> BigInteger.ONE.subtract(P);
                default -> new BigInteger(400, random).mod(P.shiftLeft(1)).subtract(P);
            };
        }
        return values;
    }

    /** Coordinates 2 i and 2 i + 1 are those of point i. */
    private static long[] points(BigInteger[] values) {
        long[] points = new long[FpPoints.length(values.length / 2)];
        for (int i = 0; i < values.length; i++) {
            FpPoints.pack(FpLanes.limbs(values[i]), 0, 1, points, i * FpLanes.WORDS);
        }
        return points;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void loadsNegatesAndStores(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(3);
        BigInteger[] values = coordinates(40, random);
        long[] points = points(values);
        int half = FpLanes.LIMBS * lanes;
        double[] loaded = new double[2 * half + 3];
        int[] references = random.ints(lanes + 2, 0, 40).toArray();
        kernel.load(points, references, 2, loaded, 3);
        for (int lane = 0; lane < lanes; lane++) {
            int reference = references[2 + lane];
            BigInteger y = values[reference | 1];
            assertThat(get(loaded, 3, lane, lanes)).isEqualTo(values[reference & ~1]);
            assertThat(get(loaded, 3 + half, lane, lanes)).isEqualTo((reference & 1) == 0 ? y : y.negate());
            for (int limb = 0; limb < 2 * FpLanes.LIMBS; limb++) {
                assertThat(Math.abs(loaded[3 + limb * lanes + lane])).isLessThanOrEqualTo(0x1p47);
            }
        }
        double[] x = new double[FpLanes.LIMBS * lanes];
        double[] y = x.clone();
        for (int lane = 0; lane < lanes; lane++) {
            set(x, lane, lanes, loosened(values[2 * lane], random));
            set(y, lane, lanes, loosened(values[2 * lane + 1], random));
        }
        // Into every other place, all but the last lane: what lies between and behind stays.
        int[] targets = java.util.stream.IntStream.range(0, lanes + 1)
                .map(i -> 2 * (i - 1) + 1)
                .toArray();
        long[] out = new long[FpPoints.length(2 * lanes + 1)];
        Arrays.fill(out, -1);
        int width = Math.max(1, lanes - 1);
        kernel.store(x, y, out, targets, 1, width);
        for (int place = 0; place < 2 * lanes + 1; place++) {
            boolean written = place % 2 == 1 && place / 2 < width;
            for (int i = 0; i < FpPoints.SIZE; i++) {
                assertThat(out[place * FpPoints.SIZE + i])
                        .isEqualTo(written ? points[place / 2 * FpPoints.SIZE + i] : -1);
            }
        }
    }

    /** The same number with limbs that reach beyond their range, as those of results may. */
    private static double[] loosened(BigInteger value, Random random) {
        double[] limbs = FpLanes.limbs(value);
        for (int i = 0; i < FpLanes.LIMBS - 1; i++) {
            double carry = limbs[i] < 64 - 0x1p47 ? -1 : limbs[i] >= 0x1p47 - 64 ? 1 : 0;
            if (random.nextBoolean()) {
                limbs[i] -= carry * 0x1p48;
                limbs[i + 1] += carry;
            }
        }
        return limbs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void subtractsCoordinates(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(4);
        int half = FpLanes.LIMBS * lanes;
        for (int round = 0; round < 500; round++) {
            long[] points = points(coordinates(4 * lanes, random));
            double[] first = new double[2 * half];
            double[] second = new double[2 * half];
            int[] references = random.ints(2L * lanes, 0, 4 * lanes).toArray();
            kernel.load(points, references, 0, first, 0);
            kernel.load(points, references, lanes, second, 0);
            double[] a = new double[half];
            for (int lane = 0; lane < lanes; lane++) {
                set(a, lane, lanes, factor(0.73, TIGHT, random));
            }
            double[] z = new double[half];
            kernel.difference(second, half, first, half, z, 0);
            double[] both = new double[half];
            kernel.subtractBoth(a, first, 0, second, 0, both);
            double[] from = a.clone();
            kernel.subtract(from, first, half);
            for (int lane = 0; lane < lanes; lane++) {
                BigInteger value = get(a, 0, lane, lanes);
                BigInteger x1 = get(first, 0, lane, lanes);
                BigInteger y1 = get(first, half, lane, lanes);
                BigInteger x2 = get(second, 0, lane, lanes);
                BigInteger y2 = get(second, half, lane, lanes);
                assertThat(get(z, 0, lane, lanes)).isEqualTo(y2.subtract(y1));
                assertTight(both, lane, lanes);
                assertThat(get(both, 0, lane, lanes).abs()).isLessThan(parts(0.51));
                assertThat(get(both, 0, lane, lanes).mod(P))
                        .isEqualTo(value.subtract(x1).subtract(x2).mod(P));
                assertTight(from, lane, lanes);
                assertThat(get(from, 0, lane, lanes).abs()).isLessThan(parts(0.51));
                assertThat(get(from, 0, lane, lanes).mod(P))
                        .isEqualTo(value.subtract(y1).mod(P));
            }
        }
    }

    @Test
    void numbersOfTheLibraryBecomeCoordinatesAndBack() {
        Random random = new Random(5);
        MemorySegment number = MemorySegment.ofArray(new long[FpLanes.WORDS + 1]);
        long[] points = new long[2 * FpLanes.WORDS];
        double[] limbs = new double[FpLanes.LIMBS];
        for (BigInteger value : coordinates(500, random)) {
            for (boolean negative : new boolean[] {false, true}) {
                FpPoints.pack(FpLanes.limbs(value), 0, 1, points, 1);
                if (negative) {
                    FpPoints.negate(points, 1);
                }
                FpPoints.toNumber(points, 1, number, 1);
                BigInteger whole = BigInteger.ZERO;
                for (int i = FpLanes.WORDS; i > 0; i--) {
                    long word = number.getAtIndex(ValueLayout.JAVA_LONG, i);
                    whole = whole.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(word)));
                }
                assertThat(whole).isEqualTo((negative ? value.negate() : value).mod(P));
                FpPoints.fromNumber(number, 1, points, 3);
                FpPoints.unpack(points, 3, limbs, 0, 1);
                assertThat(get(limbs, 0, 0, 1)).isEqualTo(whole);
            }
        }
    }
}
