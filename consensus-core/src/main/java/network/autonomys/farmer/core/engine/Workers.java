package network.autonomys.farmer.core.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a long computation may use: the calling one, and helpers of somebody else's executor. Helpers that start late or never do no
 * harm: the calling thread does their work, and waits only for what a helper has begun.
 */
public final class Workers {
    private final @Nullable Executor executor;
    private final int helpers;

    private Workers(@Nullable Executor executor, int helpers) {
        this.executor = executor;
        this.helpers = helpers;
    }

    /** The calling thread alone. */
    public static Workers callingThread() {
        return new Workers(null, 0);
    }

    /**
     * The calling thread and helpers.
     *
     * @param helpers how many, 0 or more
     */
    public static Workers with(Executor executor, int helpers) {
        if (helpers < 0) {
            throw new IllegalArgumentException(helpers + " helpers");
        }
        return new Workers(executor, helpers);
    }

    /** Whether there may be more than the calling thread. */
    public boolean hasHelpers() {
        return helpers > 0;
    }

    /**
     * Runs a task for each number from 0 below {@code count}, in any order and at once on all threads. Returns when all are done. After the
     * first exception no further task begins, and it is thrown when those under way have ended. An interrupt is kept for the caller.
     */
    public void forEach(int count, IntConsumer task) {
        Batch batch = new Batch(count, task);
        if (executor != null) {
            help(executor, batch, Math.min(helpers, count - 1));
        }
        batch.run();
        batch.await();
    }

    private static void help(Executor executor, Batch batch, int helpers) {
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(batch);
            }
        } catch (RejectedExecutionException e) {
            // An executor that is full or stopped has no thread to lend; the calling thread does the work.
            return;
        }
    }

    private static final class Batch implements Runnable {
        private final int count;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch open;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Batch(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
            open = new CountDownLatch(count);
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        task.accept(i);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    open.countDown();
                }
            }
        }

        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure.get()) {
                case null -> {}
                case Error e -> throw e;
                case RuntimeException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
