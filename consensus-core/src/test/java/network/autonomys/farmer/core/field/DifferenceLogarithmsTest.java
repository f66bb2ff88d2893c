package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceLogarithmsTest {
    private static long[] power(long[] base, BigInteger exponent) {
        long[] z = new long[Fr.WORDS];
        Fr.pow(base, 0, exponent, z, 0);
        return z;
    }

    @Test
    void theResourceHoldsLogarithms() {
        long[] generator = Fr.element(7);
        BigInteger[] logarithms = DifferenceLogarithms.stored();
        assertThat(logarithms).hasSize(16_385);
        for (int i = 0; i < logarithms.length; i++) {
            assertThat(logarithms[i]).isLessThan(DifferenceLogarithms.ORDER);
            assertThat(power(generator, logarithms[i]))
                    .isEqualTo(DifferenceLogarithms.difference(16, DifferenceLogarithms.stored(i)));
        }
    }

    /** 7^L = v^k - v^-k, of all differences but for the largest domain. */
    @ParameterizedTest
    @ValueSource(ints = {10, 13, 16})
    void allDifferencesFollow(int logPoints) {
        int points = 1 << logPoints;
        long[] generator = Fr.element(7);
        long[] root = Fr.rootOfUnity(logPoints + 1);
        BigInteger[] logarithms = DifferenceLogarithms.of(logPoints);
        assertThat(logarithms).hasSize(points / 2 + 1).startsWith(BigInteger.ZERO);
        for (int k = 1; k <= points / 2; k += logPoints == 16 ? 13 : 1) {
            long[] forward = power(root, BigInteger.valueOf(k));
            long[] difference = new long[Fr.WORDS];
            Fr.sub(forward, 0, Tables.inverse(forward), 0, difference, 0);
            assertThat(power(generator, logarithms[k])).isEqualTo(difference);
        }
    }
}
