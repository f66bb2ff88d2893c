package network.autonomys.farmer.runtime.os;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that takes a processor for seconds and is in no hurry: encoding, checks of pieces, long answers of a node. They are platform
 * threads, because such work would keep the few carriers of virtual threads from a slot's messages, and the system prefers other threads to them.
 */
public final class LowPriorityThreads {
    /** A thirtieth of the share of a thread that proves: this work gives way, and does not stand still while a host is busy for minutes. */
    private static final int NICE = 15;

    private static final Logger LOG = LoggerFactory.getLogger(LowPriorityThreads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LowPriorityThreads() {}

    /**
     * Makes daemon threads.
     *
     * @param name of the threads; their number follows
     */
    public static ThreadFactory factory(String name) {
        ThreadFactory plain = Thread.ofPlatform().name(name, 0).daemon(true).factory();
        return task -> plain.newThread(() -> {
            if (!ThreadNice.lower(NICE)) {
                LOG.info(
                        "the system refused to lower the priority of {}",
                        Thread.currentThread().getName());
            }
            task.run();
        });
    }

    /**
     * A pool of such threads.
     *
     * @param count at least 1
     */
    public static ExecutorService pool(String name, int count) {
        return Executors.newFixedThreadPool(count, factory(name));
    }

    /** Lets a pool end what it has been given, and waits for it: the memory that it works on may be freed afterwards. */
    public static void stop(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("work in the background does not end");
        }
    }
}
