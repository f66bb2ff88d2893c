package network.autonomys.farmer.runtime.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket after its upgrade, of either side: hands messages on, answers pings and goodbyes. Used from the channel's thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
final class OpenSocket {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);

    private final ChannelConnection connection;
    private final WebSocketListener listener;
    private final Heartbeat heartbeat;
    private final int maxMessageBytes;

    private OpenSocket(
            ChannelConnection connection, WebSocketListener listener, Heartbeat heartbeat, int maxMessageBytes) {
        this.connection = connection;
        this.listener = listener;
        this.heartbeat = heartbeat;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Puts frames of one message together from now on; {@code ctx} is that of the handler that gets them. */
    static OpenSocket start(
            ChannelHandlerContext ctx,
            ChannelConnection connection,
            WebSocketListener listener,
            Heartbeat heartbeat,
            int maxMessageBytes) {
        ctx.pipeline()
                .addBefore(
                        ctx.name(),
                        "messages",
                        FrameSizes.aggregator(maxMessageBytes, () -> listener.tooLong(maxMessageBytes)));
        return new OpenSocket(connection, listener, heartbeat, maxMessageBytes);
    }

    void frame(ChannelHandlerContext ctx, WebSocketFrame frame) {
        heartbeat.inbound();
        switch (frame) {
            case TextWebSocketFrame text -> deliver(text);
            case PingWebSocketFrame ping ->
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case CloseWebSocketFrame goodbye ->
                ctx.writeAndFlush(new CloseWebSocketFrame(
                                goodbye.isFinalFragment(),
                                goodbye.rsv(),
                                goodbye.content().retain()))
                        .addListener(ChannelFutureListener.CLOSE);
            default -> LOG.trace("{} is of no interest", frame);
        }
    }

    private void deliver(TextWebSocketFrame text) {
        // The aggregator lets messages of a single frame pass whatever their length.
        if (text.content().readableBytes() > maxMessageBytes) {
            listener.tooLong(maxMessageBytes);
        } else {
            listener.message(ByteBufUtil.getBytes(text.content()));
        }
    }

    /** The connection ends because of this. */
    void failed(Throwable cause) {
        connection.drop(String.valueOf(cause.getMessage()));
    }

    /** The channel is closed. */
    void closed() {
        heartbeat.stop();
        listener.closed(connection.reason());
    }
}
