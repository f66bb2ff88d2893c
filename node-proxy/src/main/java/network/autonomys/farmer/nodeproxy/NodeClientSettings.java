package network.autonomys.farmer.nodeproxy;

import java.time.Duration;
import network.autonomys.farmer.runtime.http.WebSocketClientSettings;

/**
 * Times and choices of a {@link NodeClient}.
 *
 * @param transport of the connection
 * @param callTimeout for every call
 * @param firstDelay before the first new attempt after a connection ended; grows by half with each attempt
 * @param maxDelay the most it grows to; every delay is varied by a fifth
 * @param slotSilence without a slot for so long (or ten slots, if that is longer) while the node is not syncing, the client subscribes
 *     again, and after the same time once more it connects again; each fruitless round doubles the time, up to 32 times
 * @param segments whether to subscribe to archived segments, each of which must then be acknowledged
 */
public record NodeClientSettings(
        WebSocketClientSettings transport,
        Duration callTimeout,
        Duration firstDelay,
        Duration maxDelay,
        Duration slotSilence,
        boolean segments) {

    /** The times of a controller. */
    public static NodeClientSettings standard() {
        return new NodeClientSettings(
                WebSocketClientSettings.node(),
                Duration.ofSeconds(20),
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                true);
    }

    /** The same without archived segments. */
    public NodeClientSettings withoutSegments() {
        return new NodeClientSettings(transport, callTimeout, firstDelay, maxDelay, slotSilence, false);
    }

    public NodeClientSettings {
        if (!callTimeout.isPositive()
                || !firstDelay.isPositive()
                || !slotSilence.isPositive()
                || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("times are positive");
        }
    }
}
