package network.autonomys.farmer.proofserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A bounded queue of work with deadlines, most urgent first. What cannot be done in time is refused at the door, with the time that
 * waiting would have taken, so that the requester can go elsewhere at once (cluster-and-cli §3.6).
 *
 * <p>Thread-safe. Times are those of a nanosecond clock that is passed in.
 *
 * @param <T> the work
 */
final class DeadlineQueue<T> {
    /** The answer to an offer: accepted, or the estimated wait in nanoseconds for which it was refused. */
    record Admission(boolean accepted, long estimatedWaitNanos) {}

    /** Work and the clock value until which it must be done. */
    record Entry<T>(T work, long deadlineNanos, long order) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry<T>> queue = new PriorityQueue<>((a, b) -> {
        int byDeadline = Long.compare(a.deadlineNanos() - b.deadlineNanos(), 0);
        return byDeadline != 0 ? byDeadline : Long.compare(a.order(), b.order());
    });
    private final int capacity;
    private final int workers;
    private final LongSupplier clock;
    private long serviceNanos;
    private long arrivals;
    private int busyWorkers;
    private boolean closed;

    /**
     * @param capacity how many may wait, at least 1
     * @param workers how many are worked on at once, at least 1
     * @param firstEstimateNanos time that one piece of work is taken to need until one was measured
     * @param clock a nanosecond clock
     */
    DeadlineQueue(int capacity, int workers, long firstEstimateNanos, LongSupplier clock) {
        if (capacity < 1 || workers < 1) {
            throw new IllegalArgumentException("capacity " + capacity + ", workers " + workers);
        }
        this.capacity = capacity;
        this.workers = workers;
        this.serviceNanos = firstEstimateNanos;
        this.clock = clock;
    }

    /** Whether work that must be done by a deadline of the clock would be let in now. */
    Admission estimate(long deadlineNanos) {
        lock.lock();
        try {
            int ahead = 0;
            for (Entry<T> entry : queue) {
                if (entry.deadlineNanos() - deadlineNanos <= 0) {
                    ahead++;
                }
            }
            long wait = (long) (ahead + busyWorkers) / workers * serviceNanos;
            boolean inTime = clock.getAsLong() + wait + serviceNanos - deadlineNanos <= 0;
            boolean accepted = !closed && queue.size() < capacity && inTime;
            return new Admission(accepted, accepted ? wait : wait + serviceNanos);
        } finally {
            lock.unlock();
        }
    }

    /** Offers work that must be done by a deadline of the clock. */
    Admission offer(T work, long deadlineNanos) {
        lock.lock();
        try {
            Admission admission = estimate(deadlineNanos);
            if (admission.accepted()) {
                queue.add(new Entry<>(work, deadlineNanos, arrivals++));
                changed.signal();
            }
            return admission;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the most urgent work. The taker calls {@link #done} afterwards.
     *
     * @return empty once the queue is closed
     */
    Optional<Entry<T>> take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.await();
            }
            Entry<T> entry = queue.poll();
            if (entry != null) {
                busyWorkers++;
            }
            return Optional.ofNullable(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that work taken is done; a completed one's duration moves the estimate. */
    void done(boolean completed, long nanos) {
        lock.lock();
        try {
            busyWorkers--;
            if (completed) {
                serviceNanos = (serviceNanos * 7 + nanos) / 8;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes waiting work, for example the loser of a hedge; returns what was removed. */
    List<T> cancel(Predicate<T> which) {
        lock.lock();
        try {
            List<T> removed = new ArrayList<>();
            queue.removeIf(entry -> {
                boolean hit = which.test(entry.work());
                if (hit) {
                    removed.add(entry.work());
                }
                return hit;
            });
            return removed;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** The current estimate of the time that one piece of work takes. */
    long serviceNanos() {
        lock.lock();
        try {
            return serviceNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more in and wakes those who wait; returns what was still waiting. */
    List<T> close() {
        lock.lock();
        try {
            closed = true;
            List<T> left = queue.stream().map(Entry::work).toList();
            queue.clear();
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
