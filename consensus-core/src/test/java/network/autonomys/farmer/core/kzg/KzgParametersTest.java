package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;

/** Parameter files: the network's, the dev chain's, damaged ones. */
class KzgParametersTest {
    private static KzgParameters dev() {
        return Dev.PARAMETERS;
    }

    private static final class Dev {
        static final byte[] FILE = DevSecret.parameterFile();
        static final KzgParameters PARAMETERS = KzgParameters.parse(MemorySegment.ofArray(FILE));
    }

    @Test
    void findsTheNetworkFileInsideAnotherOne() {
        byte[] file = KzgFixture.file();
        byte[] program = new byte[file.length + 5000];
        new Random(1).nextBytes(program);
        // A false start, the beginning alone, and then the file.
        System.arraycopy(file, 0, program, 100, 1000);
        System.arraycopy(file, 0, program, 1733, file.length);
        assertThat(KzgParameters.locateNetworkFile(MemorySegment.ofArray(program)))
                .hasValue(1733);
        program[1733 + 1_000_000] ^= 1;
        assertThat(KzgParameters.locateNetworkFile(MemorySegment.ofArray(program)))
                .isEmpty();
        assertThat(KzgParameters.locateNetworkFile(MemorySegment.ofArray(file))).hasValue(0);
        assertThat(KzgParameters.locateNetworkFile(MemorySegment.ofArray(new byte[10])))
                .isEmpty();
    }

    @Test
    void theDevSetIsAlwaysTheSame() {
        assertThat(dev().digest()).isEqualTo(DevSecret.PARAMETERS_DIGEST);
        assertThat(KzgParameters.digest(MemorySegment.ofArray(Dev.FILE))).isEqualTo(dev().digest());
        assertThat(dev().isNetwork()).isFalse();
        assertThat(dev().isConsistent(new Random(1))).isTrue();
    }

    @Test
    void commitmentsByTheSecretAreThoseByThePoints() {
        try (Kzg points = Kzg.cpu(dev());
                Kzg secret = new Kzg(dev(), new CpuFieldEngine(), DevSecret.engine())) {
            Random random = new Random(3);
            for (int n : new int[] {0, 1, 2, 255, 4096}) {
                byte[] coefficients = new byte[32 * n];
                random.nextBytes(coefficients);
                for (int i = 0; i < n; i++) {
                    coefficients[32 * i] &= 0x3f;
                }
                MemorySegment polynomial = MemorySegment.ofArray(coefficients);
                Bytes commitment = points.commit(n, polynomial);
                assertThat(secret.commit(n, polynomial)).isEqualTo(commitment);
                if (n > 0) {
                    assertThat(secret.witness(n, polynomial, 65_536, 77))
                            .isEqualTo(points.witness(n, polynomial, 65_536, 77));
                }
            }
        }
    }

    /** The reference gives infinity for r - 2 (primitives T-16). */
    @Test
    void commitsToCoefficientsNearTheModulus() {
        try (Kzg points = Kzg.cpu(dev());
                Kzg secret = new Kzg(dev(), new CpuFieldEngine(), DevSecret.engine())) {
            for (int below = 1; below <= 40; below++) {
                for (int n : new int[] {1, 2, 40}) {
                    byte[] coefficients = new byte[32 * n];
                    byte[] value =
                            Fr.MODULUS.subtract(BigInteger.valueOf(below)).toByteArray();
                    for (int i = 0; i < n; i += 39) {
                        System.arraycopy(value, 0, coefficients, 32 * i, 32);
                    }
                    MemorySegment polynomial = MemorySegment.ofArray(coefficients);
                    assertThat(points.commit(n, polynomial)).isEqualTo(secret.commit(n, polynomial));
                }
            }
        }
    }

    @Test
    void refusesFilesThatAreNoParameters() {
        byte[] file = Dev.FILE;
        for (int length : new int[] {0, 1, 48, KzgParameters.FILE_BYTES - 1, KzgParameters.FILE_BYTES + 1}) {
            assertThatThrownBy(() -> KzgParameters.parse(MemorySegment.ofArray(new byte[length])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> KzgParameters.network(MemorySegment.ofArray(file)))
                .isInstanceOf(IllegalArgumentException.class);
        Random random = new Random(5);
        for (int i = 0; i < 99_000; i++) {
            byte[] other = new byte[random.nextInt(200)];
            random.nextBytes(other);
            assertThatThrownBy(() -> KzgParameters.parse(MemorySegment.ofArray(other)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = file.clone();
            // Early points only, so that a refusal comes early; the generators must stand in their places.
            int at = i % 2 == 0 ? random.nextInt(48) : 48 * random.nextInt(200);
            damaged[at] ^= (byte) (i % 2 == 0 ? 1 << random.nextInt(8) : 0x80);
            assertThatThrownBy(() -> KzgParameters.parse(MemorySegment.ofArray(damaged)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ordinatesOfAnEarlierReadingSaveTimeAndNothingElse() {
        byte[] ordinates = Dev.PARAMETERS.ordinates();
        assertThat(ordinates).hasSize(KzgParameters.ORDINATE_BYTES);
        byte[] negated = ordinates.clone();
        byte[] minusGenerator = Dev.PARAMETERS.ordinates();
        BigInteger order = new BigInteger(
                "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);
        byte[] opposite = order.subtract(new BigInteger(1, Arrays.copyOfRange(ordinates, 48 * 7, 48 * 8)))
                .toByteArray();
        Arrays.fill(negated, 48 * 7, 48 * 8, (byte) 0);
        int length = Math.min(48, opposite.length);
        System.arraycopy(opposite, opposite.length - length, negated, 48 * 8 - length, length);
        Arrays.fill(minusGenerator, 0, 48, (byte) 0);
        byte[] noise = new byte[KzgParameters.ORDINATE_BYTES];
        new Random(8).nextBytes(noise);
        for (byte[] hint : List.of(ordinates, negated, minusGenerator, noise, new byte[48], new byte[0])) {
            KzgParameters again = KzgParameters.parse(MemorySegment.ofArray(Dev.FILE), MemorySegment.ofArray(hint));
            assertThat(again.g1().mismatch(Dev.PARAMETERS.g1())).isEqualTo(-1);
            assertThat(again.ordinates()).isEqualTo(ordinates);
        }
        for (int flag : new int[] {0x20, 0x40, 0x80}) {
            byte[] damaged = Dev.FILE.clone();
            damaged[48 * 7] ^= (byte) flag;
            if (flag == 0x20) {
                assertThat(KzgParameters.parse(MemorySegment.ofArray(damaged), MemorySegment.ofArray(ordinates))
                                .g1())
                        .matches(points -> points.mismatch(Dev.PARAMETERS.g1()) / 96 == 7);
            } else {
                assertThatThrownBy(() ->
                                KzgParameters.parse(MemorySegment.ofArray(damaged), MemorySegment.ofArray(ordinates)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aSetWithOneOtherPointIsInconsistent() {
        byte[] swapped = Dev.FILE.clone();
        System.arraycopy(Dev.FILE, 48 * 9, swapped, 48 * 8, 48);
        assertThat(KzgParameters.parse(MemorySegment.ofArray(swapped)).isConsistent(new Random(1)))
                .isFalse();
    }
}
