package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From winning chunks to a submitted solution: proves the best candidate, the next one where it cannot be proven, and submits one solution
 * per key and slot, because a second one would be an equivocation. Every slot that ends without one is counted with one reason.
 */
final class SolutionPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(SolutionPipeline.class);

    /** Makes the request for a candidate's proof. */
    @FunctionalInterface
    interface RequestMaker {
        ProofRequest make(AuditedFarm farm, SlotInfo slot, Candidate candidate);
    }

    /** Tells which sectors the chain does not take solutions of any more. */
    @FunctionalInterface
    interface Expired {
        boolean test(AuditedFarm farm, Candidate candidate);
    }

    private final ProofRace race;
    private final Submitter submitter;
    private final SlotWindow slots;
    private final TakenSolutions taken;
    private final RequestMaker requests;
    private final Expired expired;
    private final FarmingMetrics metrics;
    private final LongSupplier clock;

    /**
     * @param clock a nanosecond clock
     */
    SolutionPipeline(
            ProofRace race,
            Submitter submitter,
            SlotWindow slots,
            TakenSolutions taken,
            RequestMaker requests,
            Expired expired,
            FarmingMetrics metrics,
            LongSupplier clock) {
        this.race = race;
        this.submitter = submitter;
        this.slots = slots;
        this.taken = taken;
        this.requests = requests;
        this.expired = expired;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Works on one farm's winners of one slot in the calling thread. Those of expired sectors are not proven.
     *
     * @param candidates best first
     * @param window time after the slot's arrival in which a solution is of use
     */
    void work(AuditedFarm farm, AuditLoop.Arrived arrived, List<Candidate> candidates, Duration window)
            throws InterruptedException {
        long deadline = arrived.atNanos() + window.toNanos();
        List<Candidate> worth =
                candidates.stream().filter(c -> !expired.test(farm, c)).toList();
        if (worth.isEmpty() && !candidates.isEmpty()) {
            LOG.debug(
                    "{}: slot {} won by expired sectors only",
                    farm.name(),
                    arrived.slot().slotNumber());
            metrics.missed(ReasonCode.SECTOR_EXPIRED);
            return;
        }
        ReasonCode reason = ReasonCode.NO_SOLUTION;
        for (Candidate candidate : worth) {
            ProofRequest request = requests.make(farm, arrived.slot(), candidate);
            long start = clock.getAsLong();
            ProofOutcome outcome = race.run(request, deadline);
            if (outcome instanceof ProofOutcome.Proven proven) {
                Times times = new Times(arrived.atNanos(), start, clock.getAsLong());
                metrics.proven(proven.local(), Duration.ofNanos(times.proven - start));
                submit(farm, times, request, proven, deadline);
                return;
            }
            reason = reason(outcome);
            LOG.debug("{}: slot {}, sector {}: {}", farm.name(), request.slot(), request.sectorIndex(), outcome);
            if (clock.getAsLong() - deadline >= 0) {
                break;
            }
        }
        if (reason != ReasonCode.NO_SOLUTION) {
            LOG.warn("{}: slot {} won nothing: {}", farm.name(), arrived.slot().slotNumber(), reason.label());
        }
        metrics.missed(reason);
    }

    /**
     * When what was done, on the clock.
     *
     * @param arrived the slot came
     * @param asked the proof was asked for
     * @param proven the proof was there
     */
    private record Times(long arrived, long asked, long proven) {
        static long millis(long from, long to) {
            return TimeUnit.NANOSECONDS.toMillis(to - from);
        }
    }

    private void submit(AuditedFarm farm, Times times, ProofRequest request, ProofOutcome.Proven proven, long deadline)
            throws InterruptedException {
        Solution solution = proven.solution();
        List<InstanceId> controllers = slots.controllers(request.slot(), request.challenge()).stream()
                .map(InstanceId::parse)
                .toList();
        Submitter.Result result =
                submitter.submit(request.slot(), request.challenge(), solution, controllers, deadline);
        long submitted = clock.getAsLong();
        Optional<InstanceId> controller = result.controller();
        if (controller.isPresent()) {
            taken.taken(controller.get().toString(), solution.publicKey(), request.slot());
            metrics.submitted(request.forBlock(), Duration.ofNanos(submitted - times.arrived));
            LOG.info(
                    "{}: solution for slot {} submitted after {} ms ({}; audit {}, proof {} {}, submission {})",
                    farm.name(),
                    request.slot(),
                    Times.millis(times.arrived, submitted),
                    request.forBlock() ? "block" : "vote",
                    Times.millis(times.arrived, times.asked),
                    proven.local() ? "out of the plot" : "by a proof-server",
                    Times.millis(times.asked, times.proven),
                    Times.millis(times.proven, submitted));
        } else {
            ReasonCode reason = result.miss().orElse(ReasonCode.NO_CONTROLLER);
            metrics.missed(reason);
            LOG.warn("{}: solution for slot {} was not taken: {}", farm.name(), request.slot(), reason.label());
        }
    }

    private static ReasonCode reason(ProofOutcome outcome) {
        return switch (outcome) {
            case ProofOutcome.NoPiece none -> ReasonCode.NO_PIECE;
            case ProofOutcome.FarmFault fault -> ReasonCode.FARM_ERROR;
            case ProofOutcome.Unprovable none -> ReasonCode.NO_SOLUTION;
            case ProofOutcome.Busy busy -> ReasonCode.PROOF_SLOW;
            case ProofOutcome.Failed failed -> ReasonCode.PROOF_SLOW;
            case ProofOutcome.Proven proven -> throw new IllegalArgumentException("proven");
        };
    }
}
