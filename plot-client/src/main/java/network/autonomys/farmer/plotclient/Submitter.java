package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;

/**
 * Brings a solution to one of the controllers that announced its challenge, never to two nodes (cluster-and-cli §3.6). After a clear
 * refusal another controller may have it; after silence the same one is asked what became of it, and only one that is gone is given up,
 * losing its right to a signature for that solution.
 */
final class Submitter {
    /**
     * How long to wait.
     *
     * @param submit for the answer to a submission
     * @param state for the answer to the question after silence
     */
    record Limits(Duration submit, Duration state) {}

    /**
     * What became of the solution.
     *
     * @param controller who has it; empty where nobody took it
     * @param miss why nobody took it
     */
    record Result(Optional<InstanceId> controller, Optional<ReasonCode> miss) {
        static Result taken(InstanceId controller) {
            return new Result(Optional.of(controller), Optional.empty());
        }

        static Result missed(ReasonCode reason) {
            return new Result(Optional.empty(), Optional.of(reason));
        }
    }

    private final InstanceId self;
    private final ControllerLine line;
    private final SigningGuard guard;
    private final Limits limits;
    private final LongSupplier clock;

    Submitter(InstanceId self, ControllerLine line, SigningGuard guard, Limits limits, LongSupplier clock) {
        this.self = self;
        this.line = line;
        this.guard = guard;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Submits.
     *
     * @param controllers those that announced the challenge, best first
     * @param deadline value of the nanosecond clock after which nothing more is tried
     */
    Result submit(long slot, Bytes challenge, Solution solution, List<InstanceId> controllers, long deadline)
            throws InterruptedException {
        Result result = Result.missed(ReasonCode.NO_CONTROLLER);
        SolutionSubmit message = new SolutionSubmit(self, challenge, new SolutionResponse(slot, solution));
        for (InstanceId controller : controllers) {
            long left = deadline - clock.getAsLong();
            if (left <= 0) {
                return result;
            }
            if (!line.present(controller)) {
                continue;
            }
            guard.submitting(controller.toString(), solution.publicKey(), slot);
            Optional<SolutionAnswer> answer = line.submit(controller, message, shorter(limits.submit(), left));
            if (answer.isEmpty()) {
                answer = afterSilence(controller, slot, solution.publicKey());
            }
            SolutionOutcome outcome = answer.map(SolutionAnswer::outcome).orElse(SolutionOutcome.UNKNOWN);
            if (outcome == SolutionOutcome.TAKEN || outcome == SolutionOutcome.PENDING) {
                return Result.taken(controller);
            }
            if (answer.isEmpty() && line.present(controller)) {
                // It may have passed the solution on: another node must not get it too.
                return Result.taken(controller);
            }
            guard.withdrawn(controller.toString(), solution.publicKey(), slot);
            result = Result.missed(reason(outcome));
            if (outcome == SolutionOutcome.IGNORED
                    || outcome == SolutionOutcome.INVALID
                    || outcome == SolutionOutcome.EXPIRED) {
                return result;
            }
        }
        return result;
    }

    /** Asks until the controller says something, or its beats are missing. */
    private Optional<SolutionAnswer> afterSilence(InstanceId controller, long slot, Bytes publicKey)
            throws InterruptedException {
        return line.state(controller, new SolutionStateRequest(slot, publicKey), limits.state());
    }

    private static ReasonCode reason(SolutionOutcome outcome) {
        return switch (outcome) {
            case IGNORED -> ReasonCode.SUBMIT_IGNORED;
            case NODE_ERROR -> ReasonCode.NODE_ERROR;
            case UNSYNCED -> ReasonCode.NODE_UNSYNCED;
            case INVALID -> ReasonCode.PROOF_INVALID;
            case EXPIRED -> ReasonCode.SECTOR_EXPIRED;
            case WRONG_CHALLENGE, UNKNOWN, TAKEN, PENDING -> ReasonCode.NO_CONTROLLER;
        };
    }

    private static Duration shorter(Duration limit, long nanos) {
        return limit.toNanos() < nanos ? limit : Duration.ofNanos(nanos);
    }
}
