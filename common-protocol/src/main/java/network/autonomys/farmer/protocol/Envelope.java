package network.autonomys.farmer.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The 16 bytes before every message of the cluster, its body, and optional fields behind it (cluster-and-cli §3.3). All little-endian:
 *
 * <pre>
 *   0  u16  magic 0xaf5c
 *   2  u8   protocol major: others are refused
 *   3  u8   protocol minor: newer ones are understood, what they add is in optional fields
 *   4  u16  message type
 *   6  u16  flags, of which none is in use: 0
 *   8  u32  remaining time in milliseconds, 0 where there is no deadline
 *  12  u32  length of the body
 *  16  body (SCALE)
 *  …   optional fields up to the end: u16 tag, u16 length, bytes; unknown tags are skipped
 * </pre>
 *
 * <p>The remaining time is relative, so clocks need not agree.
 *
 * @param major protocol major of the sender
 * @param minor protocol minor of the sender
 * @param type message type, u16
 * @param flags u16
 * @param budgetMillis remaining time in milliseconds, u32; 0: no deadline
 * @param body the message
 * @param fields optional fields, at most {@value #MAX_FIELDS}, each tag once
 */
public record Envelope(int major, int minor, int type, int flags, long budgetMillis, Bytes body, List<Field> fields) {
    /** Protocol spoken by this version. */
    public static final int MAJOR = 1;

    /** Additions to the protocol known by this version. */
    public static final int MINOR = 0;

    /** Bytes of the header. */
    public static final int HEADER_SIZE = 16;

    /** Most bytes of a message with everything (cluster-and-cli §3.4). */
    public static final int MAX_SIZE = 256 * 1024;

    /** Most optional fields. */
    public static final int MAX_FIELDS = 16;

    private static final int MAGIC = 0xaf5c;
    private static final int FIELD_HEADER = 4;

    /**
     * An optional field.
     *
     * @param tag u16
     * @param value at most 65 535 bytes
     */
    public record Field(int tag, Bytes value) {}

    public Envelope {
        fields = List.copyOf(fields);
    }

    /** A message of this version without optional fields. */
    public static Envelope of(int type, long budgetMillis, byte[] body) {
        return new Envelope(MAJOR, MINOR, type, 0, budgetMillis, Bytes.of(body), List.of());
    }

    /**
     * The bytes of the message.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_SIZE}
     */
    public byte[] encode() {
        int size = HEADER_SIZE + body.length();
        for (Field field : fields) {
            size += FIELD_HEADER + field.value().length();
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException("message of " + size + " bytes, at most " + MAX_SIZE + " are allowed");
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) MAGIC).put((byte) major).put((byte) minor);
        out.putShort((short) type).putShort((short) flags);
        out.putInt((int) budgetMillis).putInt(body.length());
        out.put(body.toArray());
        for (Field field : fields) {
            out.putShort((short) field.tag()).putShort((short) field.value().length());
            out.put(field.value().toArray());
        }
        return out.array();
    }

    /** Reads a message; nothing is allocated before its length is checked. */
    public static Envelope decode(byte[] message) throws ProtocolException {
        if (message.length > MAX_SIZE) {
            throw new ProtocolException(ProtocolException.Kind.TOO_LONG, "message of " + message.length + " bytes");
        }
        if (message.length < HEADER_SIZE) {
            throw malformed("message of only " + message.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        if ((in.getShort() & 0xffff) != MAGIC) {
            throw malformed("no message of this protocol");
        }
        int major = in.get() & 0xff;
        int minor = in.get() & 0xff;
        if (major != MAJOR) {
            throw new ProtocolException(
                    ProtocolException.Kind.WRONG_VERSION,
                    "message of protocol " + major + "." + minor + ", this side speaks " + MAJOR + "." + MINOR);
        }
        int type = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        long budget = Integer.toUnsignedLong(in.getInt());
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw malformed("body of " + Integer.toUnsignedLong(length) + " bytes, " + in.remaining() + " left");
        }
        Bytes body = Bytes.copyOf(message, HEADER_SIZE, HEADER_SIZE + length);
        in.position(HEADER_SIZE + length);
        return new Envelope(major, minor, type, flags, budget, body, fields(message, in));
    }

    private static List<Field> fields(byte[] message, ByteBuffer in) throws ProtocolException {
        List<Field> fields = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        while (in.hasRemaining()) {
            if (in.remaining() < FIELD_HEADER || fields.size() == MAX_FIELDS) {
                throw malformed("bytes after the body that are no field, or too many fields");
            }
            int tag = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (length > in.remaining() || !seen.add(tag)) {
                throw malformed("field " + tag + " is cut or repeated");
            }
            fields.add(new Field(tag, Bytes.copyOf(message, in.position(), in.position() + length)));
            in.position(in.position() + length);
        }
        return fields;
    }

    private static ProtocolException malformed(String message) {
        return new ProtocolException(ProtocolException.Kind.MALFORMED, message);
    }
}
