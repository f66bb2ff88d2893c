package network.autonomys.farmer.core.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable byte string: hashes, keys, commitments, proofs. It compares by content, orders as unsigned bytes from the left, and prints as lower-case
 * hexadecimal.
 */
public final class Bytes implements Comparable<Bytes> {
    /** The string of length 0. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final VarHandle LE16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of the array's content. */
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /** A copy of {@code [from, to)} of the array. */
    public static Bytes copyOf(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** So many zero bytes. */
    public static Bytes zeros(int length) {
        return new Bytes(new byte[length]);
    }

    /**
     * Hexadecimal digits of either case, two per byte, no prefix.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int length() {
        return value.length;
    }

    /** The byte at an index. */
    public byte get(int index) {
        return value[index];
    }

    /** The unsigned 16-bit little-endian number at an offset. */
    public int le16(int offset) {
        return (short) LE16.get(value, offset) & 0xffff;
    }

    /** The 64-bit little-endian number at an offset. */
    public long le64(int offset) {
        return (long) LE64.get(value, offset);
    }

    /** The content, as a fresh array. */
    public byte[] toArray() {
        return value.clone();
    }

    /** Copies the whole content into an array from an offset on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(value, 0, target, offset, value.length);
    }

    /** Copies {@code length} bytes from {@code from} on into an array. */
    public void copyTo(int from, byte[] target, int offset, int length) {
        System.arraycopy(value, from, target, offset, length);
    }

    /** The bytes {@code [from, to)}. */
    public Bytes slice(int from, int to) {
        return copyOf(value, from, to);
    }

    /** True where the content equals the bytes of an array from an offset on. */
    public boolean matches(byte[] other, int offset) {
        return offset >= 0
                && value.length <= other.length - offset
                && Arrays.equals(value, 0, value.length, other, offset, offset + value.length);
    }

    /** Lower-case hexadecimal digits, two per byte. */
    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
