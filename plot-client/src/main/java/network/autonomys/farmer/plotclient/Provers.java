package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.message.ProofRequest;

/** The provers that a plot-client can ask: the cluster's proof servers, and its own plots as the last resort. */
interface Provers {
    /** Where a prover computes. */
    enum Place {
        ELSEWHERE,
        /** Another process, on the processors that this one's proofs would need too. */
        THIS_HOST,
        THIS_PROCESS
    }

    /** A prover and what is known of it, best first. */
    record Prover(String id, Place place, Duration expected) {
        /** Whether it proves from this process's own plots. */
        boolean local() {
            return place == Place.THIS_PROCESS;
        }
    }

    /** The provers that could take this task now, the one to ask first in front; the local one, if allowed, last. */
    List<Prover> candidates(ProofRequest task);

    /**
     * Asks one prover. The answer arrives once, on any thread, and not later than shortly after the budget is over.
     *
     * @param budget time left for this answer
     */
    void ask(Prover prover, ProofRequest task, Duration budget, Consumer<ProofOutcome> answer);

    /** Tells a prover that its answer is no longer wanted. */
    void cancel(Prover prover, ProofRequest task);
}
