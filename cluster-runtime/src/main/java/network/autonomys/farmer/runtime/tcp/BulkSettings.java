package network.autonomys.farmer.runtime.tcp;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.settings.Timer;

/**
 * How a process transfers in bulk.
 *
 * @param cluster the cluster's name; others are refused
 * @param self this process
 * @param secret the cluster secret, where there is one
 * @param ping between two pings on a connection
 * @param dead a connection on which nothing arrives for this long is closed
 * @param streamCredit body bytes that may be on their way in one stream
 * @param maxConnections connections that a server takes
 * @param maxStreams streams at once in one connection
 * @param bodies pieces and blocks that a server holds in memory at a time
 * @param receiving body bytes that a client lets be on their way to it at a time, over all streams
 */
public record BulkSettings(
        String cluster,
        InstanceId self,
        Optional<HandshakeProof> secret,
        Duration ping,
        Duration dead,
        int streamCredit,
        int maxConnections,
        int maxStreams,
        int bodies,
        long receiving) {
    /**
     * The settings of a daemon, with the usual limits.
     *
     * @throws ConfigurationException where the cluster secret cannot be read
     */
    public static BulkSettings of(DaemonContext context) throws ConfigurationException {
        return of(
                context.subjects().cluster(),
                context.id(),
                context.options().dataSecret().map(HandshakeProof::new),
                context.timers().get(Timer.BULK_PING),
                context.timers().get(Timer.BULK_DEAD));
    }

    /** Settings with the usual limits. */
    public static BulkSettings of(
            String cluster, InstanceId self, Optional<HandshakeProof> secret, Duration ping, Duration dead) {
        return new BulkSettings(cluster, self, secret, ping, dead, 8 << 20, 1024, 32, 128, 256L << 20);
    }
}
