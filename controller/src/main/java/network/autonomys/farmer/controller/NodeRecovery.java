package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.BitSet;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;

/**
 * What the node still serves: the segment that it archived last, and segment 0, which it archives anew on demand (node-rpc §1.4.7).
 * Everything older is gone there.
 */
final class NodeRecovery implements SegmentRecovery {
    private final HeaderChain chain;
    private final SegmentIntake intake;
    private final PieceVault window;

    NodeRecovery(HeaderChain chain, SegmentIntake intake, PieceVault window) {
        this.chain = chain;
        this.intake = intake;
        this.window = window;
    }

    @Override
    public String name() {
        return "the node's window";
    }

    @Override
    public int recover(long segment, BitSet missing) throws IOException, InterruptedException {
        if (segment != 0 && segment != chain.size() - 1) {
            return 0;
        }
        int before = window.held().countInSegment(segment);
        intake.fetch(missing.stream()
                .mapToObj(position -> segment * PieceSet.PIECES_PER_SEGMENT + position)
                .toList());
        return window.held().countInSegment(segment) - before;
    }
}
