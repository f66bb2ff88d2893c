package network.autonomys.farmer.core.archive;

import java.util.Arrays;
import java.util.Objects;

/** A range of a byte array that is shared, not copied: a block, or the part of one that a segment holds. Nobody may change the array. */
public final class ByteRange {
    private final byte[] array;
    private final int offset;
    private final int length;

    private ByteRange(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The whole array. */
    public static ByteRange of(byte[] array) {
        return new ByteRange(array, 0, array.length);
    }

    /**
     * A range of an array.
     *
     * @throws IndexOutOfBoundsException where the array does not hold it
     */
    public static ByteRange of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ByteRange(array, offset, length);
    }

    /** The shared array. */
    byte[] array() {
        return array;
    }

    /** Where the range begins in the shared array. */
    int offset() {
        return offset;
    }

    /** Number of bytes, may be 0. */
    public int length() {
        return length;
    }

    /** The first {@code count} bytes. */
    public ByteRange head(int count) {
        Objects.checkIndex(count, length + 1);
        return new ByteRange(array, offset, count);
    }

    /** The bytes from {@code from} on. */
    public ByteRange tail(int from) {
        Objects.checkIndex(from, length + 1);
        return new ByteRange(array, offset + from, length - from);
    }

    /** The content as an array that nobody else holds. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Copies the content. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteRange range
                && Arrays.equals(
                        array, offset, offset + length, range.array, range.offset, range.offset + range.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
