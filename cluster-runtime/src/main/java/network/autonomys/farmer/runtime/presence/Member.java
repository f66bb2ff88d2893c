package network.autonomys.farmer.runtime.presence;

import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;

/**
 * A process of the cluster as its beats show it.
 *
 * @param presence its latest beat
 * @param lastHeardNanos when that came, on the monotonic clock of this process
 * @param suspect true if beats are missing
 */
public record Member(Presence presence, long lastHeardNanos, boolean suspect) {
    public InstanceId id() {
        return presence.id();
    }

    public Role role() {
        return presence.role();
    }

    /** True if it takes new work: heard of lately, and ready or degraded. */
    public boolean ready() {
        return !suspect && (presence.state() == MemberState.READY || presence.state() == MemberState.DEGRADED);
    }
}
