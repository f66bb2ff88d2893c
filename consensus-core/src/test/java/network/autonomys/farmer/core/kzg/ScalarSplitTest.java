package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.field.Fr;
import org.junit.jupiter.api.Test;

/** Halves of scalars, in whole numbers. */
class ScalarSplitTest {
    private static final BigInteger PARAMETER = new BigInteger("d201000000010000", 16);
    static final BigInteger LAMBDA = PARAMETER.pow(2).subtract(BigInteger.ONE);

    @Test
    void halvesGiveTheScalar() {
        Random random = new Random(11);
        List<BigInteger> scalars = new ArrayList<>();
        for (int near = -3; near <= 3; near++) {
            BigInteger small = BigInteger.valueOf(near);
            for (int i = 0; i < 20; i++) {
                BigInteger factor = i < 4 ? BigInteger.valueOf(i) : new BigInteger(127, random);
                scalars.add(LAMBDA.multiply(factor).add(small));
                scalars.add(LAMBDA.multiply(factor).add(LAMBDA.shiftRight(1)).add(small));
                scalars.add(LAMBDA.multiply(LAMBDA).shiftRight(i).add(small));
            }
            scalars.add(Fr.MODULUS.add(small));
        }
        for (int i = 0; i < 100_000; i++) {
            scalars.add(new BigInteger(255, random).shiftRight(i % 7 == 0 ? random.nextInt(255) : 0));
        }
        ScalarSplit split = new ScalarSplit();
        BigInteger largest = LAMBDA.shiftRight(1).add(BigInteger.TWO);
        for (BigInteger any : scalars) {
            BigInteger scalar = any.mod(Fr.MODULUS);
            split.split(
                    scalar.longValue(),
                    scalar.shiftRight(64).longValue(),
                    scalar.shiftRight(128).longValue(),
                    scalar.shiftRight(192).longValue());
            BigInteger k0 = half(split, 0);
            BigInteger k1 = half(split, 1);
            assertThat(k1.multiply(LAMBDA).add(k0).mod(Fr.MODULUS)).isEqualTo(scalar);
            assertThat(k0.abs()).isLessThanOrEqualTo(largest);
            assertThat(k1.abs()).isLessThanOrEqualTo(largest);
        }
    }

    private static BigInteger half(ScalarSplit split, int half) {
        BigInteger value = new BigInteger(Long.toUnsignedString(split.high(half)))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(split.low(half))));
        return split.isNegative(half) ? value.negate() : value;
    }
}
