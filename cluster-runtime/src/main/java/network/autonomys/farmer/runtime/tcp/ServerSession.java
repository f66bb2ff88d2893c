package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import network.autonomys.farmer.protocol.frame.FrameType;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.Hello;
import network.autonomys.farmer.protocol.frame.PieceRequest;
import network.autonomys.farmer.protocol.frame.SectorRequest;
import network.autonomys.farmer.protocol.frame.StatRequest;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.frame.TransferError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection at its server: the handshake, then streams, each on a virtual thread of its own. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write that fails breaks the connection, and that is told to every stream
final class ServerSession extends SimpleChannelInboundHandler<Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
    private static final long SEND_LIMIT = TimeUnit.SECONDS.toNanos(30);

    /** A disk that stalls is no reason to lose a sector: pings tell whether the receiver lives. */
    private static final long SECTOR_CREDIT_LIMIT = TimeUnit.MINUTES.toNanos(10);

    private static final long PIECE_CREDIT_LEAST = TimeUnit.SECONDS.toNanos(1);
    private static final Duration BUSY_RETRY = Duration.ofMillis(500);
    private static final Duration DRAINING_RETRY = Duration.ofSeconds(2);

    private final BulkSettings settings;
    private final PieceProvider pieces;
    private final SectorProvider sectors;
    private final ExecutorService threads;
    private final BodyBudget budget;
    private final Map<Integer, Credit> streams = new ConcurrentHashMap<>();
    private @Nullable Hello client;
    private @Nullable Hello server;
    private boolean trusted;

    ServerSession(
            BulkSettings settings,
            PieceProvider pieces,
            SectorProvider sectors,
            ExecutorService threads,
            BodyBudget budget) {
        super(Frame.class, false);
        this.settings = settings;
        this.pieces = pieces;
        this.sectors = sectors;
        this.threads = threads;
        this.budget = budget;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long limit = settings.dead().toMillis();
        context.executor()
                .schedule(
                        () -> {
                            if (!trusted) {
                                context.close();
                            }
                        },
                        limit,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) {
        try {
            handle(context.channel(), frame.header(), frame.bytes());
        } catch (ScaleException | IllegalArgumentException e) {
            refuse(context.channel(), 0, ReasonCode.MALFORMED, frame.header().type() + ": " + e.getMessage());
        } finally {
            frame.release();
        }
    }

    private void handle(Channel channel, FrameHeader header, byte[] body) {
        if (!trusted) {
            handshake(channel, header, body);
            return;
        }
        int stream = header.stream();
        switch (header.type()) {
            case GET_PIECES -> {
                PieceRequest request = ScaleReader.decode(body, PieceRequest::read);
                open(channel, stream, request.credit(), credit -> sendPieces(channel, stream, request, credit));
            }
            case GET_SECTOR -> {
                SectorRequest request = ScaleReader.decode(body, SectorRequest::read);
                long from = header.offset();
                open(channel, stream, request.credit(), credit -> sendSector(channel, stream, request, from, credit));
            }
            case STORED -> {
                SectorRequest request = ScaleReader.decode(body, SectorRequest::read);
                open(channel, stream, 0, credit -> {
                    sectors.stored(request.job(), request.attempt());
                    send(channel, Frame.empty(FrameType.STORED, FrameHeader.ANSWER | FrameHeader.END, stream, 0));
                });
            }
            case STAT -> {
                StatRequest request = ScaleReader.decode(body, StatRequest::read);
                open(channel, stream, 0, credit -> sendBitmaps(channel, stream, request));
            }
            case CREDIT -> {
                Credit credit = streams.get(stream);
                if (credit != null) {
                    credit.add(header.offset());
                }
            }
            case CANCEL -> {
                Credit credit = streams.remove(stream);
                if (credit != null) {
                    credit.cancel();
                }
            }
            case PING -> channel.writeAndFlush(Frame.empty(FrameType.PONG, 0, 0, header.offset()));
            case PONG -> LOG.trace("pong");
            default -> refuse(channel, stream, ReasonCode.UNEXPECTED, "no server takes a " + header.type());
        }
    }

    private void handshake(Channel channel, FrameHeader header, byte[] body) {
        Hello theirs = client;
        Hello ours = server;
        if (header.type() == FrameType.HELLO && theirs == null) {
            theirs = ScaleReader.decode(body, Hello::read);
            byte[] nonce = new byte[32];
            new SecureRandom().nextBytes(nonce);
            ours = new Hello(
                    1,
                    1,
                    settings.cluster(),
                    settings.self(),
                    Bytes.of(nonce),
                    settings.secret().isPresent());
            client = theirs;
            server = ours;
            if (!theirs.cluster().equals(settings.cluster())) {
                refuse(channel, 0, ReasonCode.WRONG_CLUSTER, "this is cluster " + settings.cluster());
            } else if (!theirs.overlaps(ours)) {
                refuse(channel, 0, ReasonCode.VERSION_MISMATCH, "this side speaks version 1");
            } else if (theirs.secret() && !ours.secret()) {
                refuse(channel, 0, ReasonCode.UNAUTHORIZED, "this side has no cluster secret");
            } else {
                channel.writeAndFlush(Frame.of(channel.alloc(), FrameType.HELLO, FrameHeader.ANSWER, 0, 0, ours));
            }
        } else if (header.type() == FrameType.AUTH && theirs != null && ours != null) {
            byte[] answer = new byte[0];
            if (settings.secret().isPresent()) {
                HandshakeProof proof = settings.secret().get();
                if (!proof.matches(Bytes.of(body), HandshakeProof.Side.CLIENT, theirs, ours)) {
                    refuse(channel, 0, ReasonCode.UNAUTHORIZED, "the cluster secret does not match");
                    return;
                }
                answer = proof.of(HandshakeProof.Side.SERVER, theirs, ours).toArray();
            }
            trusted = true;
            channel.pipeline().get(FrameDecoder.class).allow(FrameHeader.MAX_CONTROL_BODY);
            channel.writeAndFlush(Frame.of(channel.alloc(), FrameType.AUTH, FrameHeader.ANSWER, 0, 0, answer));
        } else {
            refuse(channel, 0, ReasonCode.UNEXPECTED, header.type() + " before the handshake is done");
        }
    }

    /** What a stream does. */
    private interface Work {
        void run(Credit credit) throws IOException, InterruptedException;
    }

    private void open(Channel channel, int stream, long bytes, Work work) {
        if (stream == 0) {
            refuse(channel, 0, ReasonCode.UNEXPECTED, "stream 0 is the connection's");
            return;
        }
        if (streams.size() >= settings.maxStreams()) {
            String text = "at most " + settings.maxStreams() + " streams at once";
            refuse(channel, stream, ReasonCode.BUSY, BUSY_RETRY, text);
            return;
        }
        Credit credit = new Credit(bytes);
        if (streams.putIfAbsent(stream, credit) != null) {
            refuse(channel, 0, ReasonCode.UNEXPECTED, "stream " + stream + " is open");
            return;
        }
        try {
            threads.execute(() -> run(channel, stream, credit, work));
        } catch (RejectedExecutionException e) {
            streams.remove(stream);
            refuse(channel, stream, ReasonCode.DRAINING, DRAINING_RETRY, "stopping");
        }
    }

    private void run(Channel channel, int stream, Credit credit, Work work) {
        try {
            work.run(credit);
        } catch (TransferException e) {
            refuse(channel, stream, e.reason(), e.retryAfter(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("bulk stream for {} failed", channel.remoteAddress(), e);
            refuse(channel, stream, ReasonCode.INTERNAL, e.toString());
        } catch (IOException e) {
            LOG.warn("bulk stream for {} failed: {}", channel.remoteAddress(), e.toString());
            refuse(channel, stream, ReasonCode.INTERNAL, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(channel, stream, ReasonCode.DRAINING, DRAINING_RETRY, "stopping");
        } finally {
            streams.remove(stream);
        }
    }

    private void sendPieces(Channel channel, int stream, PieceRequest request, Credit credit)
            throws IOException, InterruptedException {
        int left = request.pieceIndexes().size();
        long limit = Math.max(PIECE_CREDIT_LEAST, TimeUnit.MILLISECONDS.toNanos(request.budgetMillis()));
        for (long index : request.pieceIndexes()) {
            int end = --left == 0 ? FrameHeader.END : 0;
            if (!credit.take(Constants.PIECE_SIZE, limit) || !channel.isActive()) {
                return;
            }
            boolean here = sendBody(channel, request.trafficClass(), limit, Constants.PIECE_SIZE, body -> {
                if (!pieces.read(index, request.trafficClass(), body.nioBuffer(0, Constants.PIECE_SIZE))) {
                    return Optional.empty();
                }
                body.writerIndex(Constants.PIECE_SIZE);
                return Optional.of(Frame.of(FrameType.PIECE, end, stream, index, body));
            });
            if (!here) {
                credit.add(Constants.PIECE_SIZE);
                byte[] reason =
                        new ScaleWriter().writeU16(ReasonCode.NOT_FOUND.code()).toByteArray();
                send(channel, Frame.of(channel.alloc(), FrameType.MISS, end, stream, index, reason));
            }
        }
    }

    private void sendSector(Channel channel, int stream, SectorRequest request, long from, Credit credit)
            throws IOException, InterruptedException {
        long length = sectors.length(request.job(), request.attempt());
        if (length < 0 || from < 0 || from > length) {
            refuse(channel, stream, ReasonCode.NOT_FOUND, "no such sector, or not from byte " + from);
            return;
        }
        long at = from;
        do {
            int size = (int) Math.min(FrameHeader.BLOCK_SIZE, length - at);
            if (!credit.take(size, SECTOR_CREDIT_LIMIT) || !channel.isActive()) {
                return;
            }
            long offset = at;
            int end = at + size == length ? FrameHeader.END : 0;
            sendBody(channel, TrafficClass.PLOT, SECTOR_CREDIT_LIMIT, size, body -> {
                sectors.read(request.job(), request.attempt(), offset, body.nioBuffer(0, size));
                body.writerIndex(size);
                return Optional.of(Frame.of(FrameType.BLOCK, end, stream, offset, body));
            });
            at += size;
        } while (at < length);
    }

    /** Fills a buffer and makes a frame of it, or not. */
    private interface Filling {
        Optional<Frame> fill(ByteBuf body) throws IOException;
    }

    /**
     * Sends a long body, of which the server holds a limited number.
     *
     * @return false if there was nothing to send
     */
    private boolean sendBody(Channel channel, TrafficClass trafficClass, long limit, int size, Filling filling)
            throws IOException, InterruptedException {
        if (!budget.acquire(trafficClass, limit)) {
            throw new TransferException(ReasonCode.BUSY, BUSY_RETRY, "no free buffer in time");
        }
        Optional<Frame> frame = Optional.empty();
        ByteBuf body = channel.alloc().directBuffer(Math.max(1, size));
        try {
            frame = filling.fill(body);
        } finally {
            if (frame.isEmpty()) {
                body.release();
                budget.release();
            }
        }
        if (frame.isEmpty()) {
            return false;
        }
        boolean full = !channel.isWritable();
        ChannelFuture sent = channel.writeAndFlush(frame.get());
        sent.addListener(done -> budget.release());
        if (full) {
            sent.await(SEND_LIMIT, TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private void sendBitmaps(Channel channel, int stream, StatRequest request) throws InterruptedException {
        ByteBuffer bitmaps = ByteBuffer.allocate(
                StatRequest.BITMAP_SIZE * request.segmentIndexes().size());
        for (long segment : request.segmentIndexes()) {
            pieces.bitmap(segment, bitmaps);
        }
        send(
                channel,
                Frame.of(
                        channel.alloc(),
                        FrameType.STAT,
                        FrameHeader.ANSWER | FrameHeader.END,
                        stream,
                        0,
                        bitmaps.array()));
    }

    /** Sends, and waits while the connection has too much to send already. */
    private static void send(Channel channel, Frame frame) throws InterruptedException {
        boolean full = !channel.isWritable();
        ChannelFuture sent = channel.writeAndFlush(frame);
        if (full) {
            sent.await(SEND_LIMIT, TimeUnit.NANOSECONDS);
        }
    }

    /** Ends a stream, or with stream 0 the connection, with a reason. */
    private static void refuse(Channel channel, int stream, ReasonCode reason, String text) {
        refuse(channel, stream, reason, Duration.ZERO, text);
    }

    private static void refuse(Channel channel, int stream, ReasonCode reason, Duration retryAfter, String text) {
        TransferError error = new TransferError(reason, retryAfter.toMillis(), text);
        ChannelFuture sent =
                channel.writeAndFlush(Frame.of(channel.alloc(), FrameType.ERROR, FrameHeader.END, stream, 0, error));
        if (stream == 0) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        streams.values().forEach(Credit::cancel);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            LOG.debug(
                    "bulk connection of {} is silent: closed", context.channel().remoteAddress());
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.info("bulk connection of {} closed: {}", context.channel().remoteAddress(), cause.toString());
        context.close();
    }
}
