package network.autonomys.farmer.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.ProtocolException;

/**
 * The 32 bytes before every body on a bulk connection (cluster-and-cli §3.9). All little-endian:
 *
 * <pre>
 *   0  u32  magic 0x4b4c4241
 *   4  u8   version 1
 *   5  u8   type
 *   6  u16  flags
 *   8  u32  stream, 0 for the connection; odd numbers are the client's
 *  12  u32  length of the body, at most {@value #MAX_BODY}
 *  16  u64  offset, index or amount, by type
 *  24  u32  CRC32C of the body
 *  28  u32  CRC32C of the bytes 0 to 27
 * </pre>
 *
 * @param type kind of frame
 * @param flags u16
 * @param stream u32
 * @param bodyLength bytes behind the header
 * @param offset u64
 * @param bodyCrc CRC32C of the body, 0 of an empty one
 */
public record FrameHeader(FrameType type, int flags, int stream, int bodyLength, long offset, int bodyCrc) {
    /** Bytes of a header. */
    public static final int SIZE = 32;

    /** Bytes of a sector in one frame. */
    public static final int BLOCK_SIZE = 1 << 20;

    /** Most bytes of a body: a piece. */
    public static final int MAX_BODY = Constants.PIECE_SIZE;

    /** Most bytes of a body that is neither piece nor block. */
    public static final int MAX_CONTROL_BODY = 64 * 1024;

    /** Flag: this frame answers one of the same type. */
    public static final int ANSWER = 1;

    /** Flag: the last frame of the stream. */
    public static final int END = 2;

    private static final int MAGIC = 0x4b4c4241;
    private static final int VERSION = 1;

    public FrameHeader {
        int limit = type == FrameType.PIECE || type == FrameType.BLOCK ? MAX_BODY : MAX_CONTROL_BODY;
        if (bodyLength < 0 || bodyLength > limit) {
            throw new IllegalArgumentException(type + " with a body of " + bodyLength + " bytes, at most " + limit);
        }
    }

    /** The header of a frame without body. */
    public static FrameHeader empty(FrameType type, int flags, int stream, long offset) {
        return new FrameHeader(type, flags, stream, 0, offset, 0);
    }

    public boolean answer() {
        return (flags & ANSWER) != 0;
    }

    public boolean end() {
        return (flags & END) != 0;
    }

    /** Writes the 32 bytes at the buffer's position. */
    public void write(ByteBuffer out) {
        int start = out.position();
        ByteOrder order = out.order();
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).put((byte) VERSION).put((byte) type.code()).putShort((short) flags);
        out.putInt(stream).putInt(bodyLength).putLong(offset).putInt(bodyCrc);
        out.putInt(crc(out.slice(start, SIZE - 4)));
        out.order(order);
    }

    /** Reads 32 bytes from the buffer's position; every bit is covered by the header's checksum. */
    public static FrameHeader read(ByteBuffer in) throws ProtocolException {
        if (in.remaining() < SIZE) {
            throw malformed("header of " + in.remaining() + " bytes");
        }
        int start = in.position();
        ByteBuffer header = in.slice(start, SIZE).order(ByteOrder.LITTLE_ENDIAN);
        in.position(start + SIZE);
        if (header.getInt() != MAGIC) {
            throw malformed("no frame of this protocol");
        }
        int version = header.get() & 0xff;
        if (version != VERSION) {
            throw new ProtocolException(
                    ProtocolException.Kind.WRONG_VERSION,
                    "frame of version " + version + ", this side speaks " + VERSION);
        }
        if (header.getInt(SIZE - 4) != crc(header.slice(0, SIZE - 4))) {
            throw malformed("checksum of the header does not match");
        }
        int code = header.get() & 0xff;
        FrameType type = FrameType.ofCode(code)
                .orElseThrow(() ->
                        new ProtocolException(ProtocolException.Kind.UNKNOWN_TYPE, "frame of unknown type " + code));
        int flags = header.getShort() & 0xffff;
        int stream = header.getInt();
        int length = header.getInt();
        try {
            return new FrameHeader(type, flags, stream, length, header.getLong(), header.getInt());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(ProtocolException.Kind.TOO_LONG, String.valueOf(e.getMessage()), e);
        }
    }

    /** CRC32C of the remaining bytes of a buffer, whose position stays. */
    public static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private static ProtocolException malformed(String message) {
        return new ProtocolException(ProtocolException.Kind.MALFORMED, message);
    }
}
