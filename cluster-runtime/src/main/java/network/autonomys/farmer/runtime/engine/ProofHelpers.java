package network.autonomys.farmer.runtime.engine;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.engine.Workers;

/**
 * Threads that help with single tables and witnesses, so that a proof is there sooner. A proof is computed by its own thread and one helper; while all
 * helpers are busy its own thread does everything.
 */
final class ProofHelpers implements AutoCloseable {
    private final Workers workers;
    private final ThreadPoolExecutor threads;

    /**
     * Helpers. They start now, with the niceness of the calling thread: a thread that starts when it is first needed has for ever that of whoever needed
     * it first, and a warm-up in the background does.
     *
     * @param most threads; none where it is below 1
     */
    ProofHelpers(int most) {
        int count = Math.max(1, most);
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("proof-helper-", 0).daemon(true).factory());
        if (most >= 1) {
            threads.prestartAllCoreThreads();
        }
        workers = most < 1 ? Workers.callingThread() : Workers.with(threads, 1);
    }

    /** The calling thread, and a helper where one is idle. */
    Workers workers() {
        return workers;
    }

    /** Into how many parts a proof's work is best divided: 1 or 2. */
    int parts() {
        return workers.hasHelpers() ? 2 : 1;
    }

    /** Helpers end when they have done what they have begun. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
