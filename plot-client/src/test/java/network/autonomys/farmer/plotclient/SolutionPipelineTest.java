package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import org.junit.jupiter.api.Test;

/** What is proven, what is submitted, and the one reason that each slot without a solution is counted with. */
class SolutionPipelineTest {
    private static final Bytes KEY = Bytes.zeros(32);
    private static final InstanceId CONTROLLER = new InstanceId(1, 1);
    private static final SlotInfo SLOT = new SlotInfo(7, Bytes.zeros(32), 10, 100);

    private final Set<Integer> expired = new HashSet<>();
    private final Set<Integer> unprovable = new HashSet<>();
    private final List<Integer> asked = new ArrayList<>();
    private final Counted counted = new Counted();
    private SolutionOutcome answer = SolutionOutcome.TAKEN;

    @Test
    void theBestCandidateIsProvenAndSubmitted() throws InterruptedException {
        work(0, 1);
        assertThat(asked).containsExactly(0);
        assertThat(counted.submitted).isOne();
        assertThat(counted.missed).isEmpty();
    }

    @Test
    void candidatesOfExpiredSectorsAreNotProven() throws InterruptedException {
        expired.add(0);
        unprovable.add(1);
        work(0, 1, 2);
        assertThat(asked).containsExactly(1, 2);
        assertThat(counted.submitted).isOne();
        assertThat(counted.missed).isEmpty();
    }

    @Test
    void aSlotThatOnlyExpiredSectorsWonHasAReasonOfItsOwn() throws InterruptedException {
        expired.addAll(List.of(0, 1));
        work(0, 1);
        assertThat(asked).isEmpty();
        assertThat(counted.submitted).isZero();
        assertThat(counted.missed).containsExactly(ReasonCode.SECTOR_EXPIRED);
    }

    @Test
    void aRefusalForExpiryIsNotABadProof() throws InterruptedException {
        answer = SolutionOutcome.EXPIRED;
        work(0);
        assertThat(counted.missed).containsExactly(ReasonCode.SECTOR_EXPIRED);
        answer = SolutionOutcome.INVALID;
        work(0);
        assertThat(counted.missed).containsExactly(ReasonCode.SECTOR_EXPIRED, ReasonCode.PROOF_INVALID);
    }

    @Test
    void withoutAProvableChunkThereIsNoSolution() throws InterruptedException {
        unprovable.addAll(List.of(0, 1));
        work(0, 1);
        assertThat(asked).containsExactly(0, 1);
        assertThat(counted.missed).containsExactly(ReasonCode.NO_SOLUTION);
    }

    private void work(int... sectors) throws InterruptedException {
        SlotWindow slots = new SlotWindow();
        slots.announced(SLOT.slotNumber(), SLOT.globalChallenge(), CONTROLLER.toString(), 4);
        SolutionPipeline pipeline = new SolutionPipeline(
                new ProofRace(
                        new OneProver(),
                        new ProofRace.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                        System::nanoTime),
                new Submitter(
                        new InstanceId(9, 9),
                        new OneController(),
                        new SigningGuard(),
                        new Submitter.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                        System::nanoTime),
                slots,
                new TakenSolutions(8),
                SolutionPipelineTest::request,
                (farm, candidate) -> expired.contains(candidate.sectorIndex()),
                counted,
                System::nanoTime);
        List<Candidate> candidates = new ArrayList<>();
        for (int sector : sectors) {
            candidates.add(new Candidate(sector, 1, 2, 0, 0, Bytes.zeros(32), PosVersion.V1, sector));
        }
        pipeline.work(
                new NamedFarm(), new AuditLoop.Arrived(SLOT, System.nanoTime()), candidates, Duration.ofSeconds(30));
    }

    private static ProofRequest request(AuditedFarm farm, SlotInfo slot, Candidate candidate) {
        return new ProofRequest(
                CONTROLLER,
                farm.publicKey(),
                KEY,
                candidate.sectorIndex(),
                candidate.historySize(),
                candidate.piecesInSector(),
                candidate.pieceOffset(),
                0,
                candidate.sBucket(),
                candidate.chunk(),
                candidate.version(),
                slot.slotNumber(),
                slot.globalChallenge(),
                candidate.distance(),
                slot.solutionRange(),
                slot.votingSolutionRange());
    }

    private static final class NamedFarm implements AuditedFarm {
        @Override
        public String name() {
            return "farm";
        }

        @Override
        public Bytes publicKey() {
            return KEY;
        }

        @Override
        public List<Candidate> audit(SlotInfo slot) {
            return List.of();
        }
    }

    private final class OneProver implements Provers {
        @Override
        public List<Prover> candidates(ProofRequest task) {
            return List.of(new Prover("one", Place.ELSEWHERE, Duration.ZERO));
        }

        @Override
        public void ask(Prover prover, ProofRequest task, Duration budget, Consumer<ProofOutcome> result) {
            asked.add(task.sectorIndex());
            result.accept(
                    unprovable.contains(task.sectorIndex())
                            ? new ProofOutcome.Unprovable("not encoded")
                            : new ProofOutcome.Proven(Solution.genesis(KEY, KEY), false));
        }

        @Override
        public void cancel(Prover prover, ProofRequest task) {}
    }

    private final class OneController implements ControllerLine {
        @Override
        public Optional<SolutionAnswer> submit(InstanceId controller, SolutionSubmit solution, Duration limit) {
            return Optional.of(new SolutionAnswer(answer, ""));
        }

        @Override
        public Optional<SolutionAnswer> state(InstanceId controller, SolutionStateRequest request, Duration limit) {
            return Optional.empty();
        }

        @Override
        public boolean present(InstanceId controller) {
            return true;
        }
    }

    private static final class Counted implements FarmingMetrics {
        private final List<ReasonCode> missed = new ArrayList<>();
        private int submitted;

        @Override
        public void audited(Duration took) {}

        @Override
        public void skipped() {}

        @Override
        public void proven(boolean local, Duration took) {}

        @Override
        public void submitted(boolean block, Duration afterSlot) {
            submitted++;
        }

        @Override
        public void signed(Duration took) {}

        @Override
        public void missed(ReasonCode reason) {
            missed.add(reason);
        }
    }
}
