package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.runtime.cache.PieceFinder;

/** Gets source pieces from the cluster's cache tier. */
interface PieceLookup {
    /**
     * One piece, 1 048 672 bytes. Blocks, at most for the given time.
     *
     * @return empty where nobody has it in time
     */
    Optional<PieceFinder.Found> piece(long pieceIndex, Duration limit) throws InterruptedException;

    /** Notes that what a source gave is not the piece: somebody else is asked next time. */
    void refuse(long pieceIndex, String source);
}
