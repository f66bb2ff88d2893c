package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.runtime.time.Scheduler;

/** Requests being answered: bounded in number, and waited for before their service ends. */
final class ServedCalls {
    private static final int MOST = 1024;

    private final Scheduler scheduler;
    private final Semaphore places = new Semaphore(MOST);

    ServedCalls(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs a call in a thread of its own, or says at once that there are too many. */
    void run(Runnable call, Runnable busy) {
        if (!places.tryAcquire()) {
            busy.run();
            return;
        }
        scheduler.execute(() -> {
            try {
                call.run();
            } finally {
                places.release();
            }
        });
    }

    /** Waits for the calls under way. */
    void await(Duration most) {
        try {
            if (places.tryAcquire(MOST, most.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
