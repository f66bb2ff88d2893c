package network.autonomys.farmer.runtime.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.protocol.frame.FrameType;

/** Serves pieces and sectors to other hosts. */
@SuppressWarnings("FutureReturnValueIgnored") // closing is all that follows
public final class BulkServer implements AutoCloseable {
    private static final int HIGH_WATER = 4 << 20;
    private static final long DRAIN_SECONDS = 2;

    private final EventLoopGroup group;
    private final ChannelGroup channels;
    private final ExecutorService threads;
    private final Channel listener;

    private BulkServer(EventLoopGroup group, ChannelGroup channels, ExecutorService threads, Channel listener) {
        this.group = group;
        this.channels = channels;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @param address where; port 0 takes a free one
     * @throws IOException where the port is taken
     */
    public static BulkServer start(
            BulkSettings settings, InetSocketAddress address, PieceProvider pieces, SectorProvider sectors)
            throws IOException, InterruptedException {
        EventLoopGroup group = Transport.group(2);
        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("bulk-server-", 0).factory());
        FrameEncoder encoder = new FrameEncoder();
        BodyBudget budget = new BodyBudget(settings.bodies());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(Transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (channels.size() >= settings.maxConnections()) {
                            channel.close();
                            return;
                        }
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(new IdleStateHandler(settings.dead().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                                .addLast(new FrameDecoder())
                                .addLast(encoder)
                                .addLast(new ServerSession(settings, pieces, sectors, threads, budget));
                    }
                });
        try {
            Channel listener = bootstrap.bind(address).await().channel();
            if (!listener.isActive()) {
                throw new IOException(
                        "cannot listen on " + address + " for bulk transfers: the port is in use or not ours");
            }
            return new BulkServer(group, channels, threads, listener);
        } catch (IOException | InterruptedException e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            threads.shutdownNow();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Takes no new streams, lets running ones end for a moment, and closes. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        channels.writeAndFlush(Frame.empty(FrameType.GO_AWAY, 0, 0, 0));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        channels.close().awaitUninterruptibly();
        group.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
