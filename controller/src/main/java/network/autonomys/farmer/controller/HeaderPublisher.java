package network.autonomys.farmer.controller;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.HeaderNotice;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.HeaderStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces segment headers, and has each kept in the stream for those who come later. New ones go out at once; what could not be stored,
 * because JetStream was away, is stored when it is back.
 */
final class HeaderPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderPublisher.class);

    /** Stored in one go, so that a long history does not fill the outgoing buffer. */
    private static final int AT_A_TIME = 256;

    private final HeaderStream stream;
    private final HeaderChain chain;
    private final InstanceId self;
    private final Supplier<String> source;
    private final Set<Long> stored = new HashSet<>();
    private boolean storedKnown;

    HeaderPublisher(HeaderStream stream, HeaderChain chain, InstanceId self, Supplier<String> source) {
        this.stream = stream;
        this.chain = chain;
        this.self = self;
        this.source = source;
    }

    /** Announces a new header. */
    @SuppressWarnings("FutureReturnValueIgnored") // its end is noted
    void announce(SegmentHeader header) {
        stream.publish(new HeaderNotice(self, header, source.get())).whenComplete((sequence, failure) -> {
            if (failure == null) {
                synchronized (stored) {
                    stored.add(header.segmentIndex());
                }
            } else {
                LOG.debug("Segment header {} is not stored yet", header.segmentIndex(), failure);
            }
        });
    }

    /** Stores headers that the stream lacks; called now and then. */
    void complete() {
        try {
            if (!storedKnown) {
                Set<Long> there = new HashSet<>();
                stream.stored().forEach(notice -> there.add(notice.header().segmentIndex()));
                synchronized (stored) {
                    stored.addAll(there);
                    storedKnown = true;
                }
            }
        } catch (BusException e) {
            LOG.debug("Stored segment headers cannot be read: {}", e.getMessage());
            return;
        }
        int sent = 0;
        for (long segment = 0; segment < chain.size() && sent < AT_A_TIME; segment++) {
            boolean there;
            synchronized (stored) {
                there = stored.contains(segment);
            }
            Optional<SegmentHeader> header = chain.header(segment);
            if (!there && header.isPresent()) {
                announce(header.get());
                sent++;
            }
        }
    }
}
