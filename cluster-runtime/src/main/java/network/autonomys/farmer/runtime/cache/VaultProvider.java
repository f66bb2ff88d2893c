package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.tcp.PieceProvider;

/** Serves the pieces of a vault to other processes. */
public final class VaultProvider implements PieceProvider {
    private final PieceVault vault;
    private final Metrics.Count answers;
    private final Metrics.Times times;
    private final Metrics.Count bytes;

    /** A provider over a vault, counting in these metrics. */
    public VaultProvider(PieceVault vault, Metrics metrics) {
        this.vault = vault;
        answers = metrics.count("pieces_served_total", "Answers to requests for pieces.", "class", "result");
        times = metrics.times("piece_read_seconds", "Time to read a piece that is served.", "class");
        bytes = metrics.count("pieces_served_bytes_total", "Bytes of pieces served.", "class");
    }

    @Override
    public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) throws IOException {
        String urgency = trafficClass.name().toLowerCase(Locale.ROOT);
        long start = System.nanoTime();
        if (!vault.read(pieceIndex, MemorySegment.ofBuffer(into))) {
            answers.increment(urgency, "miss");
            return false;
        }
        into.position(into.limit());
        times.recordNanos(System.nanoTime() - start, urgency);
        answers.increment(urgency, "hit");
        bytes.add(vault.pieceSize(), urgency);
        return true;
    }

    @Override
    public void bitmap(long segmentIndex, ByteBuffer into) {
        into.put(vault.held().bitmaps(segmentIndex, 1));
    }
}
