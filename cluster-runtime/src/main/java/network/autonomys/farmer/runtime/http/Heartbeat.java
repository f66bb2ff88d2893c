package network.autonomys.farmer.runtime.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pings a peer and drops it when it stays silent. Used from the channel's thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
final class Heartbeat {
    private static final int MISSES = 3;

    private final Channel channel;
    private final ChannelConnection connection;
    private final Duration idleLimit;
    private final int allowedMisses;
    private long lastInbound = System.nanoTime();
    private int misses;
    private @Nullable ScheduledFuture<?> timer;

    private Heartbeat(Channel channel, ChannelConnection connection, Duration idleLimit, int allowedMisses) {
        this.channel = channel;
        this.connection = connection;
        this.idleLimit = idleLimit;
        this.allowedMisses = allowedMisses;
    }

    /** Drops the peer after three missed pings. */
    static Heartbeat ofServer(Channel channel, ChannelConnection connection, Duration interval, Duration idleLimit) {
        return new Heartbeat(channel, connection, idleLimit, MISSES).start(interval);
    }

    /** Drops the peer at the first silence. */
    static Heartbeat ofClient(Channel channel, ChannelConnection connection, Duration interval, Duration idleLimit) {
        return new Heartbeat(channel, connection, idleLimit, 1).start(interval);
    }

    private Heartbeat start(Duration interval) {
        timer = channel.eventLoop()
                .scheduleAtFixedRate(this::tick, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return this;
    }

    void inbound() {
        lastInbound = System.nanoTime();
        misses = 0;
    }

    private void tick() {
        if (System.nanoTime() - lastInbound > idleLimit.toNanos()) {
            misses++;
            if (misses >= allowedMisses) {
                connection.drop("the peer was silent for " + idleLimit.toSeconds() + " s");
                return;
            }
        }
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
