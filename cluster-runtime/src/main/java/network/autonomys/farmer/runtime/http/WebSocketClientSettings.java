package network.autonomys.farmer.runtime.http;

import java.time.Duration;

/**
 * Limits of a {@link WebSocketClient}.
 *
 * @param maxMessageBytes longest message that is taken
 * @param connectTimeout for name look-up, connection and upgrade together
 * @param pingInterval time between our pings
 * @param idleLimit a peer silent for so long, our pings notwithstanding, is given up
 */
public record WebSocketClientSettings(
        int maxMessageBytes, Duration connectTimeout, Duration pingInterval, Duration idleLimit) {
    /** For a node: messages up to 48 MiB (a node sends 15 MiB, a dev node with big blocks more), 10 s, ping each 10 s, 30 s of silence. */
    public static WebSocketClientSettings node() {
        return new WebSocketClientSettings(
                48 * 1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    public WebSocketClientSettings {
        if (maxMessageBytes < 1
                || !connectTimeout.isPositive()
                || !pingInterval.isPositive()
                || !idleLimit.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
