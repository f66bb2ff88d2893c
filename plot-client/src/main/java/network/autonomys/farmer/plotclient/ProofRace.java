package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import network.autonomys.farmer.protocol.message.ProofRequest;

/**
 * Gets one proof in time: asks the best prover, goes elsewhere at once when it is busy or fails, asks a second one when the first is
 * late, and falls back to the plot itself (cluster-and-cli §3.6). The first solution wins; the others are told to stop.
 */
final class ProofRace {
    /**
     * When to do what.
     *
     * @param hedgeAfter a prover that has not answered for this long gets a rival
     * @param localAfter the local prover starts this long after the race began, even while others are still asked
     * @param localAfterNeighbour the same where all who are asked compute on this very host: a rival on the same processors makes both late
     */
    record Patience(Duration hedgeAfter, Duration localAfter, Duration localAfterNeighbour) {}

    private record Answer(Provers.Prover prover, ProofOutcome outcome) {}

    private final Provers provers;
    private final Patience patience;
    private final LongSupplier clock;

    /**
     * @param clock a nanosecond clock
     */
    ProofRace(Provers provers, Patience patience, LongSupplier clock) {
        this.provers = provers;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Runs the race in the calling thread.
     *
     * @param deadline clock value after which a solution is of no use
     * @return the solution, or the most telling reason why there is none
     */
    ProofOutcome run(ProofRequest task, long deadline) throws InterruptedException {
        long start = clock.getAsLong();
        Deque<Provers.Prover> remote = new ArrayDeque<>();
        Deque<Provers.Prover> local = new ArrayDeque<>();
        provers.candidates(task).forEach(p -> (p.local() ? local : remote).add(p));
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        List<Provers.Prover> asked = new ArrayList<>();
        ProofOutcome reason = new ProofOutcome.Failed("no prover");
        long nextHedge = start;
        try {
            while (true) {
                long now = clock.getAsLong();
                if (now - deadline >= 0) {
                    return asked.isEmpty() || reason instanceof ProofOutcome.FarmFault
                            ? reason
                            : new ProofOutcome.Failed("late");
                }
                if (!remote.isEmpty() && now - nextHedge >= 0) {
                    ask(remote.poll(), task, deadline - now, asked, answers);
                    nextHedge = now + patience.hedgeAfter().toNanos();
                }
                boolean idle = asked.isEmpty();
                long localAt = start + localAfter(asked).toNanos();
                if (!local.isEmpty() && ((idle && remote.isEmpty()) || now - localAt >= 0)) {
                    ask(local.poll(), task, deadline - now, asked, answers);
                }
                if (asked.isEmpty() && remote.isEmpty() && local.isEmpty()) {
                    return reason;
                }
                long wake = deadline;
                wake = remote.isEmpty() ? wake : Math.min(wake, nextHedge);
                wake = local.isEmpty() ? wake : Math.min(wake, localAt);
                Answer answer = answers.poll(Math.max(0, wake - clock.getAsLong()), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    continue;
                }
                asked.remove(answer.prover());
                if (answer.outcome() instanceof ProofOutcome.Proven
                        || answer.outcome() instanceof ProofOutcome.Unprovable) {
                    return answer.outcome();
                }
                reason = reason instanceof ProofOutcome.FarmFault ? reason : answer.outcome();
                nextHedge = clock.getAsLong();
            }
        } finally {
            asked.forEach(p -> provers.cancel(p, task));
        }
    }

    private Duration localAfter(List<Provers.Prover> asked) {
        return asked.stream().allMatch(prover -> prover.place() == Provers.Place.THIS_HOST)
                ? patience.localAfterNeighbour()
                : patience.localAfter();
    }

    private void ask(
            Provers.Prover prover,
            ProofRequest task,
            long budgetNanos,
            List<Provers.Prover> asked,
            BlockingQueue<Answer> answers) {
        asked.add(prover);
        provers.ask(prover, task, Duration.ofNanos(budgetNanos), outcome -> answers.add(new Answer(prover, outcome)));
    }
}
