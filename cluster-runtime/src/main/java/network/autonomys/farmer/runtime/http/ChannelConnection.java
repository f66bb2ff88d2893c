package network.autonomys.farmer.runtime.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A WebSocket over a Netty channel. Reading stops while the peer does not take what was sent. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
final class ChannelConnection implements WebSocketConnection {
    private final Channel channel;
    private final int sendQueue;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<String> reason = new AtomicReference<>("closed by the peer");

    ChannelConnection(Channel channel, int sendQueue) {
        this.channel = channel;
        this.sendQueue = sendQueue;
    }

    @Override
    public boolean send(byte[] text) {
        if (!channel.isActive()) {
            return false;
        }
        if (pending.incrementAndGet() == sendQueue) {
            channel.config().setAutoRead(false);
        }
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)))
                .addListener(written -> {
                    if (pending.decrementAndGet() == sendQueue / 2) {
                        channel.config().setAutoRead(true);
                    }
                });
        return true;
    }

    @Override
    public int pending() {
        return pending.get();
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void close(String why) {
        reason.compareAndSet("closed by the peer", why);
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE, shortened(why)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends the connection without a goodbye. */
    void drop(String why) {
        reason.compareAndSet("closed by the peer", why);
        channel.close();
    }

    /** Why the connection has ended. */
    String reason() {
        return String.valueOf(reason.get());
    }

    @Override
    public String peer() {
        return String.valueOf(channel.remoteAddress());
    }

    private static String shortened(String why) {
        // A close frame holds at most 123 bytes of reason.
        String ascii = why.replaceAll("[^ -~]", "?");
        return ascii.length() <= 120 ? ascii : ascii.substring(0, 120);
    }
}
