package network.autonomys.farmer.runtime.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a {@link WebSocketClient}: the upgrade, then messages. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
final class ClientConnection extends SimpleChannelInboundHandler<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    /** A client reads on whatever it has to send. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final WebSocketClientHandshaker handshaker;
    private final WebSocketClientSettings settings;
    private final Function<WebSocketConnection, WebSocketListener> listeners;
    private final CompletableFuture<WebSocketConnection> opened;
    private @Nullable OpenSocket socket;

    ClientConnection(
            WebSocketClientHandshaker handshaker,
            WebSocketClientSettings settings,
            Function<WebSocketConnection, WebSocketListener> listeners,
            CompletableFuture<WebSocketConnection> opened) {
        this.handshaker = handshaker;
        this.settings = settings;
        this.listeners = listeners;
        this.opened = opened;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        SslHandler ssl = ctx.pipeline().get(SslHandler.class);
        if (ssl == null) {
            handshaker.handshake(ctx.channel());
            return;
        }
        ssl.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                handshaker.handshake(ctx.channel());
            } else {
                opened.completeExceptionally(done.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FullHttpResponse response) {
            upgraded(ctx, response);
        } else if (message instanceof WebSocketFrame frame) {
            if (socket != null) {
                socket.frame(ctx, frame);
            }
        }
    }

    private void upgraded(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            opened.completeExceptionally(new IOException("the upgrade was refused with HTTP "
                    + response.status().code() + " "
                    + response.content().toString(StandardCharsets.UTF_8).strip()));
            ctx.close();
            return;
        }
        handshaker.finishHandshake(ctx.channel(), response);
        ChannelConnection created = new ChannelConnection(ctx.channel(), UNLIMITED);
        socket = OpenSocket.start(
                ctx,
                created,
                listeners.apply(created),
                Heartbeat.ofClient(ctx.channel(), created, settings.pingInterval(), settings.idleLimit()),
                settings.maxMessageBytes());
        opened.complete(created);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        opened.completeExceptionally(new IOException("the peer closed the connection during the upgrade"));
        if (socket != null) {
            socket.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("Connection to {} ends: {}", ctx.channel().remoteAddress(), cause.toString());
        opened.completeExceptionally(cause);
        if (socket != null) {
            socket.failed(cause);
        } else {
            ctx.close();
        }
    }
}
