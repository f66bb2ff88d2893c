package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SolutionDeskTest {
    private static final Bytes CHALLENGE = Bytes.fromHex("ab".repeat(32));
    private static final Bytes KEY = Bytes.fromHex("01".repeat(32));

    private final FakeNode node = new FakeNode();
    private final SlotBook slots = new SlotBook();
    private final List<SolutionOutcome> counted = new ArrayList<>();
    private boolean synced = true;
    private Optional<SolutionAnswer> problem = Optional.empty();
    private final SolutionDesk desk =
            new SolutionDesk(slots, node, () -> synced, (slot, solution) -> problem, new ControllerCounters() {
                @Override
                public void solution(SolutionOutcome outcome) {
                    counted.add(outcome);
                }

                @Override
                public void signing(Signing outcome, long micros) {}
            });

    @BeforeEach
    void announce() {
        slots.announced(new SlotInfo(7, CHALLENGE, 1000, 2000));
    }

    @Test
    void solutionReachesTheNodeOnceAndItsStateIsKept() throws Exception {
        assertThat(state()).isEqualTo(SolutionOutcome.UNKNOWN);
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.TAKEN);
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.TAKEN);
        assertThat(node.solutions).hasSize(1);
        assertThat(state()).isEqualTo(SolutionOutcome.TAKEN);
        assertThat(counted).containsExactly(SolutionOutcome.TAKEN);
    }

    @Test
    void everyRefusalHasItsReason() throws Exception {
        assertThat(submit(7, Bytes.zeros(32))).isEqualTo(SolutionOutcome.WRONG_CHALLENGE);
        assertThat(submit(8, CHALLENGE)).isEqualTo(SolutionOutcome.WRONG_CHALLENGE);
        synced = false;
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.UNSYNCED);
        synced = true;
        problem = Optional.of(new SolutionAnswer(SolutionOutcome.INVALID, "outside the solution range"));
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.INVALID);
        assertThat(node.solutions).isEmpty();
        assertThat(counted)
                .containsExactly(
                        SolutionOutcome.WRONG_CHALLENGE,
                        SolutionOutcome.WRONG_CHALLENGE,
                        SolutionOutcome.UNSYNCED,
                        SolutionOutcome.INVALID);
    }

    @Test
    void ignoredIsToldToTheFarmer() throws Exception {
        node.verdict = NodePort.Verdict.IGNORED;
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.IGNORED);
        assertThat(state()).isEqualTo(SolutionOutcome.IGNORED);
    }

    @Test
    void onlyACertainRefusalFreesTheSolutionForAnotherNode() throws Exception {
        node.trouble = new NodeRefusal("not connected");
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.NODE_ERROR);

        slots.announced(new SlotInfo(9, CHALLENGE, 1000, 2000));
        node.trouble = new IOException("connection reset");
        assertThat(submit(9, CHALLENGE)).isEqualTo(SolutionOutcome.PENDING);
        node.trouble = null;
        assertThat(submit(9, CHALLENGE)).isEqualTo(SolutionOutcome.PENDING);
        assertThat(node.solutions).isEmpty();
    }

    @Test
    void slotOfANodeThatBeganAnewTakesThePlaceOfTheOldOne() throws Exception {
        slots.announced(new SlotInfo(7, Bytes.zeros(32), 1000, 2000));
        assertThat(submit(7, CHALLENGE)).isEqualTo(SolutionOutcome.WRONG_CHALLENGE);
        assertThat(submit(7, Bytes.zeros(32))).isEqualTo(SolutionOutcome.TAKEN);
    }

    private SolutionOutcome submit(long slot, Bytes challenge) throws InterruptedException {
        SolutionResponse response = new SolutionResponse(slot, Solution.genesis(KEY, Bytes.zeros(32)));
        return desk.submit(new SolutionSubmit(new InstanceId(1, 2), challenge, response))
                .outcome();
    }

    private SolutionOutcome state() {
        return desk.state(new SolutionStateRequest(7, KEY)).outcome();
    }
}
