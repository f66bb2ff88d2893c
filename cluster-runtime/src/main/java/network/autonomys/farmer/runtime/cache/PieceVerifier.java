package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;

/** Tells whether pieces are what the chain of segment headers says they are (primitives §7.7, §11.1). */
@FunctionalInterface
public interface PieceVerifier {
    /**
     * Checks a batch.
     *
     * @param indexes piece indexes
     * @param pieces their bytes, in the same order
     * @return positions of the pieces that must not be used: wrong content, or of a segment whose header is not known
     */
    BitSet invalid(long[] indexes, List<MemorySegment> pieces);
}
