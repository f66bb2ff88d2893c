package network.autonomys.farmer.core.scale;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;

/** Encodes SCALE into a growing array (primitives-archiving-kzg §2). Numbers outside their type give {@link IllegalArgumentException}. */
public final class ScaleWriter {
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data;
    private int size;

    public ScaleWriter() {
        this(512);
    }

    /** A writer that holds the given number of bytes before it must grow. */
    public ScaleWriter(int capacity) {
        data = new byte[capacity];
    }

    /** Number of bytes written. */
    public int size() {
        return size;
    }

    /** The bytes written, as a fresh array. */
    public byte[] toByteArray() {
        return Arrays.copyOf(data, size);
    }

    /** 0 to 255. */
    public ScaleWriter writeU8(int value) {
        check(value, 8);
        int at = grow(1);
        data[at] = (byte) value;
        return this;
    }

    /** 0 to 65 535. */
    public ScaleWriter writeU16(int value) {
        check(value, 16);
        int at = grow(2);
        U16.set(data, at, (short) value);
        return this;
    }

    /** 0 to 2^32 - 1. */
    public ScaleWriter writeU32(long value) {
        check(value, 32);
        int at = grow(4);
        U32.set(data, at, (int) value);
        return this;
    }

    /** An unsigned 64-bit integer. */
    public ScaleWriter writeU64(long value) {
        int at = grow(8);
        U64.set(data, at, value);
        return this;
    }

    /** 0 to 2^128 - 1. */
    public ScaleWriter writeU128(BigInteger value) {
        return writeUnsigned(value, 16);
    }

    /** 0 to 2^256 - 1. */
    public ScaleWriter writeU256(BigInteger value) {
        return writeUnsigned(value, 32);
    }

    private ScaleWriter writeUnsigned(BigInteger value, int size) {
        if (value.signum() < 0 || value.bitLength() > 8 * size) {
            throw new IllegalArgumentException(value + " does not fit into " + size + " bytes");
        }
        for (int bit = 0; bit < 8 * size; bit += 64) {
            writeU64(value.shiftRight(bit).longValue());
        }
        return this;
    }

    public ScaleWriter writeBool(boolean value) {
        return writeU8(value ? 1 : 0);
    }

    /** Bytes without a length prefix. */
    public ScaleWriter writeBytes(Bytes bytes) {
        int at = grow(bytes.length());
        bytes.copyTo(data, at);
        return this;
    }

    /** Bytes without a length prefix. */
    public ScaleWriter writeBytes(byte[] bytes) {
        return writeBytes(bytes, 0, bytes.length);
    }

    /** A range of an array without a length prefix. */
    public ScaleWriter writeBytes(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = grow(length);
        System.arraycopy(bytes, offset, data, at, length);
        return this;
    }

    /** Compact form of an unsigned 64-bit integer; the same bytes as for a u32 of that value. */
    public ScaleWriter writeCompact(long value) {
        if (value >>> 6 == 0) {
            return writeU8((int) value << 2);
        }
        if (value >>> 14 == 0) {
            return writeU16(((int) value << 2) | 1);
        }
        if (value >>> 30 == 0) {
            return writeU32((value << 2) | 2);
        }
        int length = Math.max(4, (71 - Long.numberOfLeadingZeros(value)) / 8);
        writeU8(((length - 4) << 2) | 3);
        int at = grow(length);
        for (int i = 0; i < length; i++) {
            data[at + i] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** {@code Vec<u8>}. */
    public ScaleWriter writeVec(byte[] bytes) {
        return writeCompact(bytes.length).writeBytes(bytes);
    }

    /** {@code Vec<u8>}. */
    public ScaleWriter writeVec(Bytes bytes) {
        return writeCompact(bytes.length()).writeBytes(bytes);
    }

    /** A piece of 1 048 672 bytes, with its length in front. */
    public ScaleWriter writePiece(byte[] piece) {
        return writeVec(Checks.length(piece, Constants.PIECE_SIZE, "piece"));
    }

    /** UTF-8 text with a length prefix. */
    public ScaleWriter writeString(String text) {
        return writeVec(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code Vec<T>}. */
    public <T> ScaleWriter writeList(List<T> list, BiConsumer<ScaleWriter, T> element) {
        writeCompact(list.size());
        list.forEach(value -> element.accept(this, value));
        return this;
    }

    /** {@code Vec<T>} of values that encode themselves. */
    public ScaleWriter writeList(List<? extends ScaleEncodable> list) {
        writeCompact(list.size());
        list.forEach(value -> value.write(this));
        return this;
    }

    /** {@code Option<T>}. */
    public <T> ScaleWriter writeOption(Optional<T> option, BiConsumer<ScaleWriter, T> type) {
        writeBool(option.isPresent());
        option.ifPresent(value -> type.accept(this, value));
        return this;
    }

    /** {@code Option<u64>}. */
    public ScaleWriter writeOptionU64(OptionalLong option) {
        writeBool(option.isPresent());
        option.ifPresent(this::writeU64);
        return this;
    }

    /** Seconds u64 and nanoseconds u32. */
    public ScaleWriter writeDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative duration " + duration);
        }
        return writeU64(duration.getSeconds()).writeU32(duration.getNano());
    }

    /** A value followed by the BLAKE3 of its encoding. */
    public ScaleWriter writeChecksummed(ScaleEncodable value) {
        int from = size;
        value.write(this);
        int at = grow(Blake3.HASH_SIZE);
        Blake3.hash(data, from, at - from, data, at);
        return this;
    }

    private static void check(long value, int bits) {
        if (value >>> bits != 0) {
            throw new IllegalArgumentException(value + " does not fit into " + bits + " bits");
        }
    }

    private int grow(int length) {
        int at = size;
        int needed = Math.addExact(at, length);
        if (needed > data.length) {
            data = Arrays.copyOf(data, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, data.length * 2L)));
        }
        size = needed;
        return at;
    }
}
