package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Gets the pieces of a sector from the cluster's cache tier. */
interface SectorPieces {
    /** Takes one piece, 1 048 672 bytes that are valid during the call only. Called once for each index, by one thread at a time. */
    @FunctionalInterface
    interface Sink {
        void piece(long pieceIndex, MemorySegment piece, String source);
    }

    /**
     * Fetches pieces, asking again for those that are missing.
     *
     * @param pieceIndexes all different
     * @param limit after which the rest is given up
     * @throws IOException naming how many pieces nobody gave
     */
    void fetch(long[] pieceIndexes, Sink sink, Duration limit) throws IOException, InterruptedException;

    /** Notes that what a source gave is not the piece, so that somebody else is asked next time. */
    void refuse(long pieceIndex, String source);
}
