package network.autonomys.farmer.runtime.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.engine.Workers;

/**
 * Threads that help with single tables and witnesses, so that a proof is there sooner. A proof is computed by its own thread and one helper; while all
 * helpers are busy its own thread does everything.
 */
final class ProofHelpers implements AutoCloseable {
    private final Workers workers;
    private final ExecutorService threads;

    /**
     * Helpers.
     *
     * @param most threads; none where it is below 1
     */
    ProofHelpers(int most) {
        threads = Executors.newFixedThreadPool(
                Math.max(1, most),
                Thread.ofPlatform().name("proof-helper-", 0).daemon(true).factory());
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
