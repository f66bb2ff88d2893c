package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    long lent = Math.min(limbs[i + 1], random.nextInt(10));
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

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void gathersAndNegates(int lanes) {
        FpLanes kernel = FpLanes.ofLanes(lanes);
        int[] points = new int[FpPoints.SIZE * 20];
        BigInteger[] values = new BigInteger[40];
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            values[i] = new BigInteger(400, random).mod(P.shiftLeft(1));
            long[] limbs = FpLanes.limbs(values[i]);
            for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
                points[i * FpLanes.LIMBS + limb] = (int) limbs[limb];
            }
        }
        int[] places = new int[lanes];
        long[] negate = new long[lanes];
        long[] a = new long[FpLanes.LIMBS * (lanes + 1)];
        int[] which = random.ints(lanes, 0, 40).toArray();
        for (int lane = 0; lane < lanes; lane++) {
            places[lane] = which[lane] * FpLanes.LIMBS;
            negate[lane] = -(lane & 1);
        }
        kernel.gather(points, places, negate, a, 0);
        for (int lane = 0; lane < lanes; lane++) {
            BigInteger value = values[which[lane]];
            assertThat(get(a, lane, lanes))
                    .isEqualTo((lane & 1) == 0 ? value : P.shiftLeft(2).subtract(value));
            for (int limb = 0; limb < FpLanes.LIMBS; limb++) {
                assertThat(a[limb * lanes + lane]).isBetween(0L, (long) Math.pow(2, 29.1));
            }
        }
    }
}
