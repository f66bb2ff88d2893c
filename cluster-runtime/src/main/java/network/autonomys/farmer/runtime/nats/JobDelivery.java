package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plot job that this process works on. Until it is finished the queue is told now and then that work goes on; if that stops, because
 * the process died, the job goes to another server.
 */
public final class JobDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(JobDelivery.class);
    private static final int MOST_FAILURES = 3;

    private final PlotJob job;
    private final Optional<WorkQueue.Item> item;
    private final Optional<Scheduler.Task> progress;
    private final AtomicBoolean finished = new AtomicBoolean();

    /** A job that was offered directly has no queue behind it. */
    JobDelivery(PlotJob job) {
        this.job = job;
        this.item = Optional.empty();
        this.progress = Optional.empty();
    }

    JobDelivery(PlotJob job, WorkQueue.Item item, Scheduler scheduler, Duration progressPeriod) {
        this.job = job;
        this.item = Optional.of(item);
        this.progress = Optional.of(scheduler.every(progressPeriod, () -> {
            try {
                item.inProgress();
            } catch (IllegalStateException e) {
                LOG.debug("job {}: progress not told: {}", job.job(), e.getMessage());
            }
        }));
    }

    public PlotJob job() {
        return job;
    }

    /** True if it came by direct offer, because JetStream was down. */
    public boolean offered() {
        return item.isEmpty();
    }

    /** How many servers got it, from 1. */
    public long deliveries() {
        return item.map(WorkQueue.Item::deliveries).orElse(1L);
    }

    /**
     * The encoded sector is safe in the spool: the job leaves the queue. Should the queue not answer, it may come again and is then
     * recognised by its job id and attempt.
     */
    public void done() {
        if (finish()) {
            item.ifPresent(queued -> {
                try {
                    queued.done();
                } catch (BusException e) {
                    LOG.warn(
                            "job {}: queue did not confirm the end ({}); it may come again", job.job(), e.getMessage());
                }
            });
        }
    }

    /**
     * It did not work here: another server gets it after a delay.
     *
     * @return false if it failed so often that it is parked and not tried again
     */
    public boolean failed(Duration delay) {
        boolean again = item.isPresent() && deliveries() < MOST_FAILURES;
        if (finish()) {
            item.ifPresent(queued -> {
                if (again) {
                    queued.giveBack(delay);
                } else {
                    queued.drop();
                }
            });
        }
        return again;
    }

    /** Nobody shall work on it: it is stale, or not for us. */
    public void drop() {
        if (finish()) {
            item.ifPresent(WorkQueue.Item::drop);
        }
    }

    private boolean finish() {
        progress.ifPresent(Scheduler.Task::cancel);
        return finished.compareAndSet(false, true);
    }
}
