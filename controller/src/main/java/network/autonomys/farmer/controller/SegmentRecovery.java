package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.BitSet;

/** A way to bring pieces of a segment back into the window that no cache can give. */
interface SegmentRecovery {
    /** Name for the log. */
    String name();

    /**
     * Brings what it can of the missing pieces into the window, verified.
     *
     * @param segment segment whose header is known
     * @param missing positions in the segment, 0 … 255, that are wanted
     * @return how many pieces of the segment it brought
     * @throws IOException if it should have been possible and was not
     */
    int recover(long segment, BitSet missing) throws IOException, InterruptedException;
}
