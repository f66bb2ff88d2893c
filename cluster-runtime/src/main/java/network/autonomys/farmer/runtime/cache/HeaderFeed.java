package network.autonomys.farmer.runtime.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.HeaderNotice;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.HeaderStream;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a chain of segment headers up to date: takes what controllers announce, asks them for what is missing, and reads the stored
 * headers when none answers (cluster-and-cli §3.5, §3.10). A header that contradicts the chain is reported, never taken.
 */
public final class HeaderFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderFeed.class);
    private static final int PER_REQUEST = 1000;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int FORKS_REMEMBERED = 256;

    private final Bus bus;
    private final HeaderStream stream;
    private final HeaderChain chain;
    private final Listener listener;
    private final List<Registration> registrations = new ArrayList<>();
    private final Scheduler.Task refresh;
    private final Map<Bytes, InstanceId> forks = new HashMap<>();
    private boolean compared;

    /** Hears what the feed takes and what it refuses. */
    public interface Listener {
        /** The chain has grown. */
        void grown(long segments);

        /** A header that contradicts the chain; told once for each. */
        void fork(SegmentHeader header, Optional<InstanceId> announcedBy);
    }

    /**
     * A feed; it begins at once.
     *
     * @param period how often controllers are asked although nobody announced anything
     */
    public HeaderFeed(Bus bus, Scheduler scheduler, HeaderChain chain, Duration period, Listener listener) {
        this.bus = bus;
        this.stream = new HeaderStream(bus);
        this.chain = chain;
        this.listener = listener;
        registrations.add(stream.subscribe(this::announced));
        registrations.add(bus.onConnection(connected -> {
            if (connected) {
                scheduler.execute(this::catchUp);
            }
        }));
        scheduler.execute(this::catchUp);
        this.refresh = scheduler.every(period, this::catchUp);
    }

    @Override
    public void close() {
        refresh.cancel();
        registrations.forEach(Registration::close);
    }

    private void announced(HeaderNotice notice) {
        HeaderChain.Outcome outcome = offer(notice.header(), Optional.of(notice.controller()));
        if (outcome == HeaderChain.Outcome.GAP) {
            catchUp();
            offer(notice.header(), Optional.of(notice.controller()));
        }
    }

    /** Asks for everything beyond the chain. */
    private synchronized void catchUp() {
        try {
            if (!compared) {
                compareFirst();
            }
            while (askControllers()) {
                LOG.debug("{} segment headers so far", chain.size());
            }
        } catch (BusException e) {
            LOG.debug("No controller gives segment headers: {}", e.getMessage());
            readStored();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A chain that was kept on disk may be another than the cluster's, which is then seen at its first header. */
    private void compareFirst() throws BusException, InterruptedException {
        HeadersAnswer answer =
                bus.call(bus.subjects().headers(), new HeadersRequest(List.of(0L)), HeadersAnswer.class, ANSWER);
        for (Optional<SegmentHeader> first : answer.headers()) {
            if (first.isPresent() && first.get().segmentIndex() == 0) {
                offer(first.get(), Optional.empty());
                compared = true;
            }
        }
    }

    /** One request; true if there may be more. */
    private boolean askControllers() throws BusException, InterruptedException {
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < PER_REQUEST; i++) {
            wanted.add(chain.size() + i);
        }
        HeadersAnswer answer =
                bus.call(bus.subjects().headers(), new HeadersRequest(wanted), HeadersAnswer.class, ANSWER);
        int taken = 0;
        for (Optional<SegmentHeader> header : answer.headers()) {
            if (header.isEmpty() || offer(header.get(), Optional.empty()) != HeaderChain.Outcome.APPENDED) {
                return false;
            }
            taken++;
        }
        return taken == PER_REQUEST;
    }

    private void readStored() {
        try {
            stream.stored().stream()
                    .sorted(Comparator.comparingLong(notice -> notice.header().segmentIndex()))
                    .forEach(notice -> offer(notice.header(), Optional.of(notice.controller())));
        } catch (BusException e) {
            LOG.debug("Stored segment headers cannot be read: {}", e.getMessage());
        }
    }

    private HeaderChain.Outcome offer(SegmentHeader header, Optional<InstanceId> announcedBy) {
        HeaderChain.Outcome outcome = chain.offer(header);
        if (outcome == HeaderChain.Outcome.APPENDED) {
            listener.grown(chain.size());
        } else if (outcome == HeaderChain.Outcome.FORK && isNewFork(header, announcedBy)) {
            listener.fork(header, announcedBy);
        }
        return outcome;
    }

    private boolean isNewFork(SegmentHeader header, Optional<InstanceId> announcedBy) {
        synchronized (forks) {
            if (forks.size() >= FORKS_REMEMBERED) {
                forks.clear();
            }
            return forks.putIfAbsent(header.hash(), announcedBy.orElse(new InstanceId(0, 0))) == null;
        }
    }
}
