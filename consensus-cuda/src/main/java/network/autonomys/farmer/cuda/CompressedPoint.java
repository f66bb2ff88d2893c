package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/** From a sum as curve.cuh leaves it to the 48 bytes of a compressed point (primitives §5.2). */
final class CompressedPoint {
    static final int COORDINATE = 48;
    /** x, y, zz and zzz, little-endian, in Montgomery form. */
    static final int PROJECTIVE = 4 * COORDINATE;

    private static final BigInteger MODULUS = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);
    private static final int COMPRESSED = 0x80;
    private static final int INFINITY = 0x40;
    private static final int LARGER_Y = 0x20;

    private CompressedPoint() {}

    static byte[] of(MemorySegment point) {
        byte[] out = new byte[COORDINATE];
        BigInteger zz = coordinate(point, 2);
        if (zz.signum() == 0) {
            out[0] = (byte) (COMPRESSED | INFINITY);
            return out;
        }
        // The factor 2^384 of the Montgomery form is in numerator and denominator.
        BigInteger x = coordinate(point, 0).multiply(zz.modInverse(MODULUS)).mod(MODULUS);
        BigInteger y = coordinate(point, 1)
                .multiply(coordinate(point, 3).modInverse(MODULUS))
                .mod(MODULUS);
        byte[] bytes = x.toByteArray();
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, out, COORDINATE - length, length);
        out[0] |= (byte) COMPRESSED;
        if (y.shiftLeft(1).compareTo(MODULUS) > 0) {
            out[0] |= LARGER_Y;
        }
        return out;
    }

    private static BigInteger coordinate(MemorySegment point, int index) {
        byte[] bigEndian = new byte[COORDINATE];
        for (int i = 0; i < COORDINATE; i++) {
            bigEndian[COORDINATE - 1 - i] = point.get(ValueLayout.JAVA_BYTE, (long) index * COORDINATE + i);
        }
        return new BigInteger(1, bigEndian);
    }
}
