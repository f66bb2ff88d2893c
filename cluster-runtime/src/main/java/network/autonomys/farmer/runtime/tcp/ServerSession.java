package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
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

    private final BulkSettings settings;
    private final PieceProvider pieces;
    private final SectorProvider sectors;
    private final ExecutorService threads;
    private final Map<Integer, Credit> streams = new ConcurrentHashMap<>();
    private @Nullable Hello client;
    private @Nullable Hello server;
    private boolean trusted;

    ServerSession(BulkSettings settings, PieceProvider pieces, SectorProvider sectors, ExecutorService threads) {
        super(Frame.class, false);
        this.settings = settings;
        this.pieces = pieces;
        this.sectors = sectors;
        this.threads = threads;
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
        if (stream == 0 || streams.size() >= settings.maxStreams()) {
            refuse(channel, stream, ReasonCode.BUSY, "at most " + settings.maxStreams() + " streams at once");
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
            refuse(channel, stream, ReasonCode.DRAINING, "stopping");
        }
    }

    private void run(Channel channel, int stream, Credit credit, Work work) {
        try {
            work.run(credit);
        } catch (IOException e) {
            LOG.warn("bulk stream for {} failed: {}", channel.remoteAddress(), e.toString());
            refuse(channel, stream, ReasonCode.INTERNAL, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(channel, stream, ReasonCode.DRAINING, "stopping");
        } finally {
            streams.remove(stream);
        }
    }

    private void sendPieces(Channel channel, int stream, PieceRequest request, Credit credit)
            throws IOException, InterruptedException {
        int left = request.pieceIndexes().size();
        long limit = Math.max(SEND_LIMIT, TimeUnit.MILLISECONDS.toNanos(request.budgetMillis()));
        for (long index : request.pieceIndexes()) {
            int end = --left == 0 ? FrameHeader.END : 0;
            if (!credit.take(Constants.PIECE_SIZE, limit) || !channel.isActive()) {
                return;
            }
            ByteBuf body = channel.alloc().directBuffer(Constants.PIECE_SIZE);
            boolean here = false;
            try {
                ByteBuffer into = body.nioBuffer(0, Constants.PIECE_SIZE);
                here = pieces.read(index, request.trafficClass(), into);
                body.writerIndex(here ? Constants.PIECE_SIZE : 0);
            } finally {
                if (!here) {
                    body.release();
                }
            }
            if (here) {
                send(channel, Frame.of(FrameType.PIECE, end, stream, index, body));
            } else {
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
            if (!credit.take(size, SEND_LIMIT) || !channel.isActive()) {
                return;
            }
            ByteBuf body = channel.alloc().directBuffer(Math.max(1, size));
            boolean read = false;
            try {
                sectors.read(request.job(), request.attempt(), at, body.nioBuffer(0, size));
                body.writerIndex(size);
                read = true;
            } finally {
                if (!read) {
                    body.release();
                }
            }
            send(channel, Frame.of(FrameType.BLOCK, at + size == length ? FrameHeader.END : 0, stream, at, body));
            at += size;
        } while (at < length);
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
        var sent = channel.writeAndFlush(frame);
        if (full) {
            sent.await(SEND_LIMIT, TimeUnit.NANOSECONDS);
        }
    }

    /** Ends a stream, or with stream 0 the connection, with a reason. */
    private static void refuse(Channel channel, int stream, ReasonCode reason, String text) {
        TransferError error = new TransferError(reason, 0, text);
        var sent = channel.writeAndFlush(Frame.of(channel.alloc(), FrameType.ERROR, FrameHeader.END, stream, 0, error));
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
