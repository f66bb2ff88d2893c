package network.autonomys.farmer.controller;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers segments one after the other, cheapest way first (design §5, "Where pieces come from"): each costs up to half a minute of
 * processor time and 256 MiB, and several caches ask for the same one. Who asks for a segment in work gets the work in progress; one
 * that could not be recovered is not tried again at once.
 */
final class RecoveryQueue {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryQueue.class);

    private final PieceVault window;
    private final List<SegmentRecovery> ways;
    private final Executor threads;
    private final Duration restAfterFailure;
    private final Semaphore turn = new Semaphore(1, true);
    private final Map<Long, Work> works = new HashMap<>();

    /** So few pieces do not wait for a cache's whole batch: somebody plots or proves with them. */
    private static final int FEW = 16;

    private record Work(BitSet wanted, CompletableFuture<Void> done, long startedNanos) {
        boolean brings(BitSet pieces) {
            BitSet others = (BitSet) pieces.clone();
            others.andNot(wanted);
            return others.isEmpty();
        }
    }

    /**
     * A queue without work.
     *
     * @param ways cheapest first; the first one bounds by itself what it does at one time, so that a few pieces need not wait for their turn
     * @param restAfterFailure time before a segment is tried again that could not be recovered completely
     */
    RecoveryQueue(PieceVault window, List<SegmentRecovery> ways, Executor threads, Duration restAfterFailure) {
        this.window = window;
        this.ways = ways;
        this.threads = threads;
        this.restAfterFailure = restAfterFailure;
    }

    /** Begins to recover pieces of a segment, or joins the work on it. The future ends when nothing more is to be had. */
    CompletableFuture<Void> recover(long segment, BitSet missing) {
        BitSet wanted = (BitSet) missing.clone();
        CompletableFuture<Void> done;
        synchronized (works) {
            works.values()
                    .removeIf(work -> work.done().isDone()
                            && System.nanoTime() - work.startedNanos() > restAfterFailure.toNanos());
            Work known = works.get(segment);
            if (known != null) {
                boolean joins =
                        ways.isEmpty() || known.done().isDone() || wanted.cardinality() > FEW || known.brings(wanted);
                return joins ? known.done().copy() : ahead(segment, wanted, known.done());
            }
            done = new CompletableFuture<>();
            works.put(segment, new Work(wanted, done, System.nanoTime()));
        }
        try {
            threads.execute(() -> run(segment, wanted, done));
        } catch (RejectedExecutionException e) {
            done.complete(null);
        }
        return done.copy();
    }

    /** Recovers a few pieces in the cheapest way while others of their segment are in work; those that it does not bring wait for that work. */
    private CompletableFuture<Void> ahead(long segment, BitSet wanted, CompletableFuture<Void> work) {
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    tryOne(ways.getFirst(), segment, lacking(segment, wanted));
                } catch (InterruptedException e) {
                    LOG.debug("Recovery of segment {} was stopped", segment, e);
                } finally {
                    all.complete(lacking(segment, wanted).isEmpty());
                }
            });
        } catch (RejectedExecutionException e) {
            all.complete(true);
        }
        return all.thenCompose(brought -> brought ? CompletableFuture.completedFuture(null) : work.copy());
    }

    private void run(long segment, BitSet wanted, CompletableFuture<Void> done) {
        try {
            turn.acquire();
            try {
                tryAll(segment, wanted);
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            LOG.debug("Recovery of segment {} was stopped", segment, e);
        } finally {
            if (lacking(segment, wanted).isEmpty()) {
                synchronized (works) {
                    works.remove(segment);
                }
            }
            done.complete(null);
        }
    }

    private void tryAll(long segment, BitSet wanted) throws InterruptedException {
        for (SegmentRecovery way : ways) {
            BitSet missing = lacking(segment, wanted);
            if (missing.isEmpty()) {
                return;
            }
            tryOne(way, segment, missing);
        }
        BitSet missing = lacking(segment, wanted);
        if (!missing.isEmpty()) {
            LOG.warn("{} pieces of segment {} cannot be had from anywhere", missing.cardinality(), segment);
        }
    }

    private static void tryOne(SegmentRecovery way, long segment, BitSet missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        try {
            int brought = way.recover(segment, missing);
            if (brought > 0) {
                LOG.info("{} pieces of segment {} recovered from {}", brought, segment, way.name());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Segment {} cannot be recovered from {}: {}", segment, way.name(), e.toString());
        }
    }

    private BitSet lacking(long segment, BitSet wanted) {
        BitSet missing = (BitSet) wanted.clone();
        wanted.stream()
                .filter(position -> window.held().contains(segment * PieceSet.PIECES_PER_SEGMENT + position))
                .forEach(missing::clear);
        return missing;
    }
}
