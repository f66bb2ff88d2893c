package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.Optional;

/** Gets source pieces from the cluster's cache tier. */
@FunctionalInterface
interface PieceLookup {
    /**
     * One piece, 1 048 672 bytes. Blocks, at most for the given time.
     *
     * @return empty where nobody has it in time
     */
    Optional<byte[]> piece(long pieceIndex, Duration limit) throws InterruptedException;
}
