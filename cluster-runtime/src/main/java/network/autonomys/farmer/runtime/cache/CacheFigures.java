package network.autonomys.farmer.runtime.cache;

import java.util.Map;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.EventLog;

/** Counts what happens to a cache's pieces, and tells what people should know (cluster-and-cli §5.4). */
final class CacheFigures implements CacheEvents {
    private final EventLog events;
    private final Runnable onChange;
    private final Metrics.Count stored;
    private final Metrics.Count corrupt;
    private final Metrics.Count rejected;
    private final Metrics.Count dropped;
    private final Metrics.Count writeErrors;
    private boolean writeFailureTold;

    /**
     * @param onChange is called when a piece has become missing
     */
    CacheFigures(Metrics metrics, EventLog events, Runnable onChange) {
        this.events = events;
        this.onChange = onChange;
        stored = metrics.count("cache_pieces_stored_total", "Pieces fetched, verified and written.");
        corrupt = metrics.count("cache_corrupt_total", "Stored pieces whose checksum did not match.");
        rejected = metrics.count("cache_rejected_total", "Pieces from others that failed their verification.");
        dropped = metrics.count("cache_dropped_total", "Pieces outside the share, dropped as others hold them.");
        writeErrors = metrics.count("cache_write_errors_total", "Batches that the disk did not take.");
    }

    @Override
    public void stored(long[] pieces) {
        stored.add(pieces.length);
        synchronized (this) {
            writeFailureTold = false;
        }
    }

    @Override
    public void corrupted(long piece) {
        corrupt.increment();
        events.record(
                Severity.WARNING,
                "cache.corrupt",
                "a stored piece was corrupt; it was dropped and is fetched again",
                Map.of("piece", Long.toString(piece)));
        onChange.run();
    }

    @Override
    public void rejected(long piece, String source) {
        rejected.increment();
        events.record(
                Severity.WARNING,
                "cache.rejected",
                "a piece failed its verification",
                Map.of("piece", Long.toString(piece), "source", source));
    }

    @Override
    public void dropped(long piece) {
        dropped.increment();
    }

    @Override
    public void writeFailed(String reason) {
        writeErrors.increment();
        synchronized (this) {
            if (writeFailureTold) {
                return;
            }
            writeFailureTold = true;
        }
        events.record(Severity.ERROR, "cache.write-failed", "pieces cannot be written", Map.of("reason", reason));
    }
}
