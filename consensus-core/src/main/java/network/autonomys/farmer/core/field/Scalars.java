package network.autonomys.farmer.core.field;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/** Scalars as the protocol writes them: 32 bytes, big-endian, below the modulus (primitives §4.2, §5.2). */
public final class Scalars {
    /** Length of a scalar in bytes. */
    public static final int BYTES = 32;

    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Scalars() {}

    /** True where the 32 bytes at an offset are a number below the modulus; 0 is one. */
    public static boolean isCanonical(MemorySegment bytes, long offset) {
        return Fr.isCanonical(
                bytes.get(BE64, offset + 24),
                bytes.get(BE64, offset + 16),
                bytes.get(BE64, offset + 8),
                bytes.get(BE64, offset));
    }

    /** True where an array holds exactly 32 bytes that are a number below the modulus. */
    public static boolean isCanonical(byte[] bytes) {
        return bytes.length == BYTES && isCanonical(MemorySegment.ofArray(bytes), 0);
    }

    /**
     * Index of the first of {@code count} scalars, one after the other from an offset on, that is not below the modulus; -1 where all are.
     *
     * @throws IndexOutOfBoundsException where the buffer is too short
     */
    public static int firstInvalid(MemorySegment bytes, long offset, int count) {
        Objects.checkFromIndexSize(offset, (long) BYTES * count, bytes.byteSize());
        for (int i = 0; i < count; i++) {
            // All but one value in 2^64 is decided by the first word.
            long top = bytes.get(BE64, offset + (long) BYTES * i);
            if (Long.compareUnsigned(top, Fr.Q3) >= 0 && !isCanonical(bytes, offset + (long) BYTES * i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The element at an offset, in Montgomery form (see {@link Fr}).
     *
     * @throws IllegalArgumentException where the number is not below the modulus
     */
    public static void read(MemorySegment bytes, long offset, long[] element, int at) {
        if (!isCanonical(bytes, offset)) {
            throw new IllegalArgumentException("not a scalar: not below the modulus");
        }
        for (int i = 0; i < Fr.WORDS; i++) {
            element[at + i] = bytes.get(BE64, offset + 24 - 8L * i);
        }
        Fr.toMontgomery(element, at, element, at);
    }

    /** Writes an element's 32 bytes at an offset. */
    public static void write(long[] element, int at, MemorySegment bytes, long offset) {
        long[] plain = new long[Fr.WORDS];
        Fr.fromMontgomery(element, at, plain, 0);
        for (int i = 0; i < Fr.WORDS; i++) {
            bytes.set(BE64, offset + 24 - 8L * i, plain[i]);
        }
    }

    /**
     * The element of 32 bytes, in Montgomery form.
     *
     * @throws IllegalArgumentException where the length is not 32 or the number is not below the modulus
     */
    public static long[] element(byte[] scalar) {
        if (scalar.length != BYTES) {
            throw new IllegalArgumentException("a scalar has 32 bytes, not " + scalar.length);
        }
        long[] element = new long[Fr.WORDS];
        read(MemorySegment.ofArray(scalar), 0, element, 0);
        return element;
    }

    /** The 32 bytes of an element in Montgomery form. */
    public static byte[] bytes(long[] element) {
        byte[] scalar = new byte[BYTES];
        write(element, 0, MemorySegment.ofArray(scalar), 0);
        return scalar;
    }

    /** The sum of two scalars of 32 bytes each. */
    public static byte[] add(byte[] a, byte[] b) {
        long[] x = element(a);
        Fr.add(x, 0, element(b), 0, x, 0);
        return bytes(x);
    }

    /** The difference of two scalars of 32 bytes each. */
    public static byte[] subtract(byte[] a, byte[] b) {
        long[] x = element(a);
        Fr.sub(x, 0, element(b), 0, x, 0);
        return bytes(x);
    }

    /** The product of two scalars of 32 bytes each. */
    public static byte[] multiply(byte[] a, byte[] b) {
        long[] x = element(a);
        Fr.mul(x, 0, element(b), 0, x, 0);
        return bytes(x);
    }

    /**
     * The inverse of a scalar of 32 bytes.
     *
     * @throws ArithmeticException for 0
     */
    public static byte[] inverse(byte[] a) {
        long[] x = element(a);
        Fr.inverse(x, 0, x, 0);
        return bytes(x);
    }

    /**
     * Inverts scalars in place, one after the other from the buffer's start.
     *
     * @throws ArithmeticException where one of them is 0
     * @throws IllegalArgumentException where one is not below the modulus
     */
    public static void inverseAll(MemorySegment scalars, int count) {
        Objects.checkFromIndexSize(0, (long) BYTES * count, scalars.byteSize());
        long[] elements = new long[Math.multiplyExact(Fr.WORDS, count)];
        for (int i = 0; i < count; i++) {
            read(scalars, (long) BYTES * i, elements, Fr.WORDS * i);
        }
        Fr.inverseAll(elements, 0, count);
        for (int i = 0; i < count; i++) {
            write(elements, Fr.WORDS * i, scalars, (long) BYTES * i);
        }
    }
}
