package network.autonomys.farmer.runtime.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.Envelope;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.Ring;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingNotice;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.KeyValue;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring as this process knows it: the newest epoch from the key-value store, kept in a file as well so that a process that starts
 * while JetStream is down goes on with the last one (cluster-and-cli §3.5, §3.7).
 */
public final class RingService implements AutoCloseable {
    /** The key in {@link Bucket#RING}. */
    public static final String KEY = "current";

    private static final Logger LOG = LoggerFactory.getLogger(RingService.class);

    private final Bus bus;
    private final Scheduler scheduler;
    private final Timers timers;
    private final Optional<Path> file;
    private final List<Consumer<Ring>> listeners = new CopyOnWriteArrayList<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final List<Scheduler.Task> tasks = new CopyOnWriteArrayList<>();
    private volatile Optional<Ring> ring = Optional.empty();

    /**
     * @param file where the last epoch is kept, empty for a process that keeps nothing
     */
    public RingService(Bus bus, Scheduler scheduler, Timers timers, Optional<Path> file) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.timers = timers;
        this.file = file;
    }

    /** Loads the last epoch, and follows new ones from now on. */
    public void start() {
        file.flatMap(RingService::load).ifPresent(this::apply);
        registrations.add(
                bus.subscribe(bus.subjects().ring(), RingNotice.class, notice -> scheduler.execute(this::refresh)));
        registrations.add(bus.onConnection(connected -> {
            if (connected) {
                refresh();
            }
        }));
        scheduler.execute(this::refresh);
        tasks.add(scheduler.every(timers.get(Timer.RING_REFRESH), this::refresh));
    }

    /** The newest ring known, empty before the first one. */
    public Optional<Ring> ring() {
        return ring;
    }

    /** The number of the newest epoch known, 0 before the first one. */
    public long epoch() {
        return ring.map(present -> present.epoch().epoch()).orElse(0L);
    }

    /** Hears of each new ring, and of the present one at once. */
    public void addListener(Consumer<Ring> listener) {
        listeners.add(listener);
        ring.ifPresent(listener);
    }

    static Optional<RingEpoch> epochOf(KeyValue.Entry entry) {
        return entry.value() instanceof RingEpoch epoch ? Optional.of(epoch) : Optional.empty();
    }

    private void refresh() {
        try {
            bus.keyValue(Bucket.RING).get(KEY).flatMap(RingService::epochOf).ifPresent(this::apply);
        } catch (BusException e) {
            LOG.debug("ring not refreshed, epoch {} stays: {}", epoch(), e.getMessage());
        }
    }

    private void apply(RingEpoch epoch) {
        Ring now = new Ring(epoch);
        synchronized (this) {
            // A smaller number is valid too: the store was made anew. Its creation time tells which is later.
            Optional<RingEpoch> before = ring.map(Ring::epoch);
            if (before.isPresent()
                    && (before.get().equals(epoch) || before.get().createdAtMillis() > epoch.createdAtMillis())) {
                return;
            }
            ring = Optional.of(now);
            file.ifPresent(path -> save(path, epoch));
        }
        LOG.info("ring epoch {} with {} caches", epoch.epoch(), epoch.members().size());
        listeners.forEach(listener -> listener.accept(now));
    }

    private static Optional<RingEpoch> load(Path path) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            if (Files.size(path) > Envelope.MAX_SIZE) {
                throw new IOException("too long");
            }
            return Optional.of(Message.parse(Files.readAllBytes(path), RingEpoch.class));
        } catch (IOException | ProtocolException e) {
            LOG.warn("last ring in {} is not usable: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    private static void save(Path path, RingEpoch epoch) {
        try {
            DurableFiles.replace(path, epoch.toBytes());
        } catch (IOException e) {
            LOG.warn("ring not kept in {}: {}", path, e.getMessage());
        }
    }

    @Override
    public void close() {
        tasks.forEach(Scheduler.Task::cancel);
        registrations.forEach(Registration::close);
    }
}
