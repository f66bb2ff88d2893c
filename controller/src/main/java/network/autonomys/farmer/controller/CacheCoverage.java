package network.autonomys.farmer.controller;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceSet;

/** What the caches confirm to hold of a segment, asked anew each time. */
record CacheCoverage(Supplier<? extends Collection<Presence>> caches, PeerHoldings holdings)
        implements SegmentCoverage {
    @Override
    public PieceSet held(long segment) throws InterruptedException {
        List<Presence> answered = holdings.refresh(caches.get(), segment, 1);
        PieceSet union = new PieceSet();
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
            long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
            if (answered.stream().anyMatch(cache -> holdings.of(cache.id()).contains(piece))) {
                union.add(piece);
            }
        }
        return union;
    }
}
