package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one piece as soon as somebody gives it. The first proof then finds a connection and the classes of a fetch, for which it would wait a third of a
 * second, and the log says where nobody has pieces before a slot is lost for it.
 */
final class FirstPiece implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstPiece.class);

    /** Every chain has it. */
    private static final long INDEX = 0;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** Caches of a new cluster fill themselves meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PieceLookup pieces;
    private final Scheduler scheduler;
    private final long start;
    private volatile boolean closed;

    /** Begins a second from now, and tries again at longer and longer intervals. */
    FirstPiece(PieceLookup pieces, Scheduler scheduler) {
        this.pieces = pieces;
        this.scheduler = scheduler;
        this.start = scheduler.nanoTime();
        scheduler.after(FIRST_DELAY, () -> fetch(FIRST_DELAY.multipliedBy(2)));
    }

    private void fetch(Duration delay) {
        if (closed) {
            return;
        }
        Optional<PieceFinder.Found> found;
        long begun = scheduler.nanoTime();
        try {
            found = pieces.piece(INDEX, LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (found.isPresent()) {
            LOG.info(
                    "pieces are in reach: {} gave one in {} ms",
                    found.get().source(),
                    TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - begun));
            return;
        }
        if (scheduler.nanoTime() - start > PATIENCE.toNanos()) {
            LOG.warn(
                    "nobody gives piece {}: without pieces nothing is proven here; are caches running, and do they hold pieces?",
                    INDEX);
        }
        Duration longer = delay.compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : delay;
        scheduler.after(delay, () -> fetch(longer));
    }

    /** Tries no more. */
    @Override
    public void close() {
        closed = true;
    }
}
