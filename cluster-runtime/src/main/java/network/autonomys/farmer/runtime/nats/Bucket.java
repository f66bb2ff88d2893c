package network.autonomys.farmer.runtime.nats;

import java.util.Optional;
import network.autonomys.farmer.runtime.settings.Timer;
import org.jspecify.annotations.Nullable;

/** The key-value buckets (cluster-and-cli §3.5). */
public enum Bucket {
    /** Mirror of presence for tools and late joiners. */
    REGISTRY("registry", 1, Timer.REGISTRY_TTL, false),
    /** Leases: leadership of controllers, ownership of farms. */
    LEASE("lease", 1, Timer.LEASE, true),
    /** Ring epochs. */
    RING("ring", 16, null, true),
    /** Desired configuration, pauses, pins, generation of re-initialisation. */
    CONFIG("config", 16, null, true),
    /** Inventory of farms. */
    FARMS("farms", 1, null, true);

    private final String label;
    private final int history;
    private final Optional<Timer> ttl;
    private final boolean onDisk;

    Bucket(String label, int history, @Nullable Timer ttl, boolean onDisk) {
        this.label = label;
        this.history = history;
        this.ttl = Optional.ofNullable(ttl);
        this.onDisk = onDisk;
    }

    /** Its name, to which {@code af_} is added. */
    public String label() {
        return label;
    }

    /** Revisions kept of each key. */
    public int history() {
        return history;
    }

    /** Age at which entries vanish. */
    public Optional<Timer> ttl() {
        return ttl;
    }

    /** False: kept in the memory of the servers. */
    public boolean onDisk() {
        return onDisk;
    }
}
