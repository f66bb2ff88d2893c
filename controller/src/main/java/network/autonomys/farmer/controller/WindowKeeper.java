package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.TreeSet;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the window small: pieces leave it once the caches hold them, those of the newest segment when a newer one is there; and when it
 * is nearly full the oldest segments make room.
 */
final class WindowKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(WindowKeeper.class);

    private final PieceVault window;
    private final SegmentCoverage coverage;

    WindowKeeper(PieceVault window, SegmentCoverage coverage) {
        this.window = window;
        this.coverage = coverage;
    }

    /** Looks at everything once. */
    void tidy() throws IOException, InterruptedException {
        TreeSet<Long> segments = new TreeSet<>();
        for (long piece : window.held().toArray()) {
            segments.add(piece / PieceSet.PIECES_PER_SEGMENT);
        }
        if (segments.isEmpty()) {
            return;
        }
        long newest = segments.last();
        for (long segment : segments.headSet(newest)) {
            drop(segment, coverage.held(segment));
        }
        while (window.capacity() - window.held().size() < PieceSet.PIECES_PER_SEGMENT && segments.size() > 1) {
            long oldest = segments.pollFirst();
            if (window.held().countInSegment(oldest) > 0) {
                LOG.warn("The window is full: segment {} leaves it, although no cache took all of it", oldest);
                drop(oldest, window.held());
            }
        }
    }

    private void drop(long segment, PieceSet pieces) throws IOException {
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
            long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
            if (pieces.contains(piece) && window.held().contains(piece)) {
                window.drop(piece);
            }
        }
    }
}
