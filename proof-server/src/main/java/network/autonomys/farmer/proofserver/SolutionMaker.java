package network.autonomys.farmer.proofserver;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;

/** Computes solutions from source pieces. */
interface SolutionMaker {
    /**
     * The solution; empty where the chunk of the request is not what the sector stores for this piece.
     *
     * @param wanted asked now and then
     * @throws java.util.concurrent.CancellationException where it is not wanted any more
     * @throws IllegalArgumentException where the piece's record is not made of scalars
     */
    Optional<Solution> solve(ProofRequest request, byte[] piece, BooleanSupplier wanted);

    /** Whether a solution follows from the real piece: a matter of milliseconds. */
    boolean isSound(ProofRequest request, Solution solution);

    /** Whether a piece is the one that the chain knows by this index, as far as that can be told: half a second. */
    boolean isGood(long pieceIndex, byte[] piece);
}
