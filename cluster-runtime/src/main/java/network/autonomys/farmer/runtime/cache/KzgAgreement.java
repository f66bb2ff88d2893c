package network.autonomys.farmer.runtime.cache;

import java.time.Duration;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.message.AppInfo;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the KZG parameters of this process with those that the controllers work with, as soon as one answers and after each
 * reconnection (design §5): with another set nothing that this process verifies or makes is worth anything.
 */
public final class KzgAgreement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KzgAgreement.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Bus bus;
    private final Bytes ours;
    private final CacheHost.Refusal refusal;
    private final Registration registration;
    private final Scheduler.Task task;
    private volatile boolean agreed;

    /**
     * A comparison; it begins at once and is repeated until a controller answered.
     *
     * @param ours SHA-256 of the parameters of this process
     * @param refusal ends this process when the others work with another set
     */
    public KzgAgreement(Bus bus, Scheduler scheduler, Duration period, Bytes ours, CacheHost.Refusal refusal) {
        this.bus = bus;
        this.ours = ours;
        this.refusal = refusal;
        this.registration = bus.onConnection(connected -> agreed = false);
        scheduler.execute(this::ask);
        this.task = scheduler.every(period, this::ask);
    }

    /** The comparison of a daemon. */
    public static KzgAgreement of(DaemonContext context, Bytes ours) {
        return new KzgAgreement(
                context.bus(), context.scheduler(), context.timers().get(Timer.RING_REFRESH), ours, context::refuse);
    }

    /** Whether a controller was asked and has the same parameters. */
    public boolean agreed() {
        return agreed;
    }

    @Override
    public void close() {
        task.cancel();
        registration.close();
    }

    private void ask() {
        if (agreed) {
            return;
        }
        try {
            AppInfo info = bus.call(bus.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, ANSWER);
            if (!info.kzgDigest().equals(ours)) {
                refusal.refuse("the cluster works with KZG parameters " + info.kzgDigest() + ", this process with "
                        + ours + ": --kzg-parameters must name the same set everywhere");
                return;
            }
            agreed = true;
        } catch (BusException e) {
            LOG.debug("No controller tells its KZG parameters: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
