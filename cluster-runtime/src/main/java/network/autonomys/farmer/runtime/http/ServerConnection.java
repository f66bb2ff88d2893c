package network.autonomys.farmer.runtime.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a {@link WebSocketServer}: plain requests until it is upgraded. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
final class ServerConnection extends SimpleChannelInboundHandler<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final WebSocketServerSettings settings;
    private final ServerHandler handler;
    private final boolean full;
    private @Nullable ScheduledFuture<?> requestDeadline;
    private @Nullable OpenSocket socket;

    ServerConnection(WebSocketServerSettings settings, ServerHandler handler, boolean full) {
        this.settings = settings;
        this.handler = handler;
        this.full = full;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    /** A connection on which no request comes is closed. */
    private void awaitRequest(ChannelHandlerContext ctx) {
        stopWaiting();
        requestDeadline =
                ctx.executor().schedule(() -> ctx.close(), settings.idleLimit().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stopWaiting() {
        if (requestDeadline != null) {
            requestDeadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FullHttpRequest request) {
            stopWaiting();
            request(ctx, request);
        } else if (message instanceof WebSocketFrame frame) {
            if (socket != null) {
                socket.frame(ctx, frame);
            }
        }
    }

    private void request(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        if (full) {
            answer(ctx, ServerAnswer.text(429, "Too many connections. Please try again later.\n"), false);
            return;
        }
        if (!request.decoderResult().isSuccess()) {
            answer(ctx, ServerAnswer.text(400, "Bad request\n"), false);
            return;
        }
        ServerRequest view = view(request);
        if (request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            Optional<ServerAnswer> refusal = handler.refusesUpgrade(view);
            if (refusal.isPresent()) {
                answer(ctx, refusal.get(), false);
            } else {
                upgrade(ctx, request);
            }
            return;
        }
        // The next request on this connection waits until this one is answered.
        ctx.channel().config().setAutoRead(false);
        handler.request(view).whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.warn("{} {} failed", view.method(), view.path(), failure);
            }
            ServerAnswer sent = failure == null ? answer : ServerAnswer.text(500, "Internal error\n");
            ctx.executor().execute(() -> {
                answer(ctx, sent, keepAlive);
                ctx.channel().config().setAutoRead(true);
            });
        });
    }

    private void answer(ChannelHandlerContext ctx, ServerAnswer answer, boolean keepAlive) {
        var sent = ctx.writeAndFlush(Answers.response(answer, keepAlive));
        if (keepAlive) {
            awaitRequest(ctx);
        } else {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static ServerRequest view(FullHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new ServerRequest(
                request.method().name(), request.uri(), headers, ByteBufUtil.getBytes(request.content()));
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        request.uri(), null, FrameSizes.decoder(settings.maxMessageBytes()))
                .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ChannelConnection opened = new ChannelConnection(ctx.channel(), settings.sendQueue());
        handshaker.handshake(ctx.channel(), request).addListener(done -> {
            if (!done.isSuccess()) {
                ctx.close();
                return;
            }
            socket = OpenSocket.start(
                    ctx,
                    opened,
                    handler.opened(opened),
                    Heartbeat.ofServer(ctx.channel(), opened, settings.pingInterval(), settings.idleLimit()),
                    settings.maxMessageBytes());
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        if (socket != null) {
            socket.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("Connection of {} ends: {}", ctx.channel().remoteAddress(), cause.toString());
        if (socket != null) {
            socket.failed(cause);
        } else {
            ctx.close();
        }
    }
}
