package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits one farm, slot after slot, on a thread of its own, so that a slow disk holds up no other. At most one slot waits: a newer one takes
 * its place, and the one left out is counted as skipped.
 */
final class AuditLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLoop.class);

    /** A slot and when it arrived. */
    record Arrived(SlotInfo slot, long atNanos) {}

    /** Takes the winners of an audit. */
    @FunctionalInterface
    interface Winners {
        /** Candidates are best first and not empty. Must not block. */
        void won(AuditedFarm farm, Arrived slot, List<Candidate> candidates);
    }

    /** Consecutive failed audits after which a farm is stopped (sectors-farms §9.1). */
    static final int MAX_FAILURES = 10;

    private final AuditedFarm farm;
    private final Winners winners;
    private final FarmingMetrics metrics;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Arrived waiting;
    private boolean stopped;
    private int failures;
    private volatile String fault = "";
    private volatile long lastAuditMillis;

    /**
     * @param clock a nanosecond clock
     */
    AuditLoop(AuditedFarm farm, Winners winners, FarmingMetrics metrics, LongSupplier clock) {
        this.farm = farm;
        this.winners = winners;
        this.metrics = metrics;
        this.clock = clock;
    }

    AuditedFarm farm() {
        return farm;
    }

    /** The reason why this farm is not audited any more, empty while it is. */
    String fault() {
        return fault;
    }

    long lastAuditMillis() {
        return lastAuditMillis;
    }

    /** Hands a slot to the farm; never blocks. */
    void slot(Arrived arrived) {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            if (waiting != null) {
                metrics.skipped();
                metrics.missed(ReasonCode.AUDIT_SLOW);
            }
            waiting = arrived;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the loop after the audit at hand. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            Arrived arrived = next();
            while (arrived != null) {
                audit(arrived);
                arrived = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Arrived next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting == null && !stopped) {
                changed.await();
            }
            Arrived arrived = stopped ? null : waiting;
            waiting = null;
            return arrived;
        } finally {
            lock.unlock();
        }
    }

    private void audit(Arrived arrived) {
        long start = clock.getAsLong();
        try {
            List<Candidate> candidates = farm.audit(arrived.slot());
            Duration took = Duration.ofNanos(clock.getAsLong() - start);
            lastAuditMillis = took.toMillis();
            metrics.audited(took);
            failures = 0;
            if (!candidates.isEmpty()) {
                winners.won(farm, arrived, candidates);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever is wrong with this slot, the next one is audited all the same.
            metrics.missed(ReasonCode.FARM_ERROR);
            failures++;
            LOG.warn(
                    "{}: audit of slot {} failed ({} in a row): {}",
                    farm.name(),
                    arrived.slot().slotNumber(),
                    failures,
                    e.toString());
            if (failures >= MAX_FAILURES) {
                fault = "stopped after " + failures + " failed audits: " + e.getMessage();
                LOG.error("{}: {}", farm.name(), fault);
                stop();
            }
        }
    }
}
