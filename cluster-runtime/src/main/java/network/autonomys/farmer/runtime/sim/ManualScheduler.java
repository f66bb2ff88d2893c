package network.autonomys.farmer.runtime.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only by {@link #advance}, on the thread that calls it: actions run in the order of their moments, those of one moment
 * in the order of their making. Two runs of one test are the same.
 */
public final class ManualScheduler implements Scheduler {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final Instant start;
    private long nanos;
    private long made;

    public ManualScheduler(Instant start) {
        this.start = start;
    }

    /** Starts on 1 January 2026. */
    public ManualScheduler() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Moves time forward and runs what becomes due, including what that brings about. */
    public void advance(Duration by) {
        long until;
        synchronized (this) {
            until = nanos + by.toNanos();
        }
        for (Entry entry = next(until); entry != null; entry = next(until)) {
            entry.fire();
        }
        synchronized (this) {
            nanos = until;
        }
    }

    private synchronized @Nullable Entry next(long until) {
        Entry entry = entries.peek();
        if (entry == null || entry.at > until) {
            return null;
        }
        entries.remove(entry);
        nanos = Math.max(nanos, entry.at);
        return entry;
    }

    @Override
    public InstantSource clock() {
        return () -> start.plusNanos(nanoTime());
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public void execute(Runnable action) {
        after(Duration.ZERO, action);
    }

    @Override
    public synchronized Task after(Duration delay, Runnable action) {
        return add(delay, null, action);
    }

    @Override
    public synchronized Task every(Duration period, Runnable action) {
        return add(period, period, action);
    }

    private synchronized Entry add(Duration delay, @Nullable Duration period, Runnable action) {
        Entry entry = new Entry(nanos + delay.toNanos(), made++, period, action);
        entries.add(entry);
        return entry;
    }

    private final class Entry implements Task, Comparable<Entry> {
        private final long order;
        private final @Nullable Duration period;
        private final Runnable action;
        private long at;
        private boolean cancelled;

        Entry(long at, long order, @Nullable Duration period, Runnable action) {
            this.at = at;
            this.order = order;
            this.period = period;
            this.action = action;
        }

        void fire() {
            if (cancelled) {
                return;
            }
            action.run();
            Duration next = period;
            synchronized (ManualScheduler.this) {
                if (next != null && !cancelled) {
                    at = nanos + next.toNanos();
                    entries.add(this);
                }
            }
        }

        @Override
        public void cancel() {
            synchronized (ManualScheduler.this) {
                cancelled = true;
                entries.remove(this);
            }
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(order);
        }
    }
}
