package network.autonomys.farmer.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.runtime.metrics.BusMetrics;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.metrics.MetricsPush;
import network.autonomys.farmer.runtime.metrics.MetricsServer;
import network.autonomys.farmer.runtime.metrics.PushSettings;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.nats.NatsLink;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a role. Start: settings, identity, metrics, NATS (waited for as long as it takes), presence, then the role's own
 * {@link Body}. Stop, within {@link Timer#STOP}: draining is announced, the role takes nothing new, everything is closed in the
 * opposite order, the last beat says goodbye.
 */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** What makes a role of a daemon. */
    @FunctionalInterface
    public interface Body {
        /**
         * Starts the role and returns. It may wait for what it needs from others; then it says so by
         * {@link DaemonContext#waiting}. What must be ended is registered by {@link DaemonContext#onStop} as soon as it exists.
         *
         * @throws ConfigurationException if the settings cannot work: exit code 2
         * @throws IOException if a restart may help
         */
        void start(DaemonContext context) throws ConfigurationException, IOException, InterruptedException;
    }

    private record End(int exitCode, String message) {}

    private final Duration stopLimit;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final AtomicReference<@Nullable DaemonContext> context = new AtomicReference<>();

    private Daemon(Duration stopLimit) {
        this.stopLimit = stopLimit;
    }

    /**
     * Runs a role until the process is told to stop (SIGTERM, SIGINT) or fails.
     *
     * @param stateDir where it keeps its identity; empty for one that is new at each start
     * @return the exit code, for {@link System#exit}
     */
    public static int run(Role role, RoleOptions options, Optional<Path> stateDir, Body body) {
        Thread main = Thread.currentThread();
        AtomicReference<@Nullable Daemon> running = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    Daemon daemon = running.get();
                    if (ended.getCount() == 0) {
                        return;
                    }
                    if (daemon == null) {
                        main.interrupt();
                    } else {
                        daemon.end.complete(new End(ExitCode.STOPPED, "told to stop"));
                    }
                    awaitQuietly(ended);
                    // Otherwise the JVM would report the signal instead of a clean stop.
                    Runtime.getRuntime().halt(ExitCode.STOPPED);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            options.configureLog();
            Daemon daemon = new Daemon(options.timers().get(Timer.STOP));
            Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
                LOG.error("thread {} died", thread.getName(), e);
                daemon.end.complete(new End(ExitCode.FAILED, "uncaught " + e));
            });
            daemon.beginOrStop(role, options, stateDir, body);
            running.set(daemon);
            int code = daemon.awaitEnd();
            daemon.stop();
            return code;
        } catch (ConfigurationException e) {
            System.err.println(role.label() + ": " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (IOException e) {
            LOG.error("start failed", e);
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            return ExitCode.STOPPED;
        } finally {
            ended.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(Timer.STOP.normal().toSeconds() + 2, TimeUnit.SECONDS)) {
                LOG.error("not stopped in time, leaving anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a role inside this process, for tests and for several roles in one process. */
    public static Daemon start(Role role, RoleOptions options, Optional<Path> stateDir, Body body)
            throws ConfigurationException, IOException, InterruptedException {
        Daemon daemon = new Daemon(options.timers().get(Timer.STOP));
        daemon.beginOrStop(role, options, stateDir, body);
        return daemon;
    }

    private void beginOrStop(Role role, RoleOptions options, Optional<Path> stateDir, Body body)
            throws ConfigurationException, IOException, InterruptedException {
        boolean started = false;
        try {
            begin(role, options, stateDir, body);
            started = true;
        } finally {
            if (!started) {
                stop();
            }
        }
    }

    private void begin(Role role, RoleOptions options, Optional<Path> stateDir, Body body)
            throws ConfigurationException, IOException, InterruptedException {
        Subjects subjects = options.subjects();
        Timers timers = options.timers();
        Optional<PushSettings> push = options.push();
        InstanceId id = identity(stateDir, subjects);
        String host = options.hostName();
        LOG.info("{} {} {} on {}, cluster {}", role.label(), Version.current(), id, host, subjects.cluster());
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cluster", subjects.cluster());
        labels.put("role", role.label());
        labels.put("instance_id", id.toString());
        labels.put("host", host);
        Metrics metrics = new Metrics(labels).withJvm();
        SelfReport self = new SelfReport(id, role, host, options.zone(), Version.current(), scheduler.millis());
        metrics.observe("up", "1 when ready, 0 otherwise", () -> self.state() == MemberState.READY ? 1 : 0);
        NatsLink bus = NatsLink.connect(
                options.nats(role.label() + " " + id), subjects, timers, scheduler, new BusMetrics(metrics));
        PresenceService presence = new PresenceService(bus, scheduler, timers, new SecureRandom(), self);
        EventLog events = new EventLog(bus, scheduler, id, role, host);
        DaemonContext made = new DaemonContext(
                role, options, stateDir, timers, scheduler, metrics, bus, self, presence, events, (code, message) -> {
                    LOG.error("{}", message);
                    end.complete(new End(code, message));
                });
        context.set(made);
        made.onStop("NATS", bus);
        for (InetSocketAddress address : options.prometheusListenOn()) {
            made.onStop("metrics", MetricsServer.start(address, metrics));
        }
        if (push.isPresent()) {
            made.onStop("metrics push", MetricsPush.start(metrics, push.get(), role.label(), scheduler));
        }
        made.onStop("presence", presence);
        presence.start();
        body.start(made);
        if (self.state() == MemberState.STARTING) {
            made.ready();
        }
    }

    private InstanceId identity(Optional<Path> stateDir, Subjects subjects) throws ConfigurationException, IOException {
        if (stateDir.isEmpty()) {
            return InstanceId.random(scheduler.clock(), new SecureRandom());
        }
        try {
            Files.createDirectories(stateDir.get());
        } catch (IOException e) {
            throw new ConfigurationException("directory " + stateDir.get() + " cannot be made: " + e.getMessage());
        }
        return Identity.load(stateDir.get(), subjects.cluster(), scheduler.clock());
    }

    /** What the role works with. */
    public DaemonContext context() {
        DaemonContext present = context.get();
        if (present == null) {
            throw new IllegalStateException("not started");
        }
        return present;
    }

    /** Waits until the process is told to stop or a role fails; gives the exit code. */
    public int awaitEnd() throws InterruptedException {
        try {
            return end.get().exitCode();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for the end without waiting for it. */
    public void requestStop() {
        end.complete(new End(ExitCode.STOPPED, "told to stop"));
    }

    /** Stops in order, within the limit. A second call waits for the first. */
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            awaitQuietly(stopped);
            return;
        }
        end.complete(new End(ExitCode.STOPPED, "told to stop"));
        long until = System.nanoTime() + stopLimit.toNanos();
        DaemonContext present = context.get();
        if (present != null) {
            LOG.info("stopping");
            present.presence().state(MemberState.DRAINING, "stopping");
            present.drains().forEach(drain -> within(until, "draining", drain::run));
            present.closers().forEach(closer -> within(until, closer.name(), closer.closeable()));
        }
        scheduler.close();
        LOG.info("stopped");
        stopped.countDown();
    }

    /** Runs a step of stopping, but does not let it use more than the time left; at least a moment is given to each. */
    private static void within(long until, String name, AutoCloseable step) {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().name("stop-" + name).start(() -> {
            try {
                step.close();
            } catch (Exception e) {
                LOG.error("stopping {} failed", name, e);
            } finally {
                done.countDown();
            }
        });
        long left = Math.max(TimeUnit.MILLISECONDS.toNanos(50), until - System.nanoTime());
        try {
            if (!done.await(left, TimeUnit.NANOSECONDS)) {
                LOG.error("{} did not stop in time", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
