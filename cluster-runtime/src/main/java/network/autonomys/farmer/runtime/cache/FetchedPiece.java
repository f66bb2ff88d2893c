package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.MemorySegment;

/**
 * A piece that arrived and is not verified yet.
 *
 * @param index piece index
 * @param buffer pooled buffer that holds it; the owner of this record gives it back
 * @param source who sent it
 */
record FetchedPiece(long index, PieceBuffers.Buffer buffer, PieceSource source)
        implements PieceVault.Piece, AutoCloseable {
    @Override
    public MemorySegment bytes() {
        return buffer.bytes();
    }

    @Override
    public void close() {
        buffer.close();
    }
}
