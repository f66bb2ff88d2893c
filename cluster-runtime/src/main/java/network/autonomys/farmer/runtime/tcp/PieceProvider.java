package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import network.autonomys.farmer.protocol.frame.TrafficClass;

/** Where a {@link BulkServer} has its pieces from. Called on virtual threads; may block on a disk. */
public interface PieceProvider {
    /** Provides nothing. */
    PieceProvider NONE = new PieceProvider() {
        @Override
        public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) {
            return false;
        }

        @Override
        public void bitmap(long segmentIndex, ByteBuffer into) {
            into.put(new byte[32]);
        }
    };

    /**
     * Fills a buffer with a piece.
     *
     * @param into room for 1 048 672 bytes, filled to its limit where the piece is here
     * @return false where the piece is not here
     */
    boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) throws IOException;

    /**
     * Writes which pieces of a segment are here: 32 bytes, bit p is byte p / 8, bit p % 8.
     */
    void bitmap(long segmentIndex, ByteBuffer into);
}
