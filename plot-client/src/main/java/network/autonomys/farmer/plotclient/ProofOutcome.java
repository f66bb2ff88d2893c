package network.autonomys.farmer.plotclient;

import network.autonomys.farmer.core.types.Solution;

/** What became of asking one prover. */
sealed interface ProofOutcome {
    /**
     * The complete solution.
     *
     * @param local true where the plot itself was read for it
     */
    record Proven(Solution solution, boolean local) implements ProofOutcome {}

    /** The prover has too much to do; it would need at least this long. */
    record Busy(long millis) implements ProofOutcome {}

    /** No cache has the source piece. */
    record NoPiece() implements ProofOutcome {}

    /** The prover could not be reached, did not answer in time or failed. */
    record Failed(String reason) implements ProofOutcome {}

    /** The plot could not be read, or does not hold what it should. */
    record FarmFault(String reason) implements ProofOutcome {}

    /** The chunk cannot be proven at all: it is stored unencoded. */
    record Unprovable(String reason) implements ProofOutcome {}
}
