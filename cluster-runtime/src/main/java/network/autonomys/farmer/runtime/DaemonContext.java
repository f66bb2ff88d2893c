package network.autonomys.farmer.runtime;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;

/** What a role gets from the daemon around it, and how it tells its state. */
public final class DaemonContext {
    /** Something to end, by name for the log. */
    record Closer(String name, AutoCloseable closeable) {}

    private final Role role;
    private final RoleOptions options;
    private final Optional<Path> stateDir;
    private final Timers timers;
    private final Scheduler scheduler;
    private final Metrics metrics;
    private final Bus bus;
    private final SelfReport self;
    private final PresenceService presence;
    private final EventLog events;
    private final FailureHandler failure;
    private final Deque<Closer> closers = new ArrayDeque<>();
    private final Deque<Runnable> drains = new ArrayDeque<>();

    /** Ends the process from inside. */
    interface FailureHandler {
        void end(int exitCode, String message);
    }

    DaemonContext(
            Role role,
            RoleOptions options,
            Optional<Path> stateDir,
            Timers timers,
            Scheduler scheduler,
            Metrics metrics,
            Bus bus,
            SelfReport self,
            PresenceService presence,
            EventLog events,
            FailureHandler failure) {
        this.role = role;
        this.options = options;
        this.stateDir = stateDir;
        this.timers = timers;
        this.scheduler = scheduler;
        this.metrics = metrics;
        this.bus = bus;
        this.self = self;
        this.presence = presence;
        this.events = events;
        this.failure = failure;
    }

    public Role role() {
        return role;
    }

    /** This process. */
    public InstanceId id() {
        return self.id();
    }

    public RoleOptions options() {
        return options;
    }

    public Subjects subjects() {
        return bus.subjects();
    }

    /** Where this process may keep state, empty for one that keeps none ({@code --tmp}). The directory exists. */
    public Optional<Path> stateDir() {
        return stateDir;
    }

    public Timers timers() {
        return timers;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Metrics metrics() {
        return metrics;
    }

    public Bus bus() {
        return bus;
    }

    /** What this process says about itself. */
    public SelfReport self() {
        return self;
    }

    public PresenceService presence() {
        return presence;
    }

    public EventLog events() {
        return events;
    }

    /** Everything works. */
    public void ready() {
        presence.state(MemberState.READY, "");
    }

    /** Some things do not work, and why. */
    public void degraded(String reason) {
        presence.state(MemberState.DEGRADED, reason);
    }

    /** Still starting, and what it waits for. */
    public void waiting(String reason) {
        presence.state(MemberState.STARTING, reason);
    }

    /** By order, nothing new. */
    public void paused(String reason) {
        presence.state(MemberState.PAUSED, reason);
    }

    /** Runs an action when the process begins to stop: take nothing new, hand over. It returns soon. */
    public synchronized void onDrain(Runnable action) {
        drains.addLast(action);
    }

    /** Closes something when the process stops, the latest first. */
    public synchronized <T extends AutoCloseable> T onStop(String name, T closeable) {
        closers.push(new Closer(name, closeable));
        return closeable;
    }

    /** Ends the process; a restart may help. */
    public void fail(String message) {
        failure.end(ExitCode.FAILED, message);
    }

    /** Ends the process with exit code 2; a restart cannot help. */
    public void refuse(String message) {
        failure.end(ExitCode.CONFIGURATION, message);
    }

    synchronized Deque<Closer> closers() {
        return new ArrayDeque<>(closers);
    }

    synchronized Deque<Runnable> drains() {
        return new ArrayDeque<>(drains);
    }
}
