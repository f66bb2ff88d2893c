package network.autonomys.farmer.runtime.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.Command;
import network.autonomys.farmer.protocol.message.CommandAction;
import network.autonomys.farmer.protocol.message.CommandAnswer;
import network.autonomys.farmer.protocol.message.Reinitialization;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies generations of the cache tier (cluster-and-cli §3.11): the desired one is in the configuration bucket under {@value #KEY}, and
 * a command tells to look at once. A generation is applied when its time has come, and only once; nothing valid is ever deleted by it.
 * The generation applied is the figure {@value #FIGURE} of the beats, so that a tool can wait for it.
 */
public final class Reinitializer implements AutoCloseable {
    /** Key of the {@link Reinitialization} in {@link Bucket#CONFIG}. */
    public static final String KEY = "reinitialization";

    /** Figure in presence. */
    public static final String FIGURE = "generation";

    private static final Logger LOG = LoggerFactory.getLogger(Reinitializer.class);

    private final Bus bus;
    private final Scheduler scheduler;
    private final SelfReport report;
    private final Role role;
    private final Action action;
    private final List<Registration> registrations;
    private final Scheduler.Task task;
    private long scheduled;
    private boolean first = true;
    private volatile long applied;

    /** Does what a new generation asks for. */
    @FunctionalInterface
    public interface Action {
        void reinitialize(boolean verifyAll);
    }

    /** Begins to look at once. */
    public Reinitializer(Bus bus, Scheduler scheduler, Timers timers, SelfReport report, Action action) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.report = report;
        this.role = report.role();
        this.action = action;
        report.figure(FIGURE, () -> applied);
        InstanceId self = report.id();
        this.registrations = List.of(
                bus.serve(bus.subjects().commandAll(role), Command.class, (command, deadline) -> obey(command)),
                bus.serve(bus.subjects().command(role, self), Command.class, (command, deadline) -> obey(command)));
        scheduler.execute(this::look);
        this.task = scheduler.every(timers.get(Timer.RING_REFRESH), this::look);
    }

    @Override
    public void close() {
        task.cancel();
        registrations.forEach(Registration::close);
    }

    private CommandAnswer obey(Command command) {
        boolean understood = command.action() == CommandAction.REINITIALIZE;
        if (understood) {
            scheduler.execute(this::look);
        }
        String text = understood ? "generation " + applied + " is applied so far" : "a cache does not do that";
        return new CommandAnswer(report.id(), role, report.host(), understood, text);
    }

    private synchronized void look() {
        try {
            Optional<Reinitialization> wanted = bus.keyValue(Bucket.CONFIG)
                    .get(KEY)
                    .flatMap(entry ->
                            entry.value() instanceof Reinitialization value ? Optional.of(value) : Optional.empty());
            boolean starting = first;
            first = false;
            if (wanted.isEmpty() || wanted.get().generation() <= scheduled) {
                return;
            }
            Reinitialization generation = wanted.get();
            scheduled = generation.generation();
            long wait = generation.startAtMillis() - scheduler.millis();
            if (starting && wait <= 0) {
                // Reading the index at the start is all that an older generation asks for.
                applied = generation.generation();
            } else if (concerns(generation)) {
                scheduler.after(Duration.ofMillis(Math.max(0, wait)), () -> apply(generation));
            }
        } catch (BusException e) {
            LOG.debug("The desired generation cannot be read: {}", e.getMessage());
        }
    }

    private boolean concerns(Reinitialization generation) {
        String scope = generation.scope();
        return scope.isEmpty()
                || scope.equals(role.label())
                || scope.equals(report.id().toString());
    }

    private void apply(Reinitialization generation) {
        LOG.info(
                "Generation {} begins{}",
                generation.generation(),
                generation.verifyAll() ? ", everything is read" : "");
        action.reinitialize(generation.verifyAll());
        applied = generation.generation();
    }
}
