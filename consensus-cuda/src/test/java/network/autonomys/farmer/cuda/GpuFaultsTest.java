package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.CudaTesting.Encoded;
import network.autonomys.farmer.cuda.GpuStatus.State;
import network.autonomys.farmer.testkit.StandIn;
import org.junit.jupiter.api.Test;

/** Cards that are not there, do not suffice, fail, hang and compute wrong: never a wrong byte, and a reason for the operator. */
class GpuFaultsTest {
    private static final int LAUNCH_FAILED = 719;
    private static final int OUT_OF_MEMORY = 2;
    private static final byte[] SEED = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    };
    private static final byte[] RECORD = CudaTesting.record(3);
    private static final Encoded EXPECTED = Encoded.by(CudaTesting.PROCESSOR, PosVersion.V1, SEED, RECORD);

    private final StandIn standIn = StandIn.fresh();
    private final AtomicLong clock = new AtomicLong();
    private final List<String> heard = new ArrayList<>();

    private final GpuObserver observer = new GpuObserver() {
        @Override
        public void opened(GpuInfo gpu, int concurrency) {
            heard.add("opened " + gpu.ordinal() + " for " + concurrency);
        }

        @Override
        public void failed(GpuInfo gpu, String reason, boolean leftOut) {
            heard.add((leftOut ? "left out " : "failed ") + gpu.ordinal());
        }
    };

    private CudaRecordEngine open(boolean fallback, GpuSettings settings) throws GpuUnavailableException {
        // A clock that goes a millisecond further whenever somebody looks at it.
        return CudaRecordEngine.open(
                settings,
                CudaTesting.PROCESSOR,
                fallback,
                observer,
                Limits.OF_MEMORY,
                slot -> {},
                () -> clock.addAndGet(1_000_000));
    }

    private CudaRecordEngine open(boolean fallback) throws GpuUnavailableException {
        return open(fallback, CudaTesting.settings(1_000));
    }

    private void passTime(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static void encodesRight(CudaRecordEngine engine) {
        Encoded encoded = Encoded.by(engine, PosVersion.V1, SEED, RECORD);
        assertThat(encoded.out()).isEqualTo(EXPECTED.out());
        assertThat(encoded.bitfield()).isEqualTo(EXPECTED.bitfield());
    }

    @Test
    void saysWhyThereIsNoCard() {
        standIn.machine(0, 12_000, 75, 8L << 30);
        refused("the driver shows no graphics card");
        standIn.machine(1, 11_080, 75, 8L << 30);
        refused("the driver is too old: it supports CUDA 11.8, needed is 12.0 (driver 525.60.13 or newer)");
        standIn.machine(1, 12_000, 61, 8L << 30);
        refused("compute capability 7.5 is needed");
        standIn.machine(1, 12_000, 75, 450L << 20);
        refused("MiB are free, one record needs");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> open(false))
                .isInstanceOfSatisfying(
                        GpuUnavailableException.class,
                        e -> assertThat(e.ofFailure()).isFalse())
                .hasMessageContaining(reason);
    }

    @Test
    void refusesSettingsThatCannotBeMet() {
        standIn.machine(2, 12_000, 86, 1500L << 20);
        GpuSettings usual = CudaTesting.settings(64);
        GpuSettings tooMany = new GpuSettings(
                List.of(), OptionalInt.of(50), usual.watchdog(), usual.retryAfter(), usual.checkEvery());
        assertThatThrownBy(() -> open(false, tooMany))
                .isInstanceOf(GpuUnavailableException.class)
                .hasMessageMatching("GPU_CONCURRENCY=50 does not fit on GPU 0 .*: \\d+ MiB are free, enough for 9");
        GpuSettings absent = new GpuSettings(List.of(2), OptionalInt.of(1), usual.watchdog(), usual.retryAfter(), 64);
        assertThatThrownBy(() -> open(false, absent))
                .isInstanceOf(GpuUnavailableException.class)
                .hasMessageContaining("there is no usable card 2");
        assertThat(standIn.used()).as("bytes left on the cards").isZero();
    }

    @Test
    void takesWhatFits() throws GpuUnavailableException {
        standIn.machine(2, 12_000, 86, 1L << 30);
        GpuSettings usual = CudaTesting.settings(64);
        GpuSettings automatic = new GpuSettings(
                List.of(1), OptionalInt.empty(), usual.watchdog(), usual.retryAfter(), usual.checkEvery());
        try (CudaRecordEngine engine = open(false, automatic)) {
            assertThat(engine.concurrency()).isEqualTo(5);
            assertThat(heard).containsExactly("opened 1 for 5");
        }
    }

    @Test
    void workGoesToAnotherCardAndTheFailedOneIsTriedAgain() throws GpuUnavailableException {
        standIn.machine(2, 12_000, 86, 8L << 30);
        try (CudaRecordEngine engine = open(false)) {
            standIn.fail("cuLaunchKernel", LAUNCH_FAILED, 5, 1);
            encodesRight(engine);
            assertThat(states(engine)).containsExactly(State.FAILED, State.READY);
            assertThat(engine.status().getFirst().reason())
                    .contains("starting kernel table_v1_3")
                    .contains("719");
            passTime(Duration.ofSeconds(31));
            try (ProofTable table = engine.table(PosVersion.V1, SEED)) {
                assertThat(states(engine)).containsExactly(State.READY, State.READY);
                assertThat(table.findProof(0, new byte[160]) || table.findProof(1, new byte[160]))
                        .isTrue();
            }
            assertThat(heard).containsExactly("opened 0 for 2", "opened 1 for 2", "failed 0", "opened 0 for 2");
        }
        assertThat(standIn.used()).as("bytes left on the cards").isZero();
    }

    private static List<State> states(CudaRecordEngine engine) {
        return engine.status().stream().map(GpuStatus::state).toList();
    }

    @Test
    void aCardThatHangsIsLeftToItself() throws GpuUnavailableException {
        try (CudaRecordEngine engine = open(true)) {
            standIn.hang(true);
            encodesRight(engine);
            assertThat(states(engine)).containsExactly(State.FAILED);
            assertThat(engine.status().getFirst().reason()).isEqualTo("no answer for 200 ms");
            assertThat(standIn.calls("cuCtxDestroy"))
                    .as("contexts with work in flight that were destroyed")
                    .isZero();
        }
    }

    @Test
    void aCardThatFailsThreeTimesIsLeftOut() throws GpuUnavailableException {
        try (CudaRecordEngine engine = open(false)) {
            for (int failure = 1; failure <= 3; failure++) {
                standIn.fail("cuMemcpyHtoDAsync", LAUNCH_FAILED, 0, 1);
                assertThatThrownBy(() -> Encoded.by(engine, PosVersion.V1, SEED, RECORD))
                        .isInstanceOf(GpuFailure.class)
                        .hasMessageContaining("no graphics card can be used: GPU 0")
                        .hasMessageContaining("copying a seed to the card failed");
                passTime(Duration.ofSeconds(31));
            }
            assertThat(states(engine)).containsExactly(State.LEFT_OUT);
            assertThatThrownBy(() -> engine.table(PosVersion.V1, SEED)).isInstanceOf(GpuFailure.class);
            assertThat(heard)
                    .containsExactly(
                            "opened 0 for 2", "failed 0", "opened 0 for 2", "failed 0", "opened 0 for 2", "left out 0");
        }
    }

    @Test
    void noMemoryIsAFailureLikeOthers() throws GpuUnavailableException {
        standIn.fail("cuMemAlloc", OUT_OF_MEMORY, 3, 1);
        assertThatThrownBy(() -> open(false))
                .isInstanceOfSatisfying(
                        GpuUnavailableException.class,
                        e -> assertThat(e.ofFailure()).isTrue())
                .hasMessageContaining("MiB on the card failed: CUDA_ERROR_OUT_OF_MEMORY");
        assertThat(standIn.calls("cuCtxDestroy")).isEqualTo(1);
    }

    @Test
    void aCardWithoutRoomAtTheStartIsTriedAgainWhileTheProcessorHelpsOut() throws GpuUnavailableException {
        standIn.fail("cuMemAlloc", OUT_OF_MEMORY, 3, 1);
        try (CudaRecordEngine engine = open(true)) {
            assertThat(states(engine)).containsExactly(State.FAILED);
            assertThat(engine.concurrency()).isZero();
            encodesRight(engine);
            assertThat(states(engine)).containsExactly(State.FAILED);
            passTime(Duration.ofSeconds(31));
            encodesRight(engine);
            assertThat(states(engine)).containsExactly(State.READY);
            assertThat(engine.status().getFirst().records()).isEqualTo(1);
            assertThat(heard).containsExactly("failed 0", "opened 0 for 2");
        }
    }

    @Test
    void aCardThatComputesWrongIsFoundOut() throws GpuUnavailableException {
        try (CudaRecordEngine engine = open(true, CudaTesting.settings(1))) {
            encodesRight(engine);
            assertThat(engine.status().getFirst().checked()).isEqualTo(1);
            standIn.wrong("encode_chunks", 6, 4096);
            encodesRight(engine);
            assertThat(states(engine)).containsExactly(State.FAILED);
            assertThat(engine.status().getFirst().reason()).isEqualTo("a record differs from the processor's");
        }
    }
}
