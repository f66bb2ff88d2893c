package network.autonomys.farmer.cuda;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Decides what a card did is computed by the processor as well: its first result, and then 1 in 64, by one thread at a time. */
final class SpotCheck {
    private static final int CHECK_EVERY = 64;

    private final AtomicLong done = new AtomicLong();
    private final ReentrantLock checking = new ReentrantLock();

    /**
     * Counts a result and runs the check if it is due.
     *
     * @param always whether it is due in any case
     * @param check throws {@link GpuFailure} where the processor disagrees
     */
    void after(boolean always, Runnable check) {
        boolean due = done.getAndIncrement() % CHECK_EVERY == 0;
        if (always || (due && checking.tryLock())) {
            try {
                check.run();
            } finally {
                if (checking.isHeldByCurrentThread()) {
                    checking.unlock();
                }
            }
        }
    }
}
