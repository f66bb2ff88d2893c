package network.autonomys.farmer.runtime.sim;

import java.util.Map;
import java.util.Random;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;

/** What a role's process has around it, over a simulated bus; all of them are on one host. */
public final class SimulatedProcess implements AutoCloseable {
    private static final String HOST = "here";

    private final MemoryBus bus;
    private final CacheHost host;

    /** A process that is present from now on. */
    public SimulatedProcess(MemoryBroker broker, Scheduler scheduler, Timers timers, Role role, InstanceId id) {
        this.bus = broker.connect();
        SelfReport self =
                new SelfReport(id, role, HOST, "", "test", scheduler.clock().millis());
        this.host = new CacheHost(
                bus,
                scheduler,
                timers,
                new Metrics(Map.of()),
                self,
                new PresenceService(bus, scheduler, timers, new Random(id.hashCode()), self),
                new EventLog(bus, scheduler, id, role, HOST),
                reason -> {
                    throw new IllegalStateException(reason);
                });
        host.presence().start();
    }

    /** What the role is given. */
    public CacheHost host() {
        return host;
    }

    /** Its connection. */
    public MemoryBus bus() {
        return bus;
    }

    @Override
    public void close() {
        host.presence().close();
        bus.close();
    }
}
