package network.autonomys.farmer.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.PieceSource;
import network.autonomys.farmer.runtime.cache.PieceTransport;

/** Fetches pieces by another transport and notes for each listener how many came, how fast, and how often it failed. */
final class MeasuringTransport implements PieceTransport {
    private final PieceTransport transport;
    private final Map<String, Listener> listeners = new ConcurrentSkipListMap<>();

    MeasuringTransport(PieceTransport transport) {
        this.transport = transport;
    }

    /** What was seen of one listener, {@code host:port}. */
    static final class Listener {
        private final Latencies latencies = new Latencies();
        private long asked;
        private long pieces;
        private long bytes;
        private long failures;

        synchronized long asked() {
            return asked;
        }

        synchronized long pieces() {
            return pieces;
        }

        synchronized long bytes() {
            return bytes;
        }

        /** Requests that did not end as they should. */
        synchronized long failures() {
            return failures;
        }

        /** Time from a request to each of its pieces. */
        Latencies latencies() {
            return latencies;
        }

        private synchronized void request(int count) {
            asked += count;
        }

        private synchronized void came(long size, long nanos) {
            pieces++;
            bytes += size;
            latencies.add(nanos);
        }

        private synchronized void failed() {
            failures++;
        }
    }

    /** What was seen so far, by listener. */
    Map<String, Listener> listeners() {
        return listeners;
    }

    @Override
    public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
            throws IOException, InterruptedException {
        Listener listener = listeners.computeIfAbsent(address, name -> new Listener());
        listener.request(pieces.length);
        long start = System.nanoTime();
        try {
            transport.fetch(
                    address,
                    pieces,
                    (index, bytes) -> {
                        listener.came(bytes.byteSize(), System.nanoTime() - start);
                        sink.piece(index, bytes);
                    },
                    limit);
        } catch (IOException e) {
            listener.failed();
            throw e;
        }
    }

    @Override
    public byte[] bitmaps(Presence cache, long firstSegment, int count) throws IOException, InterruptedException {
        return transport.bitmaps(cache, firstSegment, count);
    }
}
