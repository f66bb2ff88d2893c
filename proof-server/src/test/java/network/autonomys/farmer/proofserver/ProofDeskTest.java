package network.autonomys.farmer.proofserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.junit.jupiter.api.Test;

class ProofDeskTest {
    private static final Solution SOLUTION = Solution.genesis(Bytes.zeros(32), Bytes.zeros(32));
    private static final long SECOND = 1_000_000_000;

    @Test
    void solvesFromThePiece() throws InterruptedException {
        List<Long> asked = new ArrayList<>();
        try (ProofDesk desk = desk(
                (index, limit) -> {
                    asked.add(index);
                    return Optional.of(new byte[1]);
                },
                (request, piece) -> Optional.of(SOLUTION))) {
            assertThat(desk.answer(request(5), System.nanoTime() + 10 * SECOND).solution())
                    .contains(SOLUTION);
        }
        assertThat(asked).containsExactly(77L);
    }

    @Test
    void everyFailureHasItsReason() throws InterruptedException {
        try (ProofDesk desk = desk((i, l) -> Optional.empty(), (r, p) -> Optional.of(SOLUTION))) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.NO_PIECE);
        }
        try (ProofDesk desk = desk((i, l) -> Optional.of(new byte[1]), (r, p) -> Optional.empty())) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.NO_SOLUTION);
        }
        try (ProofDesk desk = desk((i, l) -> Optional.of(new byte[1]), (r, p) -> {
            throw new IllegalArgumentException("no scalars");
        })) {
            assertThat(refusal(desk)).isEqualTo(ReasonCode.CORRUPT);
        }
    }

    @Test
    void whatCannotBeInTimeIsRefusedAtOnce() throws InterruptedException {
        try (ProofDesk desk = desk((i, l) -> Optional.of(new byte[1]), (r, p) -> Optional.of(SOLUTION))) {
            ProofAnswer answer = desk.answer(request(1), System.nanoTime() + 1000);
            assertThat(answer.refused()).contains(ReasonCode.BUSY);
            assertThat(answer.retryAfterMillis()).isEqualTo(10);
        }
    }

    @Test
    void aWaitingRequestCanBeCancelled() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        try (ProofDesk desk = desk((i, l) -> Optional.of(new byte[1]), (r, p) -> {
            computing.countDown();
            await(proceed);
            return Optional.of(SOLUTION);
        })) {
            List<ProofAnswer> second = new ArrayList<>();
            Thread first = Thread.startVirtualThread(() -> answer(desk, 1, new ArrayList<>()));
            assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
            Thread waiting = Thread.startVirtualThread(() -> answer(desk, 2, second));
            while (desk.waiting() == 0) {
                Thread.onSpinWait();
            }
            desk.cancel(new ProofCancel(new InstanceId(1, 2), 9, Bytes.zeros(32), 2, 3));
            waiting.join();
            proceed.countDown();
            first.join();
            assertThat(second.get(0).refused()).contains(ReasonCode.CANCELLED);
        }
    }

    private static void answer(ProofDesk desk, int sector, List<ProofAnswer> answers) {
        try {
            answers.add(desk.answer(request(sector), System.nanoTime() + 20 * SECOND));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ReasonCode refusal(ProofDesk desk) throws InterruptedException {
        return desk.answer(request(1), System.nanoTime() + 10 * SECOND)
                .refused()
                .orElseThrow();
    }

    private static ProofDesk desk(PieceLookup pieces, SolutionMaker solver) {
        return new ProofDesk(pieces, solver, 4, 1, Duration.ofMillis(10), System::nanoTime, millis -> {});
    }

    private static ProofRequest request(int sector) {
        return new ProofRequest(
                new InstanceId(1, 2),
                Bytes.zeros(32),
                Bytes.zeros(32),
                sector,
                1,
                2,
                0,
                77,
                3,
                Bytes.zeros(32),
                PosVersion.V1,
                9,
                Bytes.zeros(32),
                0,
                1000,
                10_000);
    }
}
