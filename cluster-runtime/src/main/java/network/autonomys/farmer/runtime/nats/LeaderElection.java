package network.autonomys.farmer.runtime.nats;

import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.message.LeaseRecord;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps trying to hold a lease, and keeps it while it has it (cluster-and-cli §3.10). */
public final class LeaderElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    /** The lease of the leading controller. */
    public static final String CONTROLLER = "controller-leader";

    private final Bus bus;
    private final Scheduler scheduler;
    private final Timers timers;
    private final String key;
    private final LeaseRecord record;
    private final CopyOnWriteArrayList<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final Scheduler.Task task;
    private @Nullable Lease lease;
    private boolean leading;
    private boolean closed;

    /** Starts at once. */
    public LeaderElection(Bus bus, Scheduler scheduler, Timers timers, String key, LeaseRecord record) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.timers = timers;
        this.key = key;
        this.record = record;
        scheduler.execute(this::tick);
        this.task = scheduler.every(timers.get(Timer.LEASE_RENEWAL), this::tick);
    }

    /** The lease, while it is held. */
    public synchronized Optional<Lease> lease() {
        return Optional.ofNullable(lease).filter(Lease::held);
    }

    /** Hears about gaining and losing it. */
    public void onChange(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        try {
            Lease present = lease;
            if (present == null || !present.renew()) {
                lease = Lease.tryAcquire(bus, scheduler, timers, key, record).orElse(null);
            }
        } catch (BusException e) {
            LOG.debug("lease {}: {}", key, e.getMessage());
        }
        boolean now = lease().isPresent();
        if (now != leading) {
            leading = now;
            LOG.info("{} {}", now ? "holding" : "no longer holding", key);
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    /** Gives the lease up. */
    @Override
    public synchronized void close() {
        closed = true;
        task.cancel();
        Lease present = lease;
        if (present != null) {
            try {
                present.release();
            } catch (BusException e) {
                LOG.debug("lease {} not released, it lapses: {}", key, e.getMessage());
            }
        }
    }
}
