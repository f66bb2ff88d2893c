package network.autonomys.farmer.core.types;

import java.util.OptionalLong;

/** History sizes: how many segments of history there are, unsigned and not 0 (primitives-archiving-kzg §4.4). */
public final class HistorySizes {
    private HistorySizes() {}

    /** The history size whose last segment this is; wraps to 0 for the segment index 2^64 - 1. */
    public static long ofSegment(long segmentIndex) {
        return segmentIndex + 1;
    }

    /** The index of the last segment. */
    public static long segmentIndex(long historySize) {
        return Checks.nonZero(historySize, "historySize") - 1;
    }

    /** The number of pieces, 2^64 - 1 at most. */
    public static long inPieces(long historySize) {
        return historySize >>> 56 != 0 ? -1 : historySize * Constants.PIECES_PER_SEGMENT;
    }

    /** The history size from which on the expiration of a sector can be told; empty where it overflows. */
    public static OptionalLong expirationCheck(long historySize, long minSectorLifetime) {
        long sum = historySize + minSectorLifetime;
        return Long.compareUnsigned(sum, historySize) < 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }
}
