package network.autonomys.farmer.runtime.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP server that also speaks WebSocket on the same port, as a node does (node-rpc §1.1). One network thread; no compression, no
 * TLS.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails ends the connection, which is heard of otherwise.
public final class WebSocketServer implements AutoCloseable {
    private final EventLoopGroup group;
    private final ChannelGroup connections;
    private final Channel listener;

    private WebSocketServer(EventLoopGroup group, ChannelGroup connections, Channel listener) {
        this.group = group;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException where the port is taken or the address is not one of this machine
     */
    public static WebSocketServer start(WebSocketServerSettings settings, ServerHandler handler) throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("http-server", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        boolean full = connections.size() >= settings.maxConnections();
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new BoundedAggregator(settings.maxMessageBytes(), handler))
                                .addLast(new ServerConnection(settings, handler, full));
                    }
                });
        try {
            Channel listener =
                    bootstrap.bind(settings.listen()).syncUninterruptibly().channel();
            return new WebSocketServer(group, connections, listener);
        } catch (Exception e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException("cannot listen on " + settings.listen() + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Open connections. */
    public int connections() {
        return connections.size();
    }

    /** Ends every connection without a goodbye, and goes on listening. For tests of clients. */
    public void dropConnections() {
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
