package network.autonomys.farmer.runtime.metrics;

import network.autonomys.farmer.runtime.nats.BusObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures of the control plane. */
public final class BusMetrics implements BusObserver {
    private static final Logger LOG = LoggerFactory.getLogger(BusMetrics.class);

    private final Metrics.Level connected;
    private final Metrics.Count reconnects;
    private final Metrics.Count dropped;
    private final Metrics.Count malformed;
    private final Metrics.Level slow;

    public BusMetrics(Metrics metrics) {
        connected = metrics.level("nats_connected", "1 while there is a connection to NATS");
        reconnects = metrics.count("nats_reconnects_total", "Connections to NATS that were made anew");
        dropped = metrics.count("nats_dropped_total", "Messages not sent for lack of a connection");
        malformed = metrics.count("nats_malformed_total", "Messages that could not be read");
        slow = metrics.level("nats_slow_consumer_messages", "Messages lost because this process took them too slowly");
        connected.set(1);
    }

    @Override
    public void disconnected() {
        connected.set(0);
    }

    @Override
    public void reconnected() {
        connected.set(1);
        reconnects.increment();
    }

    @Override
    public void dropped(String subject) {
        dropped.increment();
    }

    @Override
    public void malformed(String subject, String problem) {
        malformed.increment();
        LOG.warn("message on {} not read: {}", subject, problem);
    }

    @Override
    public void slowConsumer(long lost) {
        slow.set((double) lost);
        LOG.warn("slow consumer: {} messages lost", lost);
    }
}
