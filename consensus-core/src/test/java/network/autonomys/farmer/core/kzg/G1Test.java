package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;

/** Parsing of points against the definition in whole numbers, for bytes of every kind. */
class G1Test {
    private static final BigInteger P = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);
    private static final BigInteger HALF = P.subtract(BigInteger.ONE).shiftRight(1);

    /** Primitives §5.2. */
    private static boolean isPoint(byte[] bytes) {
        boolean compressed = (bytes[0] & 0x80) != 0;
        if (!compressed) {
            return false;
        }
        byte[] masked = bytes.clone();
        masked[0] &= 0x1f;
        BigInteger x = new BigInteger(1, masked);
        if ((bytes[0] & 0x40) != 0) {
            return x.signum() == 0 && (bytes[0] & 0x20) == 0;
        }
        if (x.compareTo(P) >= 0 || x.signum() == 0) {
            return false;
        }
        BigInteger square = x.modPow(BigInteger.valueOf(3), P).add(BigInteger.valueOf(4));
        return square.modPow(HALF, P).equals(BigInteger.ONE);
    }

    @Test
    void parsingFollowsTheDefinition() {
        Random random = new Random(11);
        byte[] modulus = P.toByteArray();
        int points = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            switch (i % 5) {
                case 0 -> bytes[0] = (byte) (0x80 | (bytes[0] & 0x2f));
                case 1 -> bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
                case 2 -> {
                    System.arraycopy(modulus, 0, bytes, 0, random.nextInt(49));
                    bytes[0] |= (byte) 0x80;
                }
                case 3 -> {
                    java.util.Arrays.fill(bytes, (byte) 0);
                    bytes[0] = (byte) (random.nextInt(8) << 5);
                    bytes[random.nextInt(48)] ^= (byte) (random.nextInt(4) == 0 ? 1 << random.nextInt(8) : 0);
                }
                default -> {}
            }
            // The definition costs a power in whole numbers; all kinds come up often enough in a tenth.
            boolean accepted = G1.isPoint(Bytes.of(bytes));
            if (i % 10 < 5) {
                assertThat(accepted).as(() -> Bytes.of(bytes).hex()).isEqualTo(isPoint(bytes));
            }
            points += accepted ? 1 : 0;
        }
        assertThat(points).isGreaterThan(10_000);
    }

    @Test
    void otherLengthsAreNoPoints() {
        for (int length : new int[] {0, 1, 47, 49, 96}) {
            assertThat(G1.isPoint(Bytes.zeros(length))).isFalse();
            assertThat(G1.isInSubgroup(Bytes.zeros(length))).isFalse();
        }
        assertThat(G1.isPoint(G1.INFINITY)).isTrue();
        assertThat(G1.isInSubgroup(G1.INFINITY)).isTrue();
    }
}
