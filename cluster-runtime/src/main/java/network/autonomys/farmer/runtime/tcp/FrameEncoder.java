package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import network.autonomys.farmer.protocol.frame.FrameHeader;

/** Puts the header in front of a frame's body. */
@Sharable
final class FrameEncoder extends MessageToMessageEncoder<Frame> {
    FrameEncoder() {
        super(Frame.class);
    }

    @Override
    protected void encode(ChannelHandlerContext context, Frame frame, List<Object> out) {
        ByteBuf head = context.alloc().buffer(FrameHeader.SIZE);
        ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.SIZE);
        frame.header().write(bytes);
        head.writeBytes(bytes.flip());
        out.add(head);
        if (frame.body().isReadable()) {
            out.add(frame.body());
        } else {
            frame.release();
        }
    }
}
