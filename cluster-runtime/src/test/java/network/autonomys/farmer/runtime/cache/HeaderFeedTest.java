package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.HeaderNotice;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.runtime.nats.HeaderStream;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeaderFeedTest {
    private static final InstanceId CONTROLLER = new InstanceId(1, 1);

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, Timers.demo());
    private final MemoryBus controllerBus = broker.connect();
    private final MemoryBus cacheBus = broker.connect();
    private final HeaderChain chain = new HeaderChain();
    private final List<String> forks = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger grown = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        scheduler.close();
    }

    @Test
    void takesAllThatAControllerHasAndThenWhatIsAnnounced() {
        HeaderChain theirs = HeaderChainTest.chain(1500);
        serve(theirs);
        feed();
        await().until(() -> chain.size() == 1500);
        SegmentHeader next =
                HeaderChainTest.header(1500, theirs.last().orElseThrow().hash(), 1);
        publish(next);
        await().until(() -> chain.size() == 1501);
        assertThat(grown.get()).isEqualTo(1501);
        assertThat(forks).isEmpty();
    }

    @Test
    void fillsAGapBeforeAnAnnouncement() {
        HeaderChain theirs = new HeaderChain();
        serve(theirs);
        feed();
        HeaderChainTest.chain(7).range(0, 7).forEach(theirs::offer);
        publish(theirs.last().orElseThrow());
        await().until(() -> chain.size() == 7);
    }

    @Test
    void readsTheStoredHeadersWhenNoControllerIsThere() {
        HeaderChainTest.chain(5).range(0, 5).forEach(this::publish);
        feed();
        await().until(() -> chain.size() == 5);
    }

    @Test
    void contradictionIsToldOnceAndNeverTaken() {
        HeaderChain theirs = HeaderChainTest.chain(3);
        serve(theirs);
        feed();
        await().until(() -> chain.size() == 3);
        SegmentHeader other =
                HeaderChainTest.header(2, theirs.header(1).orElseThrow().hash(), 99);
        publish(other);
        publish(other);
        publish(HeaderChainTest.header(3, Bytes.zeros(32), 3));
        await().until(() -> forks.size() == 2);
        assertThat(forks).containsExactly("2 by " + CONTROLLER, "3 by " + CONTROLLER);
        assertThat(chain.last()).isEqualTo(theirs.last());
    }

    private void serve(HeaderChain theirs) {
        open.add(controllerBus.serve(
                broker.connect().subjects().headers(),
                HeadersRequest.class,
                (request, deadline) -> new HeadersAnswer(
                        request.segmentIndexes().stream().map(theirs::header).toList())));
    }

    private void publish(SegmentHeader header) {
        new HeaderStream(controllerBus)
                .publish(new HeaderNotice(CONTROLLER, header, ""))
                .join();
    }

    private void feed() {
        open.add(new HeaderFeed(cacheBus, scheduler, chain, Duration.ofMillis(100), new HeaderFeed.Listener() {
            @Override
            public void grown(long segments) {
                grown.incrementAndGet();
            }

            @Override
            public void fork(SegmentHeader header, Optional<InstanceId> announcedBy) {
                forks.add(header.segmentIndex() + " by "
                        + announcedBy.map(InstanceId::toString).orElse("nobody"));
            }
        }));
    }
}
