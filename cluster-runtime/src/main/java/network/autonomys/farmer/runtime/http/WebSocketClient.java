package network.autonomys.farmer.runtime.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens WebSockets, {@code ws} or {@code wss}. One network thread for all its connections. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
public final class WebSocketClient implements AutoCloseable {
    private static final int MAX_REFUSAL_BYTES = 65_536;

    private final WebSocketClientSettings settings;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("websocket-client", true), NioIoHandler.newFactory());

    public WebSocketClient(WebSocketClientSettings settings) {
        this.settings = settings;
    }

    /**
     * Opens a connection; the listener is made before anything comes in.
     *
     * @param url {@code ws://} or {@code wss://}
     * @throws IOException where nobody listens, the peer refuses the upgrade (its status and text are in the message), or the time for
     *     connecting is over
     * @throws IllegalArgumentException for a URL of another kind
     */
    public WebSocketConnection connect(URI url, Function<WebSocketConnection, WebSocketListener> listener)
            throws IOException, InterruptedException {
        boolean tls = "wss".equalsIgnoreCase(url.getScheme());
        if ((!tls && !"ws".equalsIgnoreCase(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("no WebSocket URL: " + url);
        }
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        String host = url.getHost().replace("[", "").replace("]", "");
        SslContext ssl = tls ? SslContextBuilder.forClient().build() : null;
        CompletableFuture<WebSocketConnection> opened = new CompletableFuture<>();
        ChannelFuture connecting =
                bootstrap(url, host, port, ssl, listener, opened).connect(host, port);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                opened.completeExceptionally(done.cause());
            }
        });
        return await(url, opened, connecting);
    }

    private Bootstrap bootstrap(
            URI url,
            String host,
            int port,
            @Nullable SslContext ssl,
            Function<WebSocketConnection, WebSocketListener> listener,
            CompletableFuture<WebSocketConnection> opened) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        URI target = URI.create(url.getScheme() + "://" + url.getRawAuthority() + path
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
        return new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (ssl != null) {
                            channel.pipeline().addLast(ssl.newHandler(channel.alloc(), host, port));
                        }
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MAX_REFUSAL_BYTES))
                                .addLast(new ClientConnection(
                                        WebSocketClientHandshakerFactory.newHandshaker(
                                                target,
                                                WebSocketVersion.V13,
                                                null,
                                                false,
                                                new DefaultHttpHeaders(),
                                                FrameSizes.maxFrameBytes(settings.maxMessageBytes())),
                                        settings,
                                        listener,
                                        opened));
                    }
                });
    }

    private WebSocketConnection await(URI url, CompletableFuture<WebSocketConnection> opened, ChannelFuture connecting)
            throws IOException, InterruptedException {
        try {
            return opened.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            connecting.channel().close();
            throw new IOException(
                    "no connection to " + url + " within "
                            + settings.connectTimeout().toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            connecting.channel().close();
            throw e;
        } catch (ExecutionException e) {
            connecting.channel().close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("no connection to " + url + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        // Farewells that are under way have a moment.
        group.shutdownGracefully(20, 1000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
