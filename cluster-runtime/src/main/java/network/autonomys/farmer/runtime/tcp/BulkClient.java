package network.autonomys.farmer.runtime.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import network.autonomys.farmer.protocol.frame.FrameType;
import network.autonomys.farmer.protocol.frame.PieceRequest;
import network.autonomys.farmer.protocol.frame.SectorRequest;
import network.autonomys.farmer.protocol.frame.StatRequest;
import network.autonomys.farmer.protocol.frame.TrafficClass;

/**
 * Fetches pieces and sectors from other hosts. Calls block, so they belong on virtual threads; one connection per address is shared by all and
 * closed when it is not used. Every failure is a {@link TransferException}, after which what arrived before is good.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write that fails breaks the connection, and that is told to every stream
public final class BulkClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Step in which memory for what arrives is set aside. */
    private static final int UNIT = 64 << 10;

    private final BulkSettings settings;
    private final Duration idle;
    private final EventLoopGroup group = Transport.group(1);
    private final FrameEncoder encoder = new FrameEncoder();
    private final Semaphore receiving;
    private final Map<String, ClientConnection> connections = new HashMap<>();

    /**
     * @param idle a connection that is not used for this long is closed
     */
    public BulkClient(BulkSettings settings, Duration idle) {
        this.settings = settings;
        this.idle = idle;
        this.receiving = new Semaphore((int) (settings.receiving() / UNIT), true);
        long period = Math.max(1, idle.toMillis() / 2);
        group.scheduleWithFixedDelay(this::closeIdle, period, period, TimeUnit.MILLISECONDS);
    }

    /** Takes pieces as they arrive. */
    @FunctionalInterface
    public interface PieceSink {
        /** One piece, 1 048 672 bytes that are valid during the call only. */
        void piece(long pieceIndex, MemorySegment bytes) throws IOException, InterruptedException;
    }

    /** Takes the blocks of a sector in order. */
    @FunctionalInterface
    public interface BlockSink {
        /** Bytes at an offset, valid during the call only. */
        void block(long offset, MemorySegment bytes) throws IOException, InterruptedException;
    }

    /**
     * Fetches pieces; returns when each was delivered or denied. What the other side does not have is simply not delivered.
     *
     * @param address {@code host:port}
     * @param pieceIndexes at most 1024
     * @param limit for the entire request
     */
    public void fetchPieces(
            String address, long[] pieceIndexes, TrafficClass trafficClass, Duration limit, PieceSink sink)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Long> wanted = Arrays.stream(pieceIndexes).boxed().toList();
        long credit = Math.min(settings.streamCredit(), (long) wanted.size() * Constants.PIECE_SIZE);
        PieceRequest request =
                new PieceRequest(trafficClass, Math.clamp(limit.toMillis(), 1, 0xffff_ffffL), credit, wanted);
        Set<Long> missing = new HashSet<>(wanted);
        try (Call call = open(address, FrameType.GET_PIECES, 0, request, credit, limit)) {
            boolean end = false;
            while (!end) {
                Frame frame = call.next(deadline);
                try {
                    end = frame.header().end();
                    if (frame.header().type() == FrameType.PIECE) {
                        if (frame.header().bodyLength() != Constants.PIECE_SIZE
                                || !missing.remove(frame.header().offset())) {
                            throw new TransferException(ReasonCode.UNEXPECTED, "a piece that was not asked for");
                        }
                        sink.piece(
                                frame.header().offset(),
                                MemorySegment.ofBuffer(frame.body().nioBuffer()));
                        call.credit(frame.header().bodyLength());
                    } else if (frame.header().type() != FrameType.MISS) {
                        throw new TransferException(
                                ReasonCode.UNEXPECTED,
                                "not a piece: " + frame.header().type());
                    }
                } finally {
                    frame.release();
                }
            }
            call.finished();
        }
    }

    /**
     * Fetches an encoded sector and its metadata from a byte on; returns when the last block was taken. After a failure the next call goes on
     * behind the last block taken.
     *
     * @param silence how long nothing may arrive
     */
    public void fetchSector(
            String address, InstanceId job, long attempt, long fromOffset, Duration silence, BlockSink sink)
            throws IOException, InterruptedException {
        SectorRequest request = new SectorRequest(job, attempt, settings.streamCredit());
        try (Call call = open(address, FrameType.GET_SECTOR, fromOffset, request, settings.streamCredit(), silence)) {
            long at = fromOffset;
            boolean end = false;
            while (!end) {
                Frame frame = call.next(System.nanoTime() + silence.toNanos());
                try {
                    FrameHeader header = frame.header();
                    if (header.type() != FrameType.BLOCK || header.offset() != at) {
                        throw new TransferException(ReasonCode.UNEXPECTED, "not the block at " + at);
                    }
                    end = header.end();
                    if (header.bodyLength() > 0) {
                        sink.block(at, MemorySegment.ofBuffer(frame.body().nioBuffer()));
                        at += header.bodyLength();
                        call.credit(header.bodyLength());
                    }
                } finally {
                    frame.release();
                }
            }
            call.finished();
        }
    }

    /** Reports that a sector is safe on disk here; returns when the other side knows. */
    public void stored(String address, InstanceId job, long attempt, Duration limit)
            throws IOException, InterruptedException {
        try (Call call = open(address, FrameType.STORED, 0, new SectorRequest(job, attempt, 0), 0, limit)) {
            call.next(System.nanoTime() + limit.toNanos()).release();
            call.finished();
        }
    }

    /**
     * Asks which pieces of consecutive segments the other side holds.
     *
     * @param count 1 to 1024 segments
     * @return 32 bytes per segment, bit p is byte p / 8, bit p % 8
     */
    public byte[] bitmaps(String address, long firstSegment, int count, Duration limit)
            throws IOException, InterruptedException {
        StatRequest request = new StatRequest(
                LongStream.range(firstSegment, firstSegment + count).boxed().toList());
        try (Call call = open(address, FrameType.STAT, 0, request, 0, limit)) {
            Frame frame = call.next(System.nanoTime() + limit.toNanos());
            try {
                if (frame.header().type() != FrameType.STAT
                        || frame.header().bodyLength() != StatRequest.BITMAP_SIZE * count) {
                    throw new TransferException(ReasonCode.UNEXPECTED, "no bitmaps of " + count + " segments");
                }
                call.finished();
                return frame.bytes();
            } finally {
                frame.release();
            }
        }
    }

    /** A stream from its request to its end. */
    private static final class Call implements AutoCloseable {
        private final ClientConnection connection;
        private final Channel channel;
        private final ClientStream stream;
        private final Runnable afterwards;
        private boolean finished;

        Call(ClientConnection connection, Channel channel, ClientStream stream, Runnable afterwards) {
            this.connection = connection;
            this.channel = channel;
            this.stream = stream;
            this.afterwards = afterwards;
        }

        Frame next(long deadline) throws TransferException, InterruptedException {
            return stream.next(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }

        void credit(int bytes) {
            stream.allow(bytes);
            channel.writeAndFlush(Frame.empty(FrameType.CREDIT, 0, stream.id(), bytes));
        }

        void finished() {
            finished = true;
        }

        @Override
        public void close() {
            connection.close(stream);
            if (!finished && channel.isActive()) {
                channel.writeAndFlush(Frame.empty(FrameType.CANCEL, 0, stream.id(), 0));
            }
            afterwards.run();
        }
    }

    private Call open(String address, FrameType type, long offset, ScaleEncodable request, long credit, Duration limit)
            throws IOException, InterruptedException {
        int units = (int) Math.min(Math.ceilDiv(credit, UNIT), settings.receiving() / UNIT);
        if (!receiving.tryAcquire(units, limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TransferException(ReasonCode.TIMEOUT, "no memory for what would arrive became free in time");
        }
        boolean opened = false;
        try {
            ClientConnection connection = connection(address);
            Channel channel = connection.awaitTrusted(limit.compareTo(CONNECT) < 0 ? limit : CONNECT);
            ClientStream stream = connection.open(credit);
            channel.writeAndFlush(Frame.of(channel.alloc(), type, 0, stream.id(), offset, request));
            opened = true;
            return new Call(connection, channel, stream, () -> receiving.release(units));
        } finally {
            if (!opened) {
                receiving.release(units);
            }
        }
    }

    private ClientConnection connection(String address) throws IOException {
        synchronized (connections) {
            ClientConnection known = connections.get(address);
            if (known != null && known.isUsable()) {
                return known;
            }
            ClientConnection fresh = connect(address);
            connections.put(address, fresh);
            return fresh;
        }
    }

    private ClientConnection connect(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        InetSocketAddress target;
        try {
            String host =
                    address.substring(0, Math.max(0, colon)).replace("[", "").replace("]", "");
            target = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new TransferException(ReasonCode.UNREACHABLE, "not an address: " + address);
        }
        ClientConnection connection = new ClientConnection(settings);
        ChannelFuture connecting = new Bootstrap()
                .group(group)
                .channel(Transport.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new IdleStateHandler(
                                        settings.dead().toMillis(),
                                        settings.ping().toMillis(),
                                        0,
                                        TimeUnit.MILLISECONDS))
                                .addLast(new FrameDecoder())
                                .addLast(encoder)
                                .addLast(connection);
                    }
                })
                .connect(target);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                connection.failed(new TransferException(
                        ReasonCode.UNREACHABLE,
                        address + " cannot be reached: " + done.cause().getMessage()));
            }
        });
        return connection;
    }

    private void closeIdle() {
        synchronized (connections) {
            connections.values().removeIf(connection -> {
                if (connection.isIdleFor(idle) || !connection.isUsable()) {
                    connection.end();
                    return true;
                }
                return false;
            });
        }
    }

    @Override
    public void close() {
        synchronized (connections) {
            connections.values().forEach(ClientConnection::end);
            connections.clear();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
