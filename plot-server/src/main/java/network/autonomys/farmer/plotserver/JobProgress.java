package network.autonomys.farmer.plotserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.time.Scheduler;

/** Tells a client how its job gets on: at once when a stage begins, and now and then while it lasts, which on a slow host may be an hour. */
final class JobProgress implements AutoCloseable {
    private static final int WHOLE = 1000;

    private record Stage(JobStage name, int steps, AtomicInteger done) {
        int permille() {
            return steps == 0 ? 0 : (int) Math.min(WHOLE, (long) WHOLE * done.get() / steps);
        }
    }

    private final InstanceId self;
    private final Bus bus;
    private final PlotJob job;
    private final Scheduler.Task task;
    private volatile Stage stage;

    /**
     * Tells that the job's pieces are fetched.
     *
     * @param period between two notices
     */
    JobProgress(InstanceId self, Bus bus, PlotJob job, Scheduler scheduler, Duration period) {
        this.self = self;
        this.bus = bus;
        this.job = job;
        this.stage = new Stage(JobStage.DOWNLOADING, 0, new AtomicInteger());
        tell();
        this.task = scheduler.every(period, this::tell);
    }

    /**
     * Tells that the next stage has begun.
     *
     * @param steps it consists of; 0 if that is not known
     */
    void begin(JobStage next, int steps) {
        stage = new Stage(next, steps, new AtomicInteger());
        tell();
    }

    /** One more step of this stage is done. Told with the next notice. */
    void step() {
        stage.done().incrementAndGet();
    }

    private void tell() {
        Stage now = stage;
        bus.publish(
                bus.subjects().jobState(job.client()),
                new JobState(job.job(), job.attempt(), self, now.name(), now.permille(), Optional.empty(), ""));
    }

    @Override
    public void close() {
        task.cancel();
    }
}
