package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainWitnessesTest {
    private static final KzgParameters DEV = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
    private static final ParallelLoop PARALLEL =
            (count, task) -> IntStream.range(0, count).parallel().forEach(task);

    /** Random ones, and such whose values or sums of points are zero. */
    private static BigInteger coefficient(int kind, int k, int n, Random random) {
        return switch (kind) {
            case 0 -> new BigInteger(300, random).mod(Fr.MODULUS);
            case 1 -> k == 0 ? BigInteger.TEN : BigInteger.ZERO;
            case 2 -> k == 0 ? Fr.MODULUS.subtract(BigInteger.ONE) : k == 1 ? BigInteger.ONE : BigInteger.ZERO;
            case 3 -> k == n - 1 ? BigInteger.ONE : BigInteger.ZERO;
            case 4 -> Fr.MODULUS.subtract(BigInteger.ONE);
            default -> BigInteger.ZERO;
        };
    }

    private static MemorySegment polynomial(int kind, int n) {
        Random random = new Random(n);
        byte[] bytes = new byte[32 * n];
        for (int k = 0; k < n; k++) {
            byte[] number = coefficient(kind, k, n, random).toByteArray();
            int length = Math.min(32, number.length);
            System.arraycopy(number, number.length - length, bytes, 32 * k + 32 - length, length);
        }
        return MemorySegment.ofArray(bytes);
    }

    @ParameterizedTest
    @CsvSource({"2,false", "4,true", "32,false", "64,true"})
    void areThoseOfOneAfterTheOther(int n, boolean parallel) {
        ParallelLoop loop = parallel ? PARALLEL : ParallelLoop.SERIAL;
        FieldEngine field = new CpuFieldEngine();
        try (MsmEngine msm = DevSecret.engine();
                Kzg kzg = new Kzg(DEV, field, msm)) {
            DomainWitnesses all = new DomainWitnesses(DEV, field, n, loop);
            for (int kind = 0; kind < 6; kind++) {
                MemorySegment polynomial = polynomial(kind, n);
                List<Bytes> witnesses = all.of(polynomial, loop);
                assertThat(witnesses).hasSize(n);
                for (int i = 0; i < n; i++) {
                    assertThat(witnesses.get(i))
                            .as("kind %d, root %d", kind, i)
                            .isEqualTo(kzg.witness(n, polynomial, n, i));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3", "32768", "-2"})
    void refusesOtherNumbers(int n) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DomainWitnesses(DEV, new CpuFieldEngine(), n, ParallelLoop.SERIAL));
    }

    @Test
    void refusesWhatIsNoPolynomial() {
        DomainWitnesses two = new DomainWitnesses(DEV, new CpuFieldEngine(), 2, ParallelLoop.SERIAL);
        byte[] tooLarge = new byte[64];
        tooLarge[0] = -1;
        for (byte[] coefficients : List.of(new byte[63], tooLarge)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> two.of(MemorySegment.ofArray(coefficients), ParallelLoop.SERIAL));
        }
    }
}
