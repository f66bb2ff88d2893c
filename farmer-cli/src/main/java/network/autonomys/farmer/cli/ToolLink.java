package network.autonomys.farmer.cli;

import java.security.SecureRandom;
import java.util.Map;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.metrics.BusMetrics;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.NatsLink;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.ThreadScheduler;

/** A tool's line to the cluster: it hears who is there and asks, without being a member. */
final class ToolLink implements AutoCloseable {
    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final Metrics metrics = new Metrics(Map.of());
    private final Timers timers;
    private final SelfReport self;
    private final NatsLink bus;
    private final PresenceService presence;

    /** Connects as the options say and begins to listen. */
    ToolLink(String tool, RoleOptions options) throws ConfigurationException, InterruptedException {
        boolean started = false;
        try {
            timers = options.timers();
            SecureRandom random = new SecureRandom();
            InstanceId id = InstanceId.random(scheduler.clock(), random);
            self = new SelfReport(
                    id, Role.TOOL, options.hostName(), options.zone(), Version.text(), scheduler.millis());
            bus = NatsLink.connect(
                    options.nats(tool + " " + id), options.subjects(), timers, scheduler, new BusMetrics(metrics));
            presence = PresenceService.listening(bus, scheduler, timers, random, self);
            presence.start();
            started = true;
        } finally {
            if (!started) {
                scheduler.close();
            }
        }
    }

    ThreadScheduler scheduler() {
        return scheduler;
    }

    Timers timers() {
        return timers;
    }

    Metrics metrics() {
        return metrics;
    }

    SelfReport self() {
        return self;
    }

    NatsLink bus() {
        return bus;
    }

    PresenceService presence() {
        return presence;
    }

    @Override
    public void close() {
        presence.close();
        bus.close();
        scheduler.close();
    }
}
