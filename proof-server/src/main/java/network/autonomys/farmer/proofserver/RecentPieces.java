package network.autonomys.farmer.proofserver;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Pieces that proofs were made from, the last used ones, up to a number of bytes. Thread-safe. */
final class RecentPieces {
    private final long limit;
    private final SequencedMap<Long, byte[]> pieces = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param limit most bytes of pieces; 0 keeps none
     */
    RecentPieces(long limit) {
        this.limit = limit;
    }

    /** A piece, if it is here. */
    synchronized Optional<byte[]> get(long index) {
        byte[] piece = pieces.remove(index);
        if (piece != null) {
            pieces.putLast(index, piece);
        }
        return Optional.ofNullable(piece);
    }

    /** Keeps a piece that is known to be good, and lets go of those not used for longest. */
    synchronized void put(long index, byte[] piece) {
        byte[] before = pieces.remove(index);
        bytes -= before == null ? 0 : before.length;
        if (piece.length > limit) {
            return;
        }
        pieces.putLast(index, piece);
        bytes += piece.length;
        while (bytes > limit) {
            bytes -= pieces.pollFirstEntry().getValue().length;
        }
    }

    /** Bytes held. */
    synchronized long bytes() {
        return bytes;
    }
}
