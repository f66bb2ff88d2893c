package network.autonomys.farmer.core.sector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned 64-bit arithmetic with the reductions and bounds that consensus asks for (primitives-archiving-kzg §4.5, §4.10). */
public final class UnsignedMath {
    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private UnsignedMath() {}

    /** The 32 bytes, read as a little-endian number, modulo an unsigned 64-bit number that is not 0. */
    public static long mod256(byte[] bytes, long modulus) {
        if (bytes.length != 32 || modulus == 0) {
            throw new IllegalArgumentException("32 bytes and a modulus are needed");
        }
        if (modulus >>> 32 == 0) {
            return modSmall(bytes, modulus);
        }
        long rest = 0;
        for (int limb = 3; limb >= 0; limb--) {
            rest = remainder128(rest, (long) LE64.get(bytes, 8 * limb), modulus);
        }
        return rest;
    }

    /** For a modulus below 2^32, which every real history size gives: eight divisions. */
    private static long modSmall(byte[] bytes, long modulus) {
        long rest = 0;
        for (int limb = 7; limb >= 0; limb--) {
            rest = Long.remainderUnsigned(
                    (rest << 32) | Integer.toUnsignedLong((int) LE32.get(bytes, 4 * limb)), modulus);
        }
        return rest;
    }

    /** {@code (high * 2^64 + low) mod modulus} for {@code high < modulus}: long division, bit by bit. */
    private static long remainder128(long high, long low, long modulus) {
        long rest = high;
        for (int bit = 63; bit >= 0; bit--) {
            boolean carry = rest < 0;
            rest = (rest << 1) | ((low >>> bit) & 1);
            if (carry || Long.compareUnsigned(rest, modulus) >= 0) {
                rest -= modulus;
            }
        }
        return rest;
    }

    /** The product, or {@link ArithmeticException} where it does not fit 64 bits. */
    public static long multiplyExact(long a, long b) {
        if (Math.unsignedMultiplyHigh(a, b) != 0) {
            throw new ArithmeticException(Long.toUnsignedString(a) + " * " + Long.toUnsignedString(b) + " overflows");
        }
        return a * b;
    }

    /** The product, or 2^64 - 1 where it does not fit. */
    public static long multiplySaturating(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) != 0 ? -1 : a * b;
    }

    /** The smaller one. */
    public static long min(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /** The larger one. */
    public static long max(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
