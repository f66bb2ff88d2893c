package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.junit.jupiter.api.Test;

class LocalProverTest {
    private static final Bytes KEY = Bytes.zeros(32);
    private static final Solution SOLUTION = Solution.genesis(KEY, KEY);
    private static final Duration BUDGET = Duration.ofMillis(100);

    private final Deque<Runnable> queued = new ArrayDeque<>();
    private final List<ProofOutcome> answers = new ArrayList<>();
    private final List<Integer> begun = new ArrayList<>();
    private long now;
    private final LocalProver prover = new LocalProver(queued::add, () -> now);

    private static ProofRequest request(Bytes key, int sector) {
        return new ProofRequest(
                new InstanceId(1, 2),
                key,
                Bytes.zeros(32),
                sector,
                1,
                2,
                0,
                0,
                0,
                Bytes.zeros(32),
                PosVersion.V1,
                7,
                Bytes.zeros(32),
                0,
                1000,
                10_000);
    }

    private void ask(ProofRequest request) {
        prover.ask(request, BUDGET, answers::add);
    }

    private void work() {
        while (!queued.isEmpty()) {
            queued.poll().run();
        }
    }

    @Test
    void answersFromThePlotOfTheKey() {
        prover.add(KEY, (request, wanted) -> {
            assertThat(wanted.getAsBoolean()).isTrue();
            return Optional.of(SOLUTION);
        });
        ask(request(KEY, 1));
        ask(request(Bytes.of(Blake3.hash(new byte[0])), 1));
        work();
        assertThat(answers)
                .containsExactly(
                        new ProofOutcome.Proven(SOLUTION, true), new ProofOutcome.Failed("no farm of this key"));
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotBegun() {
        prover.add(KEY, (request, wanted) -> {
            begun.add(request.sectorIndex());
            return Optional.of(SOLUTION);
        });
        ask(request(KEY, 1));
        ask(request(KEY, 2));
        prover.cancel(request(KEY, 1));
        work();
        assertThat(begun).containsExactly(2);
        ask(request(KEY, 3));
        now = BUDGET.toNanos();
        work();
        assertThat(begun).containsExactly(2);
        assertThat(answers)
                .containsExactly(
                        new ProofOutcome.Failed("late"),
                        new ProofOutcome.Proven(SOLUTION, true),
                        new ProofOutcome.Failed("late"));
    }

    @Test
    void whatIsComputedHearsThatItIsNotWantedAnyMore() {
        prover.add(KEY, (request, wanted) -> {
            prover.cancel(request);
            if (!wanted.getAsBoolean()) {
                throw new CancellationException();
            }
            return Optional.of(SOLUTION);
        });
        ask(request(KEY, 1));
        work();
        assertThat(answers).containsExactly(new ProofOutcome.Failed("late"));
    }

    @Test
    void faultsOfThePlotAreTold() {
        prover.add(KEY, (request, wanted) -> {
            if (request.sectorIndex() == 1) {
                throw new IOException("no such device");
            }
            if (request.sectorIndex() == 3) {
                throw new IllegalStateException("closed");
            }
            return Optional.empty();
        });
        ask(request(KEY, 1));
        ask(request(KEY, 2));
        ask(request(KEY, 3));
        work();
        assertThat(answers)
                .containsExactly(
                        new ProofOutcome.FarmFault("cannot read the plot: no such device"),
                        new ProofOutcome.Unprovable("stored unencoded"),
                        new ProofOutcome.Failed("internal"));
    }

    @Test
    void aStoppedProverAnswersToo() {
        LocalProver stopped = new LocalProver(
                task -> {
                    throw new RejectedExecutionException();
                },
                () -> now);
        stopped.ask(request(KEY, 1), BUDGET, answers::add);
        assertThat(answers).containsExactly(new ProofOutcome.Failed("stopping"));
    }
}
