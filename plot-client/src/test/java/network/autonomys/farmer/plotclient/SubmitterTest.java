package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import org.junit.jupiter.api.Test;

class SubmitterTest {
    private static final InstanceId A = new InstanceId(1, 1);
    private static final InstanceId B = new InstanceId(1, 2);
    private static final Bytes KEY = Bytes.zeros(32);
    private static final Solution SOLUTION = Solution.genesis(KEY, Bytes.zeros(32));
    private static final Bytes HASH = Bytes.zeros(32);

    private final Script line = new Script();
    private final SigningGuard guard = new SigningGuard();
    private final Submitter submitter = new Submitter(
            new InstanceId(9, 9),
            line,
            guard,
            new Submitter.Limits(Duration.ofMillis(700), Duration.ofMillis(200)),
            () -> 0);

    @Test
    void theFirstControllerTakesIt() throws InterruptedException {
        line.answers.put(A, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.taken(A));
        assertThat(line.asked).containsExactly(A);
        assertThat(guard.request(A.toString(), KEY, HASH, 5)).isEqualTo(SigningGuard.Decision.SIGN);
        assertThat(guard.request(B.toString(), KEY, HASH, 5)).isEqualTo(SigningGuard.Decision.NO_SOLUTION);
    }

    @Test
    void aClearRefusalLetsAnotherHaveIt() throws InterruptedException {
        line.answers.put(A, SolutionOutcome.UNSYNCED);
        line.answers.put(B, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.taken(B));
        assertThat(guard.request(A.toString(), KEY, HASH, 5)).isEqualTo(SigningGuard.Decision.NO_SOLUTION);
    }

    @Test
    void anIgnoredSolutionIsNotOfferedAgain() throws InterruptedException {
        line.answers.put(A, SolutionOutcome.IGNORED);
        line.answers.put(B, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.missed(ReasonCode.SUBMIT_IGNORED));
        assertThat(line.asked).containsExactly(A);
    }

    @Test
    void afterSilenceOfALivingControllerNobodyElseGetsIt() throws InterruptedException {
        line.answers.put(B, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.taken(A));
        assertThat(line.asked).containsExactly(A);
    }

    @Test
    void afterSilenceItsStateDecides() throws InterruptedException {
        line.states.put(A, SolutionOutcome.UNKNOWN);
        line.answers.put(B, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.taken(B));
        assertThat(line.asked).containsExactly(A, B);
    }

    @Test
    void aControllerThatDiedIsGivenUp() throws InterruptedException {
        line.dieWhenAsked.add(A);
        line.answers.put(B, SolutionOutcome.TAKEN);
        assertThat(submit()).isEqualTo(Submitter.Result.taken(B));
        assertThat(guard.request(A.toString(), KEY, HASH, 5)).isEqualTo(SigningGuard.Decision.NO_SOLUTION);
    }

    @Test
    void withoutControllersTheReasonIsThat() throws InterruptedException {
        line.gone.addAll(List.of(A, B));
        assertThat(submit()).isEqualTo(Submitter.Result.missed(ReasonCode.NO_CONTROLLER));
        assertThat(line.asked).isEmpty();
    }

    private Submitter.Result submit() throws InterruptedException {
        return submitter.submit(5, Bytes.zeros(32), SOLUTION, List.of(A, B), 1_000_000_000);
    }

    private static final class Script implements ControllerLine {
        private final Map<InstanceId, SolutionOutcome> answers = new HashMap<>();
        private final Map<InstanceId, SolutionOutcome> states = new HashMap<>();
        private final Set<InstanceId> gone = new HashSet<>();
        private final Set<InstanceId> dieWhenAsked = new HashSet<>();
        private final List<InstanceId> asked = new ArrayList<>();

        @Override
        public Optional<SolutionAnswer> submit(InstanceId controller, SolutionSubmit solution, Duration limit) {
            asked.add(controller);
            if (dieWhenAsked.contains(controller)) {
                gone.add(controller);
            }
            return Optional.ofNullable(answers.get(controller)).map(o -> new SolutionAnswer(o, ""));
        }

        @Override
        public Optional<SolutionAnswer> state(InstanceId controller, SolutionStateRequest request, Duration limit) {
            return Optional.ofNullable(states.get(controller)).map(o -> new SolutionAnswer(o, ""));
        }

        @Override
        public boolean present(InstanceId controller) {
            return !gone.contains(controller);
        }
    }
}
