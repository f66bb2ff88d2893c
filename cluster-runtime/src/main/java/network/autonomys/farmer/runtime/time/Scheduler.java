package network.autonomys.farmer.runtime.time;

import java.time.Duration;
import java.time.InstantSource;

/** Clocks and delayed actions, passed in so that tests can move time by hand. */
public interface Scheduler {
    /** A delayed or repeated action. */
    interface Task {
        /** It will not start again; one that runs is not disturbed. */
        void cancel();
    }

    /** The clock of the wall: for people and for moments that other hosts must understand. */
    InstantSource clock();

    /** A clock that never jumps, for durations. */
    long nanoTime();

    /** Runs an action at once, in a thread of its own. */
    void execute(Runnable action);

    /** Runs an action once, after a delay. */
    Task after(Duration delay, Runnable action);

    /** Runs an action again and again, the first time after one period; the next period begins when it has ended. */
    Task every(Duration period, Runnable action);

    /** Milliseconds since 1970. */
    default long millis() {
        return clock().millis();
    }
}
