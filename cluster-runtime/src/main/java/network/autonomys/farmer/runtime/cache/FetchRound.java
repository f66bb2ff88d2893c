package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for one batch of pieces: each piece is asked of the best source that may hold it, all sources at once, then the next best
 * for what is still missing, and no source twice for the same piece.
 */
final class FetchRound {
    private static final Logger LOG = LoggerFactory.getLogger(FetchRound.class);

    private final List<PieceSource> sources;
    private final PieceBuffers buffers;
    private final ExecutorService threads;
    private final Duration limit;
    private final Set<Long> missing = new HashSet<>();
    private final Map<Long, Set<PieceSource>> tried = new HashMap<>();
    private final Set<PieceSource> failed = new HashSet<>();
    private boolean abandoned;

    FetchRound(
            long[] pieces, List<PieceSource> sources, PieceBuffers buffers, ExecutorService threads, Duration limit) {
        this.sources = sources.stream()
                .sorted(Comparator.comparingInt(PieceSource::rank))
                .toList();
        this.buffers = buffers;
        this.threads = threads;
        this.limit = limit;
        for (long piece : pieces) {
            missing.add(piece);
        }
    }

    /** Asks the next sources. An empty answer means that nobody is left to ask. The caller closes the pieces. */
    List<FetchedPiece> next() throws InterruptedException {
        while (true) {
            Map<PieceSource, List<Long>> asks = assign();
            if (asks.isEmpty()) {
                return List.of();
            }
            List<FetchedPiece> got = askAll(asks);
            if (!got.isEmpty()) {
                got.forEach(piece -> missing.remove(piece.index()));
                return got;
            }
        }
    }

    /** Puts a piece back on the list: what its source sent was no good. */
    void reject(FetchedPiece piece) {
        missing.add(piece.index());
    }

    /** Pieces that nobody could give so far. */
    Set<Long> unresolved() {
        return Set.copyOf(missing);
    }

    private Map<PieceSource, List<Long>> assign() {
        Map<PieceSource, List<Long>> asks = new HashMap<>();
        for (long piece : missing) {
            PieceSource best = best(piece);
            if (best != null) {
                asks.computeIfAbsent(best, source -> new ArrayList<>()).add(piece);
            }
        }
        return asks;
    }

    private @Nullable PieceSource best(long piece) {
        Set<PieceSource> asked = tried.getOrDefault(piece, Set.of());
        PieceSource best = null;
        int bestSpread = 0;
        for (PieceSource source : sources) {
            if (best != null && source.rank() > best.rank()) {
                break;
            }
            if (failed.contains(source) || asked.contains(source) || !source.mayHold(piece)) {
                continue;
            }
            int spread = Long.hashCode(
                    (piece + 1) * 0x9E3779B97F4A7C15L ^ source.name().hashCode() * 0xC2B2AE3D27D4EB4FL);
            if (best == null || spread > bestSpread) {
                best = source;
                bestSpread = spread;
            }
        }
        return best;
    }

    private List<FetchedPiece> askAll(Map<PieceSource, List<Long>> asks) throws InterruptedException {
        List<FetchedPiece> got = new ArrayList<>();
        Map<PieceSource, Future<?>> running = new HashMap<>();
        asks.forEach((source, pieces) -> {
            pieces.forEach(piece ->
                    tried.computeIfAbsent(piece, key -> new HashSet<>()).add(source));
            Callable<Void> ask = () -> {
                ask(source, pieces, got);
                return null;
            };
            running.put(source, threads.submit(ask));
        });
        try {
            for (Map.Entry<PieceSource, Future<?>> entry : running.entrySet()) {
                try {
                    entry.getValue().get();
                } catch (ExecutionException e) {
                    failed.add(entry.getKey());
                    LOG.debug("{} did not give pieces", entry.getKey().name(), e.getCause());
                }
            }
        } catch (InterruptedException e) {
            stopAll(running, got);
            throw e;
        }
        synchronized (got) {
            return List.copyOf(got);
        }
    }

    private void ask(PieceSource source, List<Long> pieces, List<FetchedPiece> got)
            throws IOException, InterruptedException {
        Set<Long> open = new HashSet<>(pieces);
        source.fetch(
                pieces.stream().mapToLong(Long::longValue).toArray(),
                (index, bytes) -> {
                    synchronized (open) {
                        if (!open.remove(index)) {
                            throw new IOException(source.name() + " sent piece " + index + " which nobody asked for");
                        }
                    }
                    if (bytes.byteSize() != buffers.pieceSize()) {
                        throw new IOException(source.name() + " sent a piece of " + bytes.byteSize() + " bytes");
                    }
                    PieceBuffers.Buffer buffer = buffers.take();
                    MemorySegment.copy(bytes, 0, buffer.bytes(), 0, bytes.byteSize());
                    keep(new FetchedPiece(index, buffer, source), got);
                },
                limit);
    }

    private void keep(FetchedPiece piece, List<FetchedPiece> got) throws InterruptedException {
        synchronized (got) {
            if (!abandoned) {
                got.add(piece);
                return;
            }
        }
        piece.close();
        throw new InterruptedException("the search was given up");
    }

    /** Gives the buffers back, also those of answers which are still on their way. */
    private void stopAll(Map<PieceSource, Future<?>> running, List<FetchedPiece> got) {
        synchronized (got) {
            abandoned = true;
            got.forEach(FetchedPiece::close);
            got.clear();
        }
        running.values().forEach(future -> future.cancel(true));
    }
}
