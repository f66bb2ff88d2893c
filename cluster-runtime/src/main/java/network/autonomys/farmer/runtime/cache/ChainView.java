package network.autonomys.farmer.runtime.cache;

import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.settings.Timer;

/** The segment headers of the cluster's chain, for servers that check pieces and keep none. They are got again at each start. */
public final class ChainView implements AutoCloseable {
    private final HeaderChain chain = new HeaderChain();
    private final HeaderFeed feed;

    private ChainView(CacheHost host) {
        this.feed = new HeaderFeed(
                host.bus(),
                host.scheduler(),
                chain,
                host.timers().get(Timer.CACHE_RECONCILE),
                new HeaderFeed.Listener() {
                    @Override
                    public void grown(long segments) {
                        host.report().figure("segments", () -> segments);
                    }

                    @Override
                    public void fork(SegmentHeader header, Optional<InstanceId> announcedBy) {
                        host.events()
                                .record(
                                        Severity.ERROR,
                                        "header.fork",
                                        "a segment header contradicts those before",
                                        Map.of("segment", Long.toUnsignedString(header.segmentIndex())));
                    }
                });
    }

    /** Begins to follow. */
    public static ChainView start(CacheHost host) {
        return new ChainView(host);
    }

    /** The commitment of a segment, empty for one whose header has not arrived. */
    public Optional<Bytes> commitment(long segment) {
        return chain.commitment(segment);
    }

    @Override
    public void close() {
        feed.close();
    }
}
