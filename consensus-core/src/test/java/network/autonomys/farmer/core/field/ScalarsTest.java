package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scalars and single elements against whole numbers. */
class ScalarsTest {
    private static final BigInteger R = Fr.MODULUS;

    private static byte[] bytes(BigInteger value) {
        byte[] all = value.toByteArray();
        byte[] out = new byte[32];
        int length = Math.min(32, all.length);
        System.arraycopy(all, all.length - length, out, 32 - length, length);
        return out;
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    @Test
    void parsingAcceptsExactlyTheNumbersBelowTheModulus() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            switch (i % 4) {
                case 0 -> bytes[0] &= 0x7f;
                case 1 -> {
                    // The modulus with a few bytes changed, or not.
                    byte[] modulus = bytes(R);
                    int from = random.nextInt(33);
                    System.arraycopy(modulus, 0, bytes, 0, from);
                    for (int j = from; j < 32 && random.nextBoolean(); j++) {
                        bytes[j] = modulus[j];
                    }
                }
                case 2 -> bytes = bytes(R.add(BigInteger.valueOf(random.nextInt(7) - 3)));
                default -> {}
            }
            boolean below = number(bytes).compareTo(R) < 0;
            assertThat(Scalars.isCanonical(bytes)).isEqualTo(below);
            assertThat(Scalars.firstInvalid(MemorySegment.ofArray(bytes), 0, 1)).isEqualTo(below ? -1 : 0);
            byte[] given = bytes;
            if (below) {
                assertThat(Scalars.bytes(Scalars.element(bytes))).isEqualTo(bytes);
            } else {
                assertThatThrownBy(() -> Scalars.element(given)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        for (int length : new int[] {0, 1, 31, 33, 64}) {
            assertThat(Scalars.isCanonical(new byte[length])).isFalse();
            assertThatThrownBy(() -> Scalars.element(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void arithmeticIsThatOfNumbersModuloR() {
        Random random = new Random(2);
        BigInteger[] special = {BigInteger.ZERO, BigInteger.ONE, R.subtract(BigInteger.ONE), R.shiftRight(1)};
        for (int i = 0; i < 20_000; i++) {
            BigInteger a = i < 16 ? special[i / 4] : new BigInteger(300, random).mod(R);
            BigInteger b = i < 16 ? special[i % 4] : new BigInteger(300, random).mod(R);
            assertThat(number(Scalars.add(bytes(a), bytes(b))))
                    .isEqualTo(a.add(b).mod(R));
            assertThat(number(Scalars.subtract(bytes(a), bytes(b))))
                    .isEqualTo(a.subtract(b).mod(R));
            assertThat(number(Scalars.multiply(bytes(a), bytes(b))))
                    .isEqualTo(a.multiply(b).mod(R));
            if (i % 200 == 0 && a.signum() != 0) {
                assertThat(number(Scalars.inverse(bytes(a)))).isEqualTo(a.modInverse(R));
            }
        }
    }

    @Test
    void invertsManyAtOnce() {
        byte[] scalars = new byte[32 * 100];
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            System.arraycopy(bytes(new BigInteger(250, random).add(BigInteger.ONE)), 0, scalars, 32 * i, 32);
        }
        byte[] inverted = scalars.clone();
        Scalars.inverseAll(MemorySegment.ofArray(inverted), 100);
        for (int i = 0; i < 100; i++) {
            byte[] one = java.util.Arrays.copyOfRange(scalars, 32 * i, 32 * i + 32);
            assertThat(java.util.Arrays.copyOfRange(inverted, 32 * i, 32 * i + 32))
                    .isEqualTo(Scalars.inverse(one));
        }
        java.util.Arrays.fill(scalars, 320, 352, (byte) 0);
        assertThatThrownBy(() -> Scalars.inverseAll(MemorySegment.ofArray(scalars), 100))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Scalars.inverse(new byte[32])).isInstanceOf(ArithmeticException.class);
    }
}
