package network.autonomys.farmer.runtime.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.message.HeaderNotice;
import network.autonomys.farmer.protocol.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segment headers: announced to whoever listens, and kept one per segment for those who come later (cluster-and-cli §3.5). */
public final class HeaderStream {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderStream.class);
    private static final int MOST = 1_000_000;

    private final Bus bus;

    public HeaderStream(Bus bus) {
        this.bus = bus;
    }

    /**
     * Announces a header and has it kept. Listeners get it even when it cannot be kept; then the future fails with
     * {@link BusException}.
     */
    public CompletableFuture<Long> publish(HeaderNotice notice) {
        long index = notice.header().segmentIndex();
        String id = "header-" + Long.toUnsignedString(index) + "-" + notice.controller();
        return bus.stream(StreamKind.HISTORY).append(bus.subjects().header(index), id, notice.toBytes());
    }

    /** Listens to new headers. Each controller announces each, so they come several times. */
    public Registration subscribe(Consumer<HeaderNotice> listener) {
        return bus.subscribe(bus.subjects().headerAll(), HeaderNotice.class, listener);
    }

    /** All headers kept, in the order of their announcement. */
    public List<HeaderNotice> stored() throws BusException {
        List<HeaderNotice> result = new ArrayList<>();
        for (MessageStream.Stored stored : bus.stream(StreamKind.HISTORY).read(1, MOST)) {
            try {
                result.add(Message.parse(stored.data().toArray(), HeaderNotice.class));
            } catch (ProtocolException e) {
                LOG.warn("stored header {}: {}", stored.subject(), e.getMessage());
            }
        }
        return result;
    }
}
