package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import org.jspecify.annotations.Nullable;

/** Cuts the stream of bytes into frames. A header or body that is not right ends the connection: what follows cannot be trusted. */
final class FrameDecoder extends ByteToMessageDecoder {
    private @Nullable FrameHeader header;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws ProtocolException {
        FrameHeader current = header;
        if (current == null) {
            if (in.readableBytes() < FrameHeader.SIZE) {
                return;
            }
            current = FrameHeader.read(in.nioBuffer(in.readerIndex(), FrameHeader.SIZE));
            in.skipBytes(FrameHeader.SIZE);
            header = current;
        }
        if (in.readableBytes() < current.bodyLength()) {
            return;
        }
        ByteBuf body = in.readRetainedSlice(current.bodyLength());
        header = null;
        int crc = current.bodyLength() == 0 ? 0 : FrameHeader.crc(body.nioBuffer());
        if (crc != current.bodyCrc()) {
            body.release();
            throw new ProtocolException(
                    ProtocolException.Kind.MALFORMED,
                    "checksum of the body of a " + current.type() + " does not match");
        }
        out.add(new Frame(current, body));
    }
}
