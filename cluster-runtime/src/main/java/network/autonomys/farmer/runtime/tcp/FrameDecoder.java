package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream of bytes into frames. A body goes into a buffer of just its length as it arrives, and its checksum is computed on the
 * way, so each byte is copied once. A header or body that is not right ends the connection: what follows cannot be trusted.
 *
 * <p>How long a body may be depends on what the other side may send: it is short until the handshake is done, so that a stranger cannot
 * make this side allocate much.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
    /** Longest body before the handshake is done. */
    static final int HANDSHAKE_BODY = 1024;

    private final ByteBuffer head = ByteBuffer.allocate(FrameHeader.SIZE);
    private final CRC32C crc = new CRC32C();
    private int limit = HANDSHAKE_BODY;
    private boolean broken;
    private @Nullable FrameHeader header;
    private @Nullable ByteBuf body;

    /** Allows bodies of this length from now on; on the connection's event loop. */
    void allow(int longestBody) {
        limit = longestBody;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws ProtocolException {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            while (in.isReadable() && !broken) {
                decode(context, in);
            }
        } catch (ProtocolException e) {
            broken = true;
            throw e;
        } finally {
            in.release();
        }
    }

    private void decode(ChannelHandlerContext context, ByteBuf in) throws ProtocolException {
        FrameHeader current = header;
        ByteBuf target = body;
        if (current == null || target == null) {
            int take = Math.min(in.readableBytes(), head.remaining());
            in.readBytes(head.limit(head.position() + take));
            head.limit(FrameHeader.SIZE);
            if (head.hasRemaining()) {
                return;
            }
            current = FrameHeader.read(head.flip());
            head.clear();
            if (current.bodyLength() > limit) {
                throw new ProtocolException(
                        ProtocolException.Kind.TOO_LONG,
                        current.type() + " with a body of " + current.bodyLength() + " bytes, " + limit
                                + " are allowed here");
            }
            target = context.alloc().directBuffer(Math.max(1, current.bodyLength()));
            header = current;
            body = target;
            crc.reset();
        }
        int take = Math.min(in.readableBytes(), current.bodyLength() - target.writerIndex());
        if (take > 0) {
            crc.update(in.nioBuffer(in.readerIndex(), take));
            target.writeBytes(in, take);
        }
        if (target.writerIndex() == current.bodyLength()) {
            finish(context, current, target);
        }
    }

    private void finish(ChannelHandlerContext context, FrameHeader current, ByteBuf target) throws ProtocolException {
        header = null;
        body = null;
        if ((int) crc.getValue() != current.bodyCrc()) {
            target.release();
            throw new ProtocolException(
                    ProtocolException.Kind.MALFORMED,
                    "checksum of the body of a " + current.type() + " does not match");
        }
        context.fireChannelRead(new Frame(current, target));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ReferenceCountUtil.release(body);
        body = null;
        broken = true;
    }
}
