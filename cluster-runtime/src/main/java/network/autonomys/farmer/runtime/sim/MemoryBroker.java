package network.autonomys.farmer.runtime.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.StreamKind;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A NATS server in memory, to which each simulated process connects with {@link #connect()}. Messages pass as bytes, in the order in
 * which they are sent; with a {@link ManualScheduler} and delivery on the caller's thread two runs are the same. Faults are switched
 * on and off: no connection, no JetStream, lost messages.
 */
public final class MemoryBroker {
    /** A subscription: what arrives, and where an answer goes. */
    interface Receiver {
        void receive(String subject, byte[] data, @Nullable Consumer<byte[]> reply);
    }

    record Subscriber(
            MemoryBus bus, SubjectPattern pattern, @Nullable String group, Receiver receiver) {}

    private final Subjects subjects;
    private final Scheduler scheduler;
    private final Timers timers;
    private final Executor delivery;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<Bucket, MemoryKeyValue> buckets = new EnumMap<>(Bucket.class);
    private final Map<StreamKind, MemoryStream> streams = new EnumMap<>(StreamKind.class);
    private final MemoryWorkQueue workQueue;
    private volatile boolean storeAvailable = true;
    private volatile Predicate<String> lost = subject -> false;

    /**
     * @param delivery runs deliveries: {@code Runnable::run} for the sender's thread, {@code scheduler::execute} for others
     */
    public MemoryBroker(Subjects subjects, Scheduler scheduler, Timers timers, Executor delivery) {
        this.subjects = subjects;
        this.scheduler = scheduler;
        this.timers = timers;
        this.delivery = delivery;
        this.workQueue = new MemoryWorkQueue(this);
    }

    /** Delivers on the sender's thread. */
    public MemoryBroker(Scheduler scheduler, Timers timers) {
        this(new Subjects(Subjects.DEFAULT_CLUSTER), scheduler, timers, Runnable::run);
    }

    /** A connection for one simulated process. */
    public MemoryBus connect() {
        return new MemoryBus(this);
    }

    /** Switches JetStream off and on; what it holds stays. */
    public void storeAvailable(boolean available) {
        storeAvailable = available;
    }

    /** Loses messages on subjects from now on. Requests that are lost end with a timeout. */
    public void lose(Predicate<String> subject) {
        lost = subject;
    }

    Subjects subjects() {
        return subjects;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Timers timers() {
        return timers;
    }

    void requireStore() throws BusException {
        if (!storeAvailable) {
            throw new BusException(BusException.Kind.STORE_UNAVAILABLE, "JetStream is switched off");
        }
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /**
     * Delivers a message to all plain subscribers and to one of each queue group.
     *
     * @return how many got it, -1 if it was lost on the way
     */
    int deliver(String subject, byte[] data, @Nullable Consumer<byte[]> reply) {
        List<Subscriber> chosen = new ArrayList<>();
        Map<String, List<Subscriber>> groups = new HashMap<>();
        for (Subscriber subscriber : subscribers) {
            if (!subscriber.bus().connected() || !subscriber.pattern().matches(subject)) {
                continue;
            }
            String group = subscriber.group();
            if (group == null) {
                chosen.add(subscriber);
            } else {
                groups.computeIfAbsent(group, name -> new ArrayList<>()).add(subscriber);
            }
        }
        groups.forEach((name, members) -> chosen.add(members.get(turn(name, members.size()))));
        if (lost.test(subject)) {
            return -1;
        }
        for (Subscriber subscriber : chosen) {
            delivery.execute(() -> subscriber.receiver().receive(subject, data, reply));
        }
        return chosen.size();
    }

    private synchronized int turn(String group, int members) {
        return turns.merge(group, 1, Integer::sum) % members;
    }

    synchronized MemoryKeyValue bucket(Bucket bucket) {
        return buckets.computeIfAbsent(
                bucket, kind -> new MemoryKeyValue(this, kind.ttl().map(timers::get)));
    }

    synchronized MemoryStream stream(StreamKind kind) {
        return streams.computeIfAbsent(kind, name -> new MemoryStream(this, name == StreamKind.HISTORY));
    }

    MemoryWorkQueue workQueue() {
        return workQueue;
    }

    long redeliveryNanos() {
        return timers.get(Timer.JOB_REDELIVERY).toNanos();
    }
}
