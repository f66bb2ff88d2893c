package network.autonomys.farmer.runtime.time;

import java.time.Duration;

/**
 * A moment of a monotonic clock.
 *
 * @param nanos its {@link Scheduler#nanoTime()}
 */
public record Deadline(long nanos) {
    /** So much time from now. */
    public static Deadline in(Duration budget, Scheduler scheduler) {
        return new Deadline(scheduler.nanoTime() + budget.toNanos());
    }

    /** What is left, zero once it has passed. */
    public Duration remaining(Scheduler scheduler) {
        return Duration.ofNanos(Math.max(0, nanos - scheduler.nanoTime()));
    }

    public boolean passed(Scheduler scheduler) {
        return nanos - scheduler.nanoTime() <= 0;
    }
}
