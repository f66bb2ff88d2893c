package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The pieces that a cache holds durably. Safe for use by several threads. */
public interface PieceVault extends AutoCloseable {
    /** A piece and its bytes. */
    interface Piece {
        /** Piece index. */
        long index();

        /** Its bytes, {@link PieceVault#pieceSize()} of them. */
        MemorySegment bytes();
    }

    /** Bytes of one piece. */
    int pieceSize();

    /** How many pieces fit, including those held. */
    long capacity();

    /** The pieces held: durably written, verified, readable by others. A live view; do not change it. */
    PieceSet held();

    /** Pieces on the disk whose verification is still to come: neither held nor missing. A live view; do not change it. */
    PieceSet pending();

    /**
     * Writes verified pieces and makes them durable, all with one flush; only then they count as held.
     *
     * @throws IOException if the disk refuses; none of the pieces counts as held then, unless it did before
     */
    void store(List<? extends Piece> pieces) throws IOException;

    /**
     * Reads a piece and checks its checksum.
     *
     * @param target at least {@link #pieceSize()} bytes
     * @return false if the piece is not held, or was found corrupt or unreadable, in which case it is not held any longer
     * @throws IOException if the vault is closed
     */
    boolean read(long piece, MemorySegment target) throws IOException;

    /** As {@link #read}, but from the disk in any case: what scrubbing is for. */
    boolean check(long piece, MemorySegment target) throws IOException;

    /** Removes a piece. */
    void drop(long piece) throws IOException;

    @Override
    void close() throws IOException;
}
