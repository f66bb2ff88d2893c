package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes solutions for this controller's node: every one gets an answer, and none reaches the node that cannot count there
 * (cluster-and-cli §3.6).
 */
final class SolutionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SolutionDesk.class);
    private static final int MAX_TEXT = 500;

    private final SlotBook slots;
    private final NodePort node;
    private final BooleanSupplier synced;
    private final SolutionCheck check;
    private final ControllerCounters counters;
    private final SolutionLedger ledger = new SolutionLedger();

    SolutionDesk(
            SlotBook slots, NodePort node, BooleanSupplier synced, SolutionCheck check, ControllerCounters counters) {
        this.slots = slots;
        this.node = node;
        this.synced = synced;
        this.check = check;
        this.counters = counters;
    }

    /** Checks and submits a solution; a repetition is answered without a second submission. */
    SolutionAnswer submit(SolutionSubmit request) throws InterruptedException {
        SolutionResponse response = request.response();
        Optional<SlotInfo> slot = slots.find(response.slotNumber(), request.challenge());
        if (slot.isEmpty()) {
            return counted(new SolutionAnswer(
                    SolutionOutcome.WRONG_CHALLENGE,
                    "slot " + Long.toUnsignedString(response.slotNumber())
                            + " was not announced here with this challenge"));
        }
        if (!synced.getAsBoolean()) {
            return counted(new SolutionAnswer(SolutionOutcome.UNSYNCED, "the node is away or not synced"));
        }
        SolutionLedger.Opening opening = ledger.open(response);
        if (!opening.first()) {
            return opening.known();
        }
        SolutionAnswer answer = new SolutionAnswer(SolutionOutcome.NODE_ERROR, "interrupted");
        try {
            answer = judge(slot.get(), response);
        } finally {
            ledger.settle(response, answer);
        }
        LOG.info(
                "Solution for slot {} of farm {}: {} {}",
                Long.toUnsignedString(response.slotNumber()),
                response.solution().publicKey(),
                answer.outcome(),
                answer.text());
        return counted(answer);
    }

    /** What became of a solution, for a client that got no answer. */
    SolutionAnswer state(SolutionStateRequest request) {
        return ledger.state(request.slot(), request.publicKey());
    }

    private SolutionAnswer judge(SlotInfo slot, SolutionResponse response) throws InterruptedException {
        Optional<SolutionAnswer> problem = check.problem(slot, response.solution());
        if (problem.isPresent()) {
            return problem.get();
        }
        try {
            return switch (node.submit(response)) {
                case TAKEN -> new SolutionAnswer(SolutionOutcome.TAKEN, "");
                case IGNORED -> new SolutionAnswer(SolutionOutcome.IGNORED, "too late, or too many for the slot");
            };
        } catch (NodeRefusal e) {
            return new SolutionAnswer(SolutionOutcome.NODE_ERROR, text(e));
        } catch (IOException e) {
            // The call was under way: the node may have the solution, so nobody else may get it.
            return new SolutionAnswer(SolutionOutcome.PENDING, text(e));
        }
    }

    private static String text(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private SolutionAnswer counted(SolutionAnswer answer) {
        counters.solution(answer.outcome());
        return answer;
    }
}
