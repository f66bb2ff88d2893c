package network.autonomys.farmer.core.types;

import java.util.OptionalLong;

/** Piece and segment indexes, unsigned 64-bit numbers (primitives-archiving-kzg §4.4). Even pieces of a segment are source, odd ones parity. */
public final class PieceIndexes {
    private static final int PIECES = Constants.PIECES_PER_SEGMENT;

    private PieceIndexes() {}

    /** The segment that holds a piece. */
    public static long segment(long pieceIndex) {
        return pieceIndex >>> 8;
    }

    /** The position of a piece in its segment, 0 to 255. */
    public static int position(long pieceIndex) {
        return (int) (pieceIndex & (PIECES - 1));
    }

    public static boolean isSource(long pieceIndex) {
        return (pieceIndex & 1) == 0;
    }

    /** Which source record of its segment a source piece is, 0 to 127; {@link IllegalArgumentException} for a parity piece. */
    public static int sourcePosition(long pieceIndex) {
        return position(source(pieceIndex)) / 2;
    }

    /** The piece of a source record; positions of 128 and more run into the following segments, and numbers wrap at 2^64. */
    public static long fromSourcePosition(long sourcePosition, long segmentIndex) {
        return segmentIndex * PIECES + 2 * sourcePosition;
    }

    /** The source piece after this source piece; {@link IllegalArgumentException} for a parity piece. */
    public static long nextSource(long pieceIndex) {
        return fromSourcePosition(sourcePosition(pieceIndex) + 1L, segment(pieceIndex));
    }

    /** The source piece before this source piece, empty for piece 0; {@link IllegalArgumentException} for a parity piece. */
    public static OptionalLong previousSource(long pieceIndex) {
        return source(pieceIndex) == 0 ? OptionalLong.empty() : OptionalLong.of(pieceIndex - 2);
    }

    /** The first piece of a segment. */
    public static long firstOfSegment(long segmentIndex) {
        return segmentIndex * PIECES;
    }

    /** The last piece of a segment. */
    public static long lastOfSegment(long segmentIndex) {
        return segmentIndex * PIECES + PIECES - 1;
    }

    /** The 256 pieces of a segment: the source pieces in order, then the parity pieces. */
    public static long[] sourceFirst(long segmentIndex) {
        long[] order = new long[PIECES];
        long first = firstOfSegment(segmentIndex);
        for (int i = 0; i < PIECES / 2; i++) {
            order[i] = first + 2L * i;
            order[PIECES / 2 + i] = first + 2L * i + 1;
        }
        return order;
    }

    private static long source(long pieceIndex) {
        if (!isSource(pieceIndex)) {
            throw new IllegalArgumentException("piece " + Long.toUnsignedString(pieceIndex) + " is a parity piece");
        }
        return pieceIndex;
    }
}
