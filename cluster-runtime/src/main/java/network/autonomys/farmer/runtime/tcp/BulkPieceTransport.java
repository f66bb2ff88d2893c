package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.PieceSource;
import network.autonomys.farmer.runtime.cache.PieceTransport;

/** The caches' way to each other's bulk listeners. */
public final class BulkPieceTransport implements PieceTransport {
    private final BulkClient client;
    private final TrafficClass trafficClass;
    private final String ownHost;
    private final Duration bitmapLimit;

    /**
     * @param ownHost this host's name, for loopback addresses
     * @param bitmapLimit time for an answer about what a cache holds
     */
    public BulkPieceTransport(BulkClient client, TrafficClass trafficClass, String ownHost, Duration bitmapLimit) {
        this.client = client;
        this.trafficClass = trafficClass;
        this.ownHost = ownHost;
        this.bitmapLimit = bitmapLimit;
    }

    @Override
    public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
            throws IOException, InterruptedException {
        client.fetchPieces(address, pieces, trafficClass, limit, sink::piece);
    }

    @Override
    public byte[] bitmaps(Presence cache, long firstSegment, int count) throws IOException, InterruptedException {
        String address = PieceTransport.address(cache, ownHost);
        if (address.isEmpty()) {
            throw new IOException(cache.id() + " serves no address that this host reaches");
        }
        return client.bitmaps(address, firstSegment, count, bitmapLimit);
    }
}
