package network.autonomys.farmer.runtime.http;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Limits of a {@link WebSocketServer}.
 *
 * @param listen where to listen; port 0 takes a free one
 * @param maxMessageBytes longest body or WebSocket message that is taken
 * @param maxConnections open connections; one more is refused with status 429
 * @param sendQueue messages of a connection that may wait for its socket before nothing more is read from it
 * @param pingInterval time between pings
 * @param idleLimit a peer that sent nothing for so long has missed a ping; after three misses it is dropped. A connection without a request
 *     is closed after the same time
 */
public record WebSocketServerSettings(
        InetSocketAddress listen,
        int maxMessageBytes,
        int maxConnections,
        int sendQueue,
        Duration pingInterval,
        Duration idleLimit) {

    /** The limits of a node (node-rpc §1.1): 15 MiB, 100 connections, 64 messages, pings each 30 s, 60 s of silence. */
    public static WebSocketServerSettings node(InetSocketAddress listen) {
        return new WebSocketServerSettings(
                listen, 15 * 1024 * 1024, 100, 64, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    /** Limits for a page that is only read: 64 KiB of request, 32 connections. */
    public static WebSocketServerSettings page(InetSocketAddress listen) {
        return new WebSocketServerSettings(listen, 65_536, 32, 4, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    public WebSocketServerSettings {
        if (maxMessageBytes < 1 || maxConnections < 1 || sendQueue < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
        if (!pingInterval.isPositive() || !idleLimit.isPositive()) {
            throw new IllegalArgumentException("times are positive");
        }
    }
}
