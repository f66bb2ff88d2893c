package network.autonomys.farmer.proofserver;

import java.util.Optional;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;

/** Computes a solution from a source piece. */
@FunctionalInterface
interface SolutionMaker {
    /**
     * The solution; empty where the chunk of the request is not what the sector stores for this piece.
     *
     * @throws IllegalArgumentException where the piece is damaged
     */
    Optional<Solution> solve(ProofRequest request, byte[] piece);
}
