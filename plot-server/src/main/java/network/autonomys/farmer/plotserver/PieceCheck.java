package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/** Tells which pieces of a sector are not what the chain's segment headers say. */
interface PieceCheck {
    /**
     * Waits until the chain's headers of all these pieces are known.
     *
     * @throws IOException where they did not arrive in time
     */
    void await(long[] pieceIndexes, Duration limit) throws IOException, InterruptedException;

    /**
     * Checks pieces whose headers are known. A long computation on the calling thread.
     *
     * @param records 1 MiB each
     * @param points commitment and witness of each, 96 bytes
     * @return the numbers of the bad ones
     */
    BitSet invalid(long[] pieceIndexes, List<MemorySegment> records, List<MemorySegment> points);
}
