package network.autonomys.farmer.core.scale;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/**
 * Decodes SCALE from a range of a byte array (primitives-archiving-kzg §2). Every read checks that the bytes are there before it takes
 * or allocates anything, so memory stays proportional to the input; bad input gives {@link ScaleException}, and nothing else.
 *
 * <p>Bytes after a value are left unread. Whoever expects exactly one value uses {@link #decode} or calls {@link #requireEnd}.
 */
public final class ScaleReader {
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int end;
    private int position;

    /** Reads a whole array; the caller must not change it meanwhile. */
    public ScaleReader(byte[] data) {
        this(data, 0, data.length);
    }

    /** Reads the bytes {@code [from, to)} of an array. */
    public ScaleReader(byte[] data, int from, int to) {
        Objects.checkFromToIndex(from, to, data.length);
        this.data = data;
        this.position = from;
        this.end = to;
    }

    /** The one value that the bytes encode; bytes after it are an error. */
    public static <T> T decode(byte[] data, Function<ScaleReader, T> type) {
        ScaleReader in = new ScaleReader(data);
        T value = type.apply(in);
        in.requireEnd();
        return value;
    }

    /** Index in the array of the next byte. */
    public int position() {
        return position;
    }

    /** Number of unread bytes. */
    public int remaining() {
        return end - position;
    }

    /** Refuses bytes after the last value. */
    public void requireEnd() {
        if (position != end) {
            throw new ScaleException(remaining() + " bytes after the value");
        }
    }

    /** 0 to 255. */
    public int readU8() {
        return data[take(1)] & 0xff;
    }

    /** 0 to 65 535. */
    public int readU16() {
        return (short) U16.get(data, take(2)) & 0xffff;
    }

    /** 0 to 2^32 - 1. */
    public long readU32() {
        return Integer.toUnsignedLong((int) U32.get(data, take(4)));
    }

    /** An unsigned 64-bit integer. */
    public long readU64() {
        return (long) U64.get(data, take(8));
    }

    /** 0 to 2^128 - 1. */
    public BigInteger readU128() {
        return readUnsigned(16);
    }

    /** 0 to 2^256 - 1. */
    public BigInteger readU256() {
        return readUnsigned(32);
    }

    private BigInteger readUnsigned(int size) {
        int at = take(size);
        byte[] bigEndian = new byte[size];
        for (int i = 0; i < size; i++) {
            bigEndian[size - 1 - i] = data[at + i];
        }
        return new BigInteger(1, bigEndian);
    }

    /** An unsigned 64-bit integer that is not 0. */
    public long readNonZeroU64() {
        long value = readU64();
        if (value == 0) {
            throw new ScaleException("0 where a non-zero number is due");
        }
        return value;
    }

    /** 1 to 2^32 - 1. */
    public long readNonZeroU32() {
        long value = readU32();
        if (value == 0) {
            throw new ScaleException("0 where a non-zero number is due");
        }
        return value;
    }

    public boolean readBool() {
        int value = readU8();
        if (value > 1) {
            throw new ScaleException("boolean of value " + value);
        }
        return value == 1;
    }

    /**
     * The index byte of an enum.
     *
     * @param variants how many there are, numbered from 0
     */
    public int readVariant(String type, int variants) {
        int variant = readU8();
        if (variant >= variants) {
            throw new ScaleException(type + " has no variant " + variant);
        }
        return variant;
    }

    /** Bytes without a length prefix. */
    public Bytes readBytes(int length) {
        int at = take(length);
        return Bytes.copyOf(data, at, at + length);
    }

    /** Bytes without a length prefix, as a fresh array. */
    public byte[] readByteArray(int length) {
        int at = take(length);
        return Arrays.copyOfRange(data, at, at + length);
    }

    /** Bytes without a length prefix, into the caller's array. */
    public void readInto(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        System.arraycopy(data, take(length), target, offset, length);
    }

    /** Passes over bytes. */
    public void skip(int length) {
        take(length);
    }

    /** Compact&lt;u32&gt;; a longer form than necessary is an error. */
    public long readCompactU32() {
        long value = readCompactU64();
        if (value >>> 32 != 0) {
            throw new ScaleException("compact number beyond 32 bits");
        }
        return value;
    }

