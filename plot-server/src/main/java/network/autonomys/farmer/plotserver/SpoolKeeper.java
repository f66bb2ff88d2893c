package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.spool.Spool;
import network.autonomys.farmer.storage.spool.SpoolEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one client that is away from blocking all others: while the spool is full, a sector that waited longer than an hour is dropped, the
 * oldest first. Its client has it plotted again when it no longer hears of it. Waiting times count from the start of this process.
 */
final class SpoolKeeper {
    /** Sectors younger than this are never dropped. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(SpoolKeeper.class);

    private final Spool spool;
    private final Scheduler scheduler;
    private final BooleanSupplier full;
    private final Consumer<SpoolEntry> dropped;
    private final Map<String, Long> since = new HashMap<>();

    /**
     * @param full whether a job waits for room
     * @param dropped hears of each sector that was dropped
     */
    SpoolKeeper(Spool spool, Scheduler scheduler, BooleanSupplier full, Consumer<SpoolEntry> dropped) {
        this.spool = spool;
        this.scheduler = scheduler;
        this.full = full;
        this.dropped = dropped;
    }

    /** Looks once; to be called now and then. */
    synchronized void look() {
        long now = scheduler.nanoTime();
        List<SpoolEntry> entries = spool.entries();
        Set<String> names = new HashSet<>();
        for (SpoolEntry entry : entries) {
            names.add(entry.name());
            since.putIfAbsent(entry.name(), now);
        }
        since.keySet().retainAll(names);
        for (SpoolEntry entry : entries) {
            if (full.getAsBoolean() && age(entry, now).compareTo(PATIENCE) >= 0) {
                drop(entry);
                return;
            }
        }
    }

    /** How long the oldest sector waits. */
    synchronized Duration oldest() {
        long now = scheduler.nanoTime();
        return spool.entries().stream()
                .map(entry -> age(entry, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Duration age(SpoolEntry entry, long now) {
        return Duration.ofNanos(now - since.getOrDefault(entry.name(), now));
    }

    private void drop(SpoolEntry entry) {
        try {
            spool.remove(entry);
            dropped.accept(entry);
        } catch (IOException e) {
            LOG.error("spool entry {} cannot be removed", entry.name(), e);
        }
    }
}
