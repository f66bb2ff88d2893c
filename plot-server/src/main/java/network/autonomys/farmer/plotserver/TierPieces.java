package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.time.Duration;
import network.autonomys.farmer.runtime.cache.PieceFinder;

/** Pieces of sectors from the cluster's cache tier. */
record TierPieces(PieceFinder finder) implements SectorPieces {
    @Override
    public void fetch(long[] pieceIndexes, Sink sink, Duration limit) throws IOException, InterruptedException {
        int missing = finder.fetch(pieceIndexes, sink::piece, limit);
        if (missing > 0) {
            throw new MissingPiecesException(missing, pieceIndexes.length);
        }
    }

    @Override
    public void refuse(long pieceIndex, String source) {
        finder.refuse(pieceIndex, source);
    }
}
