package network.autonomys.farmer.storage.pieces;

import java.io.IOException;

/** What the disk gave back is not what was written. */
public final class CorruptPieceException extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private final long pieceIndex;

    CorruptPieceException(long pieceIndex, String message) {
        super(message);
        this.pieceIndex = pieceIndex;
    }

    /** Index of the piece. */
    public long pieceIndex() {
        return pieceIndex;
    }
}