    /** Compact&lt;u64&gt;, unsigned; a longer form than necessary is an error. */
    public long readCompactU64() {
        int first = readU8();
        switch (first & 3) {
            case 0:
                return (long) first >>> 2;
            case 1:
                return minimal((first >>> 2) | ((long) readU8() << 6), 1L << 6);
            case 2:
                take(3);
                return minimal(Integer.toUnsignedLong((int) U32.get(data, position - 4)) >>> 2, 1L << 14);
            default:
                int length = (first >>> 2) + 4;
                if (length > 8) {
                    throw new ScaleException("compact number of " + length + " bytes");
                }
                int at = take(length);
                long value = 0;
                for (int i = length - 1; i >= 0; i--) {
                    value = (value << 8) | (data[at + i] & 0xff);
                }
                return minimal(value, length == 4 ? 1L << 30 : 1L << (8 * (length - 1)));
        }
    }

    private static long minimal(long value, long least) {
        if (Long.compareUnsigned(value, least) < 0) {
            throw new ScaleException("compact number in a longer form than necessary");
        }
        return value;
    }

    /** {@code Vec<u8>} of at most {@code maxLength} bytes. */
    public byte[] readVec(int maxLength) {
        long length = readCompactU32();
        if (length > maxLength) {
            throw new ScaleException(length + " bytes where at most " + maxLength + " are due");
        }
        return readByteArray((int) length);
    }

    /** {@code Vec<u8>} of any length that the input can hold. */
    public byte[] readVec() {
        return readVec(Integer.MAX_VALUE);
    }

    /** A piece: its length, which is always the same, and 1 048 672 bytes. */
    public byte[] readPiece() {
        long length = readCompactU32();
        if (length != Constants.PIECE_SIZE) {
            throw new ScaleException("piece of " + length + " bytes");
        }
        return readByteArray(Constants.PIECE_SIZE);
    }

    /** UTF-8 text with a length prefix; other byte sequences are an error. */
    public String readString() {
        byte[] utf8 = readVec();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ScaleException("text is not UTF-8");
        }
    }

    /**
     * {@code Vec<T>}.
     *
     * @param minSize the least number of bytes of an element, at least 1: a count that cannot fit into the rest of the input is refused at once
     */
    public <T> List<T> readList(int minSize, Function<ScaleReader, T> element) {
        if (minSize < 1) {
            throw new IllegalArgumentException("minSize " + minSize);
        }
        long count = readCompactU32();
        if (count > remaining() / minSize) {
            throw new ScaleException(count + " elements announced, " + remaining() + " bytes left");
        }
        List<T> list = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            list.add(element.apply(this));
        }
        return Collections.unmodifiableList(list);
    }

    /** {@code Option<T>}. */
    public <T> Optional<T> readOption(Function<ScaleReader, T> type) {
        return readPresent() ? Optional.of(type.apply(this)) : Optional.empty();
    }

    /** {@code Option<u64>}. */
    public OptionalLong readOptionU64() {
        return readPresent() ? OptionalLong.of(readU64()) : OptionalLong.empty();
    }

    private boolean readPresent() {
        int tag = readU8();
        if (tag > 1) {
            throw new ScaleException("option with tag " + tag);
        }
        return tag == 1;
    }

    /** Seconds u64 and nanoseconds u32 below 10^9. Seconds of 2^63 and more, which no duration of the network has, are refused. */
    public Duration readDuration() {
        long seconds = readU64();
        long nanos = readU32();
        if (seconds < 0 || nanos >= 1_000_000_000) {
            throw new ScaleException("duration out of range");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    /** A value followed by the 32-byte BLAKE3 of its encoding, which must match. */
    public <T> T readChecksummed(Function<ScaleReader, T> type) {
        int from = position;
        T value = type.apply(this);
        byte[] expected = new byte[Blake3.HASH_SIZE];
        Blake3.hash(data, from, position - from, expected, 0);
        int at = take(Blake3.HASH_SIZE);
        if (!Arrays.equals(expected, 0, expected.length, data, at, at + expected.length)) {
            throw new ScaleException("checksum mismatch");
        }
        return value;
    }

    private int take(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length);
        }
        if (length > end - position) {
            throw new ScaleException(length + " bytes needed, " + (end - position) + " left");
        }
        int at = position;
        position += length;
        return at;
    }
}
