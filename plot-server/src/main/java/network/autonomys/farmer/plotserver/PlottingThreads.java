package network.autonomys.farmer.plotserver;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that encode: as many as asked for, at the lowest priority the system has, so that farming never waits for plotting. */
final class PlottingThreads {
    private PlottingThreads() {}

    /**
     * Starts a pool.
     *
     * @param count threads, at least 1
     * @param lowerPriority called once in each thread
     */
    static ExecutorService start(int count, Runnable lowerPriority) {
        ThreadFactory plain = Thread.ofPlatform().name("plot-", 0).daemon(true).factory();
        return Executors.newFixedThreadPool(
                count,
                task -> plain.newThread(() -> {
                    lowerPriority.run();
                    task.run();
                }));
    }
}
