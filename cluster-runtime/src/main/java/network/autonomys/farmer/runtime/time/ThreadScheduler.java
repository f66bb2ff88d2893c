package network.autonomys.farmer.runtime.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real time: one timer thread, and a virtual thread for each action. An action that fails is logged; a repeated one goes on. */
public final class ThreadScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);

    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService actions = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("action-", 0).factory());

    public ThreadScheduler() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable action) {
        try {
            actions.execute(() -> run(action));
        } catch (RejectedExecutionException e) {
            LOG.debug("not run, the scheduler is closed");
        }
    }

    @Override
    public Task after(Duration delay, Runnable action) {
        Timed task = new Timed(action, null);
        task.schedule(delay);
        return task;
    }

    @Override
    public Task every(Duration period, Runnable action) {
        Timed task = new Timed(action, period);
        task.schedule(period);
        return task;
    }

    /** Starts nothing any more and interrupts what runs. */
    @Override
    public void close() {
        timer.shutdownNow();
        actions.shutdownNow();
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("action failed", e);
        }
    }

    private final class Timed implements Task {
        private final Runnable action;
        private final @Nullable Duration period;
        private volatile boolean cancelled;

        Timed(Runnable action, @Nullable Duration period) {
            this.action = action;
            this.period = period;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // what runs reports its failures itself
        void schedule(Duration delay) {
            try {
                timer.schedule(() -> execute(this::fire), delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("not scheduled, the scheduler is closed");
            }
        }

        private void fire() {
            if (cancelled) {
                return;
            }
            ThreadScheduler.run(action);
            Duration next = period;
            if (next != null && !cancelled) {
                schedule(next);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
