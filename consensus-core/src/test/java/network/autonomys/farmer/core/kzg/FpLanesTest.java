package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base field's kernels against whole numbers, and their sources against the generator. */
class FpLanesTest {
    private static final BigInteger P = FpLanes.MODULUS;
    private static final BigInteger R = BigInteger.ONE.shiftLeft(FpLanes.R_BITS);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void sourcesAreCurrent(int lanes) throws IOException {
        Path folder = Vectors.projectRoot()
                .resolve("consensus-core/src/main/java/network/autonomys/farmer/core/kzg/generated");
        assertThat(Files.readString(folder.resolve(FpGenerator.fileName(lanes))))
                .isEqualTo(FpGenerator.source(lanes));
    }

    private static void set(long[] a, int lane, int lanes, long[] limbs) {
        for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
            a[limb * lanes + lane] = limbs[limb];
        }
    }

    private static BigInteger get(long[] a, int lane, int lanes) {
        BigInteger value = BigInteger.ZERO;
        for (int limb = FpLanes.LIMBS - 1; limb >= 0; limb--) {
            value = value.shiftLeft(FpLanes.LIMB_BITS).add(BigInteger.valueOf(a[limb * lanes + lane]));
        }
        return value;
    }

    private static void assertTight(long[] a, int lane, int lanes) {
        for (int limb = 0; limb < FpLanes.LIMBS - 1; limb++) {
            assertThat(a[limb * lanes + lane]).isBetween(0L, (1L << FpLanes.LIMB_BITS) - 1);
        }
        assertThat(get(a, lane, lanes)).isLessThan(P.shiftLeft(1)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void multipliesAndReducesLooseValues(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(lanes);
        BigInteger bound = P.multiply(BigInteger.valueOf(40));
        long[] a = new long[FpLanes.LIMBS * lanes];
        long[] b = a.clone();
        long[] z = a.clone();
        for (int round = 0; round < 2000; round++) {
            BigInteger[] x = new BigInteger[lanes];
            BigInteger[] y = new BigInteger[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                BigInteger value = random.nextInt(4) == 0
                        ? bound.subtract(BigInteger.ONE)
                        : new BigInteger(400, random).mod(bound);
                long[] limbs = FpLanes.limbs(value);
                for (int i = 0; i < FpLanes.LIMBS - 1; i++) {
                    long lent = Math.min(limbs[i + 1], random.nextInt(5));
                    limbs[i] += lent << FpLanes.LIMB_BITS;
                    limbs[i + 1] -= lent;
                }
                set(a, lane, lanes, limbs);
                x[lane] = value;
                y[lane] = random.nextInt(4) == 0
                        ? P.shiftLeft(1).subtract(BigInteger.ONE)
                        : new BigInteger(400, random).mod(P.shiftLeft(1));
                set(b, lane, lanes, FpLanes.limbs(y[lane]));
            }
            kernel.multiply(a, 0, b, 0, z, 0);
            kernel.reduce(a, 0);
            for (int lane = 0; lane < lanes; lane++) {
                assertTight(z, lane, lanes);
                assertTight(a, lane, lanes);
                assertThat(get(z, lane, lanes).multiply(R).mod(P))
                        .isEqualTo(x[lane].multiply(y[lane]).mod(P));
                assertThat(get(a, lane, lanes).mod(P)).isEqualTo(x[lane].mod(P));
            }
        }
    }

    private static BigInteger coordinate(long[] block, int at, int lane, int lanes) {
        for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
            assertThat(block[at + limb * lanes + lane]).isBetween(0L, (1L << (FpLanes.LIMB_BITS + 1)) - 2);
        }
        return get(Arrays.copyOfRange(block, at, at + FpLanes.LIMBS * lanes), lane, lanes);
    }

    /** Coordinates 2 i and 2 i + 1 are those of point i; with some at the ends of the range. */
    private static long[] points(BigInteger[] values, Random random) {
        long[] points = new long[FpPoints.length(values.length / 2)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (random.nextInt(5)) {
                case 0 -> BigInteger.ZERO;
                case 1 -> P.shiftLeft(1).subtract(BigInteger.ONE);
                default -> new BigInteger(400, random).mod(P.shiftLeft(1));
            };
            FpPoints.pack(FpLanes.limbs(values[i]), 0, 1, points, i * FpLanes.WORDS);
        }
        return points;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void loadsNegatesAndStores(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(3);
        BigInteger[] values = new BigInteger[40];
        long[] points = points(values, random);
        int half = FpLanes.LIMBS * lanes;
        long[] loaded = new long[2 * half + 3];
        int[] references = random.ints(lanes + 2, 0, 40).toArray();
        kernel.load(points, references, 2, loaded, 3);
        for (int lane = 0; lane < lanes; lane++) {
            int reference = references[2 + lane];
            BigInteger y = values[reference | 1];
            assertThat(coordinate(loaded, 3, lane, lanes)).isEqualTo(values[reference & ~1]);
            assertThat(coordinate(loaded, 3 + half, lane, lanes))
                    .isEqualTo((reference & 1) == 0 ? y : P.shiftLeft(2).subtract(y));
        }
        long[] x = new long[FpLanes.LIMBS * lanes];
        long[] y = x.clone();
        for (int lane = 0; lane < lanes; lane++) {
            set(x, lane, lanes, FpLanes.limbs(values[2 * lane]));
            set(y, lane, lanes, FpLanes.limbs(values[2 * lane + 1]));
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

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void subtractsCoordinates(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        Random random = new Random(4);
        int half = FpLanes.LIMBS * lanes;
        for (int round = 0; round < 500; round++) {
            BigInteger[] values = new BigInteger[4 * lanes];
            long[] points = points(values, random);
            long[] first = new long[2 * half];
            long[] second = new long[2 * half];
            int[] references = random.ints(2L * lanes, 0, 4 * lanes).toArray();
            kernel.load(points, references, 0, first, 0);
            kernel.load(points, references, lanes, second, 0);
            long[] a = new long[FpLanes.LIMBS * lanes];
            BigInteger[] tight = new BigInteger[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                tight[lane] = values[random.nextInt(values.length)];
                set(a, lane, lanes, FpLanes.limbs(tight[lane]));
            }
            long[] z = new long[a.length];
            kernel.difference(second, half, first, half, z, 0);
            long[] both = new long[a.length];
            kernel.subtractBoth(a, first, 0, second, 0, both);
            long[] from = new long[a.length];
            kernel.subtractFrom(first, 0, a, from);
            kernel.subtract(a, first, half);
            for (int lane = 0; lane < lanes; lane++) {
                BigInteger x1 = coordinate(first, 0, lane, lanes);
                BigInteger y1 = coordinate(first, half, lane, lanes);
                BigInteger x2 = coordinate(second, 0, lane, lanes);
                BigInteger y2 = coordinate(second, half, lane, lanes);
                for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
                    assertThat(z[limb * lanes + lane]).isBetween(0L, (5L << FpLanes.LIMB_BITS) - 1);
                    assertThat(from[limb * lanes + lane]).isBetween(0L, (5L << FpLanes.LIMB_BITS) - 1);
                }
                assertThat(get(z, lane, lanes)).isEqualTo(P.shiftLeft(4).add(y2).subtract(y1));
                assertThat(get(from, lane, lanes))
                        .isEqualTo(P.shiftLeft(2).add(x1).subtract(tight[lane]));
                assertTight(both, lane, lanes);
                assertThat(get(both, lane, lanes).mod(P))
                        .isEqualTo(tight[lane].subtract(x1).subtract(x2).mod(P));
                assertTight(a, lane, lanes);
                assertThat(get(a, lane, lanes).mod(P))
                        .isEqualTo(tight[lane].subtract(y1).mod(P));
            }
        }
    }
}
