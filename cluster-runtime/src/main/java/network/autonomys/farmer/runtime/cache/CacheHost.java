package network.autonomys.farmer.runtime.cache;

import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;

/**
 * The process around a cache, or around a server that gets its pieces from caches.
 *
 * @param refusal ends the process because a restart cannot help
 */
public record CacheHost(
        Bus bus,
        Scheduler scheduler,
        Timers timers,
        Metrics metrics,
        SelfReport report,
        PresenceService presence,
        EventLog events,
        Refusal refusal) {
    /** The process of a daemon. */
    public static CacheHost of(DaemonContext context) {
        return new CacheHost(
                context.bus(),
                context.scheduler(),
                context.timers(),
                context.metrics(),
                context.self(),
                context.presence(),
                context.events(),
                context::refuse);
    }

    /** Ends the process with exit code 2. */
    @FunctionalInterface
    public interface Refusal {
        void refuse(String reason);
    }
}
