package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.junit.jupiter.api.Test;

class ProofRaceTest {
    private static final ProofRequest TASK = new ProofRequest(
            new InstanceId(1, 2),
            Bytes.zeros(32),
            Bytes.zeros(32),
            0,
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
    private static final ProofOutcome PROVEN =
            new ProofOutcome.Proven(Solution.genesis(Bytes.zeros(32), Bytes.zeros(32)), false);

    private final Scripted provers = new Scripted();

    @Test
    void theFirstProverAnswers() throws InterruptedException {
        provers.remote("a", PROVEN);
        provers.remote("b", PROVEN);
        assertThat(race(Duration.ofSeconds(5), Duration.ofSeconds(5))).isEqualTo(PROVEN);
        assertThat(provers.asked).containsExactly("a");
    }

    @Test
    void aBusyProverSendsUsElsewhereAtOnce() throws InterruptedException {
        provers.remote("a", new ProofOutcome.Busy(900));
        provers.remote("b", PROVEN);
        assertThat(race(Duration.ofSeconds(5), Duration.ofSeconds(5))).isEqualTo(PROVEN);
        assertThat(provers.asked).containsExactly("a", "b");
    }

    @Test
    void aSilentProverGetsARivalAndIsCancelled() throws InterruptedException {
        provers.remote("a", null);
        provers.remote("b", PROVEN);
        assertThat(race(Duration.ofMillis(20), Duration.ofSeconds(5))).isEqualTo(PROVEN);
        assertThat(provers.asked).containsExactly("a", "b");
        assertThat(provers.cancelled).containsExactly("a");
    }

    @Test
    void thePlotItselfIsTheLastResort() throws InterruptedException {
        provers.remote("a", new ProofOutcome.NoPiece());
        provers.local(PROVEN);
        assertThat(race(Duration.ofSeconds(5), Duration.ofSeconds(5))).isEqualTo(PROVEN);
        assertThat(provers.asked).containsExactly("a", "local");
    }

    @Test
    void thePlotIsTriedWhileTheOthersAreSilent() throws InterruptedException {
        provers.remote("a", null);
        provers.local(PROVEN);
        assertThat(race(Duration.ofSeconds(5), Duration.ofMillis(20))).isEqualTo(PROVEN);
        assertThat(provers.cancelled).containsExactly("a");
    }

    @Test
    void withoutAnySolutionTheLastReasonIsTold() throws InterruptedException {
        provers.remote("a", new ProofOutcome.Failed("gone"));
        provers.remote("b", new ProofOutcome.NoPiece());
        assertThat(race(Duration.ofSeconds(5), Duration.ofSeconds(5))).isEqualTo(new ProofOutcome.NoPiece());
        assertThat(new ProofRace(new Scripted(), patience(1, 1), System::nanoTime)
                        .run(TASK, System.nanoTime() + 1_000_000_000))
                .isEqualTo(new ProofOutcome.Failed("no prover"));
    }

    @Test
    void aSilentNeighbourHasLongerBeforeThePlotCompetesWithIt() throws InterruptedException {
        provers.neighbour("a");
        provers.local(PROVEN);
        ProofRace race = new ProofRace(
                provers,
                new ProofRace.Patience(Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(50)),
                System::nanoTime);
        long start = System.nanoTime();
        assertThat(race.run(TASK, start + 30_000_000_000L)).isEqualTo(PROVEN);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(provers.cancelled).containsExactly("a");
    }

    @Test
    void theDeadlineEndsTheRace() throws InterruptedException {
        provers.remote("a", null);
        ProofRace race = new ProofRace(provers, patience(5000, 5000), System::nanoTime);
        assertThat(race.run(TASK, System.nanoTime() + 30_000_000)).isEqualTo(new ProofOutcome.Failed("late"));
        assertThat(provers.cancelled).containsExactly("a");
    }

    private ProofOutcome race(Duration hedge, Duration local) throws InterruptedException {
        return new ProofRace(provers, new ProofRace.Patience(hedge, local, Duration.ofSeconds(5)), System::nanoTime)
                .run(TASK, System.nanoTime() + 30_000_000_000L);
    }

    private static ProofRace.Patience patience(int hedgeMillis, int localMillis) {
        return new ProofRace.Patience(
                Duration.ofMillis(hedgeMillis), Duration.ofMillis(localMillis), Duration.ofMillis(localMillis));
    }

    /** Provers that answer what they are told to, or never. */
    private static final class Scripted implements Provers {
        private final Map<Prover, List<ProofOutcome>> script = new LinkedHashMap<>();
        private final List<String> asked = new ArrayList<>();
        private final List<String> cancelled = new ArrayList<>();

        void remote(String id, @org.jspecify.annotations.Nullable ProofOutcome outcome) {
            script.put(new Prover(id, Place.ELSEWHERE, Duration.ZERO), outcome == null ? List.of() : List.of(outcome));
        }

        void neighbour(String id) {
            script.put(new Prover(id, Place.THIS_HOST, Duration.ZERO), List.of());
        }

        void local(ProofOutcome outcome) {
            script.put(new Prover("local", Place.THIS_PROCESS, Duration.ZERO), List.of(outcome));
        }

        @Override
        public List<Prover> candidates(ProofRequest task) {
            return List.copyOf(script.keySet());
        }

        @Override
        public void ask(Prover prover, ProofRequest task, Duration budget, Consumer<ProofOutcome> answer) {
            asked.add(prover.id());
            script.getOrDefault(prover, List.of()).forEach(answer);
        }

        @Override
        public void cancel(Prover prover, ProofRequest task) {
            cancelled.add(prover.id());
        }
    }
}
