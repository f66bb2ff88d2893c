package network.autonomys.farmer.runtime.tcp;

import io.netty.buffer.ByteBuf;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.protocol.frame.FrameHeader;
import network.autonomys.farmer.protocol.frame.FrameType;

/**
 * A frame with its body, which whoever takes the frame gives back.
 *
 * @param header the 32 bytes in front
 * @param body the body, its checksum found right
 */
record Frame(FrameHeader header, ByteBuf body) {
    /** The body as an array of its own. */
    byte[] bytes() {
        byte[] bytes = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), bytes);
        return bytes;
    }

    void release() {
        body.release();
    }

    /** A frame on its way out, its body encoded from a value. */
    static Frame of(
            io.netty.buffer.ByteBufAllocator allocator,
            FrameType type,
            int flags,
            int stream,
            long offset,
            ScaleEncodable value) {
        return of(allocator, type, flags, stream, offset, value.encode());
    }

    /** A frame on its way out. */
    static Frame of(
            io.netty.buffer.ByteBufAllocator allocator,
            FrameType type,
            int flags,
            int stream,
            long offset,
            byte[] bytes) {
        ByteBuf body = allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
        return of(type, flags, stream, offset, body);
    }

    /** A frame on its way out; the body is given away. */
    static Frame of(FrameType type, int flags, int stream, long offset, ByteBuf body) {
        int length = body.readableBytes();
        int crc = length == 0 ? 0 : FrameHeader.crc(body.nioBuffer());
        return new Frame(new FrameHeader(type, flags, stream, length, offset, crc), body);
    }

    /** A frame without body. */
    static Frame empty(FrameType type, int flags, int stream, long offset) {
        return new Frame(FrameHeader.empty(type, flags, stream, offset), io.netty.buffer.Unpooled.EMPTY_BUFFER);
    }
}
