package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.message.LeaseRecord;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;

/**
 * Something that one process at a time holds (cluster-and-cli §1.7, §3.5). A holder believes in its lease for a shorter time than the
 * servers keep it, measured from before it asked, so two never hold one at the same time. The token rises from holder to holder:
 * whoever acts on a lease passes it on, and lower ones are refused.
 */
public final class Lease {
    private final KeyValue store;
    private final String key;
    private final LeaseRecord record;
    private final Scheduler scheduler;
    private final Duration trusted;
    private final long token;
    private long revision;
    private long renewedNanos;
    private boolean lost;

    private Lease(
            KeyValue store,
            String key,
            LeaseRecord record,
            Scheduler scheduler,
            Duration trusted,
            long revision,
            long renewedNanos) {
        this.store = store;
        this.key = key;
        this.record = record;
        this.scheduler = scheduler;
        this.trusted = trusted;
        this.token = revision;
        this.revision = revision;
        this.renewedNanos = renewedNanos;
    }

    /**
     * Takes a lease if nobody holds it.
     *
     * @throws BusException if JetStream does not answer
     */
    public static Optional<Lease> tryAcquire(
            Bus bus, Scheduler scheduler, Timers timers, String key, LeaseRecord record) throws BusException {
        KeyValue store = bus.keyValue(Bucket.LEASE);
        Duration trusted = timers.get(Timer.LEASE).multipliedBy(4).dividedBy(5);
        long before = scheduler.nanoTime();
        try {
            long revision = store.create(key, record);
            return Optional.of(new Lease(store, key, record, scheduler, trusted, revision, before));
        } catch (BusException e) {
            if (e.kind() == BusException.Kind.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The present holder of a lease, as far as the store knows. */
    public static Optional<LeaseRecord> holder(Bus bus, String key) throws BusException {
        return bus.keyValue(Bucket.LEASE)
                .get(key)
                .flatMap(entry -> entry.value() instanceof LeaseRecord held ? Optional.of(held) : Optional.empty());
    }

    /** Higher than that of every earlier holder. */
    public long token() {
        return token;
    }

    /** True while this process may act as the holder. */
    public synchronized boolean held() {
        return !lost && scheduler.nanoTime() - renewedNanos < trusted.toNanos();
    }

    /**
     * Extends it.
     *
     * @return false if someone else has it now, or it has lapsed
     * @throws BusException if JetStream does not answer; the lease may still be held for a while
     */
    public boolean renew() throws BusException {
        long expected;
        synchronized (this) {
            if (lost) {
                return false;
            }
            expected = revision;
        }
        long before = scheduler.nanoTime();
        try {
            long renewed = store.update(key, record, expected);
            synchronized (this) {
                revision = renewed;
                renewedNanos = before;
            }
            return true;
        } catch (BusException e) {
            if (e.kind() != BusException.Kind.CONFLICT) {
                throw e;
            }
            synchronized (this) {
                lost = true;
            }
            return false;
        }
    }

    /** Gives it up at once, so that the next one need not wait. */
    public void release() throws BusException {
        long expected;
        synchronized (this) {
            if (lost) {
                return;
            }
            lost = true;
            expected = revision;
        }
        try {
            store.delete(key, expected);
        } catch (BusException e) {
            if (e.kind() != BusException.Kind.CONFLICT) {
                throw e;
            }
        }
    }
}
