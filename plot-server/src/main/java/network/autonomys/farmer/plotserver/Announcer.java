package network.autonomys.farmer.plotserver;

import java.util.List;
import java.util.function.Supplier;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.spool.Spool;
import network.autonomys.farmer.storage.spool.SpoolEntry;

/** Tells plot-clients, again and again until they act, which of their sectors wait in the spool. */
final class Announcer implements AutoCloseable {
    private final InstanceId self;
    private final Spool spool;
    private final Bus bus;
    private final Supplier<List<String>> addresses;
    private final Scheduler.Task task;

    /**
     * Starts at once.
     *
     * @param addresses bulk listeners of this process, {@code host:port}
     */
    Announcer(
            InstanceId self,
            Spool spool,
            Bus bus,
            Supplier<List<String>> addresses,
            Scheduler scheduler,
            java.time.Duration period) {
        this.self = self;
        this.spool = spool;
        this.bus = bus;
        this.addresses = addresses;
        this.task = scheduler.every(period, this::announceAll);
    }

    private void announceAll() {
        spool.entries().forEach(this::announce);
    }

    /** Tells one client now. */
    void announce(SpoolEntry entry) {
        var job = entry.job();
        bus.publish(
                bus.subjects().ready(job.client()),
                new Ready(
                        job.job(),
                        job.attempt(),
                        job.client(),
                        job.farm(),
                        job.sectorIndex(),
                        job.historySize(),
                        self,
                        addresses.get(),
                        entry.sectorBytes(),
                        entry.metadataBytes(),
                        entry.contentHash(),
                        List.of()));
    }

    @Override
    public void close() {
        task.cancel();
    }
}
