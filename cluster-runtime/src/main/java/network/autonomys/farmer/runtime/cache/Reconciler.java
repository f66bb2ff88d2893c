package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a cache hold what it should (cluster-and-cli §3.7): works out the share, fetches what is missing, newest segments first,
 * verifies, writes, announces; and drops what is outside the share once enough others hold it. It can be stopped at any moment and
 * goes on where the disk says it is. Every change of the aim restarts the pass, so a new segment overtakes an old backlog.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final PieceVault vault;
    private final CacheView view;
    private final PieceVerifier verifier;
    private final CacheEvents events;
    private final ReconcileSettings settings;
    private final PieceBuffers buffers;
    private final ExecutorService threads;
    private final Semaphore batches;
    private final PieceSet inFlight = new PieceSet();
    private final PieceSet wanted = new PieceSet();
    private final Map<Long, Deferral> deferrals = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private long generation;
    private boolean closed;
    private CacheView.@Nullable Target aim;
    private volatile ReconcileProgress progress = ReconcileProgress.NONE;
    private volatile @Nullable String trouble;

    private record Deferral(int attempts, long notBeforeNanos) {}

    /** A loop over a cache's pieces; {@link #start()} sets it going. */
    public Reconciler(
            PieceVault vault, CacheView view, PieceVerifier verifier, CacheEvents events, ReconcileSettings settings) {
        this.vault = vault;
        this.view = view;
        this.verifier = verifier;
        this.events = events;
        this.settings = settings;
        this.buffers = new PieceBuffers(vault.pieceSize(), settings.buffers());
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("cache-fetch-", 0).factory());
        this.batches = new Semaphore(settings.parallelBatches());
    }

    /** Starts the loop. */
    public void start() {
        threads.execute(this::loop);
    }

    /** Tells the loop that the aim, the sources or the held pieces changed. */
    public void wake() {
        lock.lock();
        try {
            generation++;
            deferrals.clear();
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How far the cache is. */
    public ReconcileProgress progress() {
        ReconcileProgress last = progress;
        return new ReconcileProgress(vault.held().size(), last.wanted(), last.missing(), last.excess(), trouble);
    }

    /** Whether everything wanted of a segment is held. */
    public boolean complete(long segment) {
        boolean any = false;
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
            long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
            if (wanted.contains(piece)) {
                any = true;
                if (!vault.held().contains(piece)) {
                    return false;
                }
            }
        }
        return any;
    }

    /** Stops fetching; pieces on their way are given up, those written stay. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A fetch did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        buffers.close();
    }

    private void loop() {
        try {
            while (true) {
                long seen = generation();
                long waitNanos = settings.period().toNanos();
                try {
                    waitNanos = Math.min(waitNanos, pass(seen));
                } catch (RuntimeException e) {
                    LOG.error("A reconcile pass failed; trying again in {}", settings.retryMax(), e);
                    waitNanos = settings.retryMax().toNanos();
                }
                if (!awaitChange(seen, waitNanos)) {
                    return;
                }
            }
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.debug("The reconcile loop ends", e);
        }
    }

    /** One look at everything; returns after how many nanoseconds the next is due. */
    private long pass(long seen) throws InterruptedException {
        CacheView.Target target = view.target();
        if (!target.equals(aim)) {
            computeWanted(target);
            aim = target;
        }
        count();
        long room = vault.capacity() - vault.held().size() - inFlight.size();
        long nextTry = Long.MAX_VALUE;
        boolean complete = true;
        List<Long> batch = new ArrayList<>();
        for (long segment = wanted.segmentBound() - 1; segment >= 0; segment--) {
            long due = dueInNanos(segment);
            boolean deferred = due > 0;
            for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
                long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
                if (!wanted.contains(piece) || vault.held().contains(piece)) {
                    continue;
                }
                complete = false;
                if (deferred || inFlight.contains(piece) || vault.pending().contains(piece)) {
                    continue;
                }
                if (room-- <= 0) {
                    trouble = "no room for more than " + vault.capacity() + " pieces";
                    submit(batch);
                    dropExcess();
                    return settings.retryMax().toNanos();
                }
                batch.add(piece);
                if (batch.size() == settings.batchPieces()) {
                    submit(batch);
                    batch = new ArrayList<>();
                    if (generation() != seen) {
                        return 0;
                    }
                }
            }
            if (deferred) {
                nextTry = Math.min(nextTry, due);
            }
        }
        submit(batch);
        if (complete) {
            trouble = null;
            buffers.trim();
            dropExcess();
        }
        return nextTry;
    }

    private void computeWanted(CacheView.Target target) {
        long bound = Math.max(target.segments(), wanted.segmentBound());
        for (long piece = 0; piece < bound * PieceSet.PIECES_PER_SEGMENT; piece++) {
            boolean known = piece < target.segments() * PieceSet.PIECES_PER_SEGMENT;
            if (known && target.share().wants(piece)) {
                wanted.add(piece);
            } else {
                wanted.remove(piece);
            }
        }
    }

    private void count() {
        long missing = 0;
        for (long piece : wanted.toArray()) {
            if (!vault.held().contains(piece)) {
                missing++;
            }
        }
        long have = vault.held().size();
        progress = new ReconcileProgress(have, wanted.size(), missing, have - (wanted.size() - missing), trouble);
    }

    private void submit(List<Long> pieces) throws InterruptedException {
        if (pieces.isEmpty()) {
            return;
        }
        batches.acquire();
        pieces.forEach(inFlight::add);
        try {
            threads.execute(() -> {
                try {
                    fill(pieces);
                } finally {
                    pieces.forEach(inFlight::remove);
                    batches.release();
                    nudge();
                }
            });
        } catch (RejectedExecutionException e) {
            batches.release();
            throw e;
        }
    }

    private void fill(List<Long> pieces) {
        long[] indexes = pieces.stream().mapToLong(Long::longValue).toArray();
        try {
            FetchRound round = new FetchRound(indexes, view.sources(indexes), buffers, threads, settings.fetchLimit());
            while (true) {
                List<FetchedPiece> got = round.next();
                if (got.isEmpty()) {
                    break;
                }
                try {
                    take(got, round);
                } finally {
                    got.forEach(FetchedPiece::close);
                }
            }
            settle(pieces, round.unresolved());
        } catch (IOException | UncheckedIOException e) {
            LOG.error("Pieces cannot be written: {}", e.toString());
            trouble = "write failed: " + e.getMessage();
            events.writeFailed(String.valueOf(e.getMessage()));
            settle(pieces, Set.copyOf(pieces));
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.debug("A batch was given up", e);
        } catch (RuntimeException e) {
            LOG.error("A batch failed", e);
            settle(pieces, Set.copyOf(pieces));
        }
    }

    private void take(List<FetchedPiece> got, FetchRound round) throws IOException {
        long[] indexes = got.stream().mapToLong(FetchedPiece::index).toArray();
        List<MemorySegment> bytes = got.stream().map(FetchedPiece::bytes).toList();
        BitSet invalid = verifier.invalid(indexes, bytes);
        List<FetchedPiece> good = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
            FetchedPiece piece = got.get(i);
            if (invalid.get(i)) {
                LOG.warn(
                        "{} sent piece {} which fails its verification",
                        piece.source().name(),
                        piece.index());
                events.rejected(piece.index(), piece.source().name());
                round.reject(piece);
            } else {
                good.add(piece);
            }
        }
        if (!good.isEmpty()) {
            vault.store(good);
            events.stored(good.stream().mapToLong(FetchedPiece::index).toArray());
        }
    }

    /** Pieces that nobody had: their segments wait, longer each time. */
    private void settle(List<Long> pieces, Set<Long> unresolved) {
        lock.lock();
        try {
            pieces.stream()
                    .filter(unresolved::contains)
                    .map(piece -> piece / PieceSet.PIECES_PER_SEGMENT)
                    .distinct()
                    .forEach(segment -> deferrals.compute(segment, (key, old) -> longer(old)));
        } finally {
            lock.unlock();
        }
    }

    private Deferral longer(@Nullable Deferral old) {
        int attempts = old == null ? 1 : old.attempts() + 1;
        Duration wait = settings.retryMin().multipliedBy(1L << Math.min(attempts - 1, 20));
        if (wait.compareTo(settings.retryMax()) > 0) {
            wait = settings.retryMax();
        }
        return new Deferral(attempts, System.nanoTime() + wait.toNanos());
    }

    private long dueInNanos(long segment) {
        lock.lock();
        try {
            Deferral deferral = deferrals.get(segment);
            return deferral == null ? 0 : deferral.notBeforeNanos() - System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void dropExcess() throws InterruptedException {
        if (progress.excess() == 0 || !view.beginDropping()) {
            return;
        }
        for (long piece : vault.held().toArray()) {
            if (!wanted.contains(piece) && view.enoughCopiesElsewhere(piece)) {
                try {
                    vault.drop(piece);
                    events.dropped(piece);
                } catch (IOException e) {
                    LOG.warn("Piece {} cannot be dropped", piece, e);
                    return;
                }
            }
        }
        count();
    }

    private long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** A batch ended: the loop counts again, but waiting segments keep waiting. */
    private void nudge() {
        lock.lock();
        try {
            generation++;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitChange(long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && generation == seen && left > 0) {
                left = woken.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
