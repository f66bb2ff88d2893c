package network.autonomys.farmer.runtime.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import network.autonomys.farmer.protocol.frame.FrameType;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.Hello;
import org.jspecify.annotations.Nullable;

/** One connection at its client: the handshake, then streams by their odd numbers. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write that fails breaks the connection, and that is told to every stream
final class ClientConnection extends SimpleChannelInboundHandler<Frame> {
    private final BulkSettings settings;
    private final Hello hello;
    private final CompletableFuture<Channel> trusted = new CompletableFuture<>();
    private final Map<Integer, ClientStream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger nextStream = new AtomicInteger(1);
    private @Nullable Hello server;
    private volatile boolean goingAway;
    private volatile long lastUsedNanos = System.nanoTime();

    ClientConnection(BulkSettings settings) {
        super(Frame.class, false);
        this.settings = settings;
        byte[] nonce = new byte[32];
        new SecureRandom().nextBytes(nonce);
        this.hello = new Hello(
                1,
                1,
                settings.cluster(),
                settings.self(),
                Bytes.of(nonce),
                settings.secret().isPresent());
    }

    /** Waits for the end of the handshake. */
    Channel awaitTrusted(Duration limit) throws TransferException, InterruptedException {
        try {
            return trusted.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TransferException(ReasonCode.TIMEOUT, "no handshake within " + limit);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransferException refused) {
                throw new TransferException(
                        refused.reason(), refused.retryAfter(), String.valueOf(refused.getMessage()));
            }
            throw new TransferException(ReasonCode.UNREACHABLE, String.valueOf(e.getCause()));
        }
    }

    /** True while new streams can be opened. */
    boolean isUsable() {
        return !goingAway
                && (!trusted.isDone()
                        || (!trusted.isCompletedExceptionally()
                                && trusted.join().isActive()));
    }

    /** True where nothing was asked for so long. */
    boolean isIdleFor(Duration idle) {
        return streams.isEmpty() && System.nanoTime() - lastUsedNanos > idle.toNanos();
    }

    ClientStream open(long credit) {
        lastUsedNanos = System.nanoTime();
        ClientStream stream = new ClientStream(nextStream.getAndAdd(2), credit);
        streams.put(stream.id(), stream);
        return stream;
    }

    void close(ClientStream stream) {
        lastUsedNanos = System.nanoTime();
        streams.remove(stream.id());
        stream.drop();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Frame.of(context.alloc(), FrameType.HELLO, 0, 0, 0, hello));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) throws TransferException {
        boolean taken = false;
        try {
            FrameHeader header = frame.header();
            if (header.stream() != 0) {
                ClientStream stream = streams.get(header.stream());
                if (stream != null) {
                    taken = true;
                    if (!stream.arrived(frame)) {
                        throw new TransferException(ReasonCode.UNEXPECTED, "more bytes than there was credit for");
                    }
                }
                return;
            }
            switch (header.type()) {
                case HELLO -> answerHello(context, ScaleReader.decode(frame.bytes(), Hello::read));
                case AUTH -> finishHandshake(context, Bytes.of(frame.bytes()));
                case PING -> context.writeAndFlush(Frame.empty(FrameType.PONG, 0, 0, header.offset()));
                case PONG -> lastUsedNanos = streams.isEmpty() ? lastUsedNanos : System.nanoTime();
                case GO_AWAY -> goingAway = true;
                case ERROR -> throw ClientStream.error(frame);
                default -> throw new TransferException(ReasonCode.UNEXPECTED, "no client takes a " + header.type());
            }
        } catch (ScaleException e) {
            throw new TransferException(ReasonCode.MALFORMED, String.valueOf(e.getMessage()));
        } finally {
            if (!taken) {
                frame.release();
            }
        }
    }

    private void answerHello(ChannelHandlerContext context, Hello theirs) throws TransferException {
        if (!theirs.cluster().equals(settings.cluster()) || !theirs.overlaps(hello)) {
            throw new TransferException(ReasonCode.WRONG_CLUSTER, "that is cluster " + theirs.cluster());
        }
        if (theirs.secret() && settings.secret().isEmpty()) {
            throw new TransferException(
                    ReasonCode.UNAUTHORIZED, "the other side wants the cluster secret: --data-secret-file is needed");
        }
        server = theirs;
        byte[] proof = settings.secret()
                .map(secret ->
                        secret.of(HandshakeProof.Side.CLIENT, hello, theirs).toArray())
                .orElseGet(() -> new byte[0]);
        context.writeAndFlush(Frame.of(context.alloc(), FrameType.AUTH, 0, 0, 0, proof));
    }

    private void finishHandshake(ChannelHandlerContext context, Bytes proof) throws TransferException {
        Hello theirs = server;
        if (theirs == null) {
            throw new TransferException(ReasonCode.UNEXPECTED, "an answer to a proof before the greeting");
        }
        if (settings.secret().isPresent()
                && !settings.secret().get().matches(proof, HandshakeProof.Side.SERVER, hello, theirs)) {
            throw new TransferException(ReasonCode.UNAUTHORIZED, "the other side does not know the cluster secret");
        }
        context.pipeline().get(FrameDecoder.class).allow(FrameHeader.MAX_BODY);
        trusted.complete(context.channel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                broken(new TransferException(ReasonCode.TIMEOUT, "the connection is silent"));
                context.close();
            } else {
                context.writeAndFlush(Frame.empty(FrameType.PING, 0, 0, 0));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broken(new TransferException(ReasonCode.UNREACHABLE, "the connection broke"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(
                cause instanceof TransferException refused
                        ? refused
                        : new TransferException(ReasonCode.MALFORMED, String.valueOf(cause.getMessage())));
        context.close();
    }

    /** The connection could not be made. */
    void failed(TransferException why) {
        broken(why);
    }

    /** Closes the connection, if there is one. */
    void end() {
        goingAway = true;
        trusted.whenComplete((channel, failure) -> {
            if (channel != null) {
                channel.close();
            }
        });
    }

    private void broken(TransferException why) {
        goingAway = true;
        trusted.completeExceptionally(why);
        streams.values().forEach(stream -> stream.broken(why));
    }
}
