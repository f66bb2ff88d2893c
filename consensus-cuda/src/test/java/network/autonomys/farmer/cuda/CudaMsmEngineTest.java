package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Random;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.testkit.StandIn;
import org.junit.jupiter.api.Test;

/** Commitments by the kernels, run on the host, against those by the known secret of the dev chain. */
class CudaMsmEngineTest {
    private static final int POINTS = 64;
    private static final int AFFINE = 96;
    private static final BigInteger MODULUS =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    private static final MemorySegment AFFINE_POINTS =
            CudaTesting.PARAMETERS.g1().asSlice(0, (long) AFFINE * POINTS);

    private final StandIn standIn = StandIn.fresh();

    private static CudaRecordEngine cards() throws GpuUnavailableException {
        return CudaRecordEngine.open(
                CudaTesting.settings(1_000),
                CudaTesting.PROCESSOR,
                false,
                GpuObserver.none(),
                Limits.OF_MEMORY,
                slot -> {},
                System::nanoTime);
    }

    /** Scalars of every kind: random, small and equal, negative, powers of two, none. */
    private static byte[] scalars(int n, int kind) {
        Random random = new Random(kind);
        byte[] scalars = new byte[32 * n];
        for (int i = 0; i < n; i++) {
            BigInteger value = switch (kind) {
                case 0 -> new BigInteger(300, random);
                case 1 -> BigInteger.ONE;
                case 2 -> BigInteger.valueOf(-1 - random.nextInt(5));
                case 3 -> BigInteger.ONE.shiftLeft(random.nextInt(255));
                default -> BigInteger.ZERO;
            };
            byte[] bytes = value.mod(MODULUS).toByteArray();
            int length = Math.min(32, bytes.length);
            System.arraycopy(bytes, bytes.length - length, scalars, 32 * (i + 1) - length, length);
        }
        return scalars;
    }

    private static byte[] commit(MsmEngine engine, int n, int count, byte[] scalars) {
        byte[] commitments = new byte[48 * count];
        engine.commit(n, count, MemorySegment.ofArray(scalars), MemorySegment.ofArray(commitments));
        return commitments;
    }

    @Test
    void agreesWithTheSecret() throws GpuUnavailableException {
        try (MsmEngine secret = DevSecret.engine();
                CudaRecordEngine cards = cards();
                MsmEngine engine = new CudaMsmEngine(cards, AFFINE_POINTS, POINTS, secret)) {
            int sums = 0;
            for (int kind = 0; kind < 5; kind++) {
                for (int n : new int[] {POINTS, 3, 1, 0}) {
                    byte[] scalars = scalars(n, kind);
                    assertThat(commit(engine, n, 1, scalars))
                            .as("kind %d of %d", kind, n)
                            .isEqualTo(commit(secret, n, 1, scalars));
                    sums++;
                }
            }
            byte[] many = scalars(11 * POINTS, 0);
            assertThat(commit(engine, POINTS, 11, many)).isEqualTo(commit(secret, POINTS, 11, many));
            assertThat(standIn.calls("bucket_total"))
                    .as("eight sums at once, and three")
                    .isEqualTo(sums + 2);
            byte[] few = scalars(5 * 9, 3);
            assertThat(commit(engine, 9, 5, few)).isEqualTo(commit(secret, 9, 5, few));
            assertThat(standIn.calls("bucket_total")).isEqualTo(sums + 3);
            byte[] longer = scalars(POINTS + 1, 0);
            assertThat(commit(engine, POINTS + 1, 1, longer)).isEqualTo(commit(secret, POINTS + 1, 1, longer));
            assertThat(standIn.calls("bucket_total"))
                    .as("sums on the card, after one of more points than it has")
                    .isEqualTo(sums + 3);
        }
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    @Test
    void theLastOfManySumsIsTheOneThatIsChecked() throws GpuUnavailableException {
        try (MsmEngine secret = DevSecret.engine();
                CudaRecordEngine cards = cards();
                MsmEngine engine = new CudaMsmEngine(cards, AFFINE_POINTS, POINTS, secret)) {
            // A bit of the third of three results.
            standIn.wrong("bucket_total", 1, 2 * CompressedPoint.PROJECTIVE);
            byte[] scalars = scalars(3 * POINTS, 0);
            assertThat(commit(engine, POINTS, 3, scalars)).isEqualTo(commit(secret, POINTS, 3, scalars));
            assertThat(cards.status().getFirst().reason()).isEqualTo("a commitment differs from the processor's");
        }
    }

    @Test
    void refusesWhatIsNoScalar() throws GpuUnavailableException {
        try (MsmEngine secret = DevSecret.engine();
                CudaRecordEngine cards = cards();
                MsmEngine engine = new CudaMsmEngine(cards, AFFINE_POINTS, POINTS, secret)) {
            byte[] scalars = new byte[64];
            byte[] modulus = MODULUS.toByteArray();
            System.arraycopy(modulus, modulus.length - 32, scalars, 32, 32);
            assertThatThrownBy(() -> commit(engine, 2, 1, scalars))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("coefficient 1");
            assertThatThrownBy(() -> commit(engine, 3, 1, scalars)).isInstanceOf(IllegalArgumentException.class);
            scalars[63] = 0;
            assertThat(commit(engine, 2, 1, scalars)).isEqualTo(commit(secret, 2, 1, scalars));
        }
    }

    @Test
    void wrongSumsAreFoundOutAndTheProcessorGoesOn() throws GpuUnavailableException {
        try (MsmEngine secret = DevSecret.engine();
                CudaRecordEngine cards = cards();
                MsmEngine engine = new CudaMsmEngine(cards, AFFINE_POINTS, POINTS, secret)) {
            standIn.wrong("bucket_total", 1, 0);
            byte[] scalars = scalars(POINTS, 0);
            assertThat(commit(engine, POINTS, 1, scalars)).isEqualTo(commit(secret, POINTS, 1, scalars));
            assertThat(cards.status().getFirst().reason()).isEqualTo("a commitment differs from the processor's");
            assertThat(commit(engine, POINTS, 1, scalars)).isEqualTo(commit(secret, POINTS, 1, scalars));
            assertThat(standIn.calls("bucket_total")).isEqualTo(1);
            assertThatThrownBy(() -> cards.table(PosVersion.V1, new byte[32])).isInstanceOf(GpuFailure.class);
        }
    }
}
