package network.autonomys.farmer.proofserver;

import java.util.Optional;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;

/** Computes solutions from source pieces. */
interface SolutionMaker {
    /**
     * The solution; empty where the chunk of the request is not what the sector stores for this piece.
     *
     * @throws IllegalArgumentException where the piece's record is not made of scalars
     */
    Optional<Solution> solve(ProofRequest request, byte[] piece);

    /** Whether a solution follows from the real piece: a matter of milliseconds. */
    boolean isSound(ProofRequest request, Solution solution);

    /** Whether a piece is the one that the chain knows by this index, as far as that can be told: half a second. */
    boolean isGood(long pieceIndex, byte[] piece);
}
