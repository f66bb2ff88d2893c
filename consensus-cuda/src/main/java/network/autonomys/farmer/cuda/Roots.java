package network.autonomys.farmer.cuda;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The roots of unity that the extension of a record needs (primitives §6.1), in Montgomery form (times 2^256), eight little-endian words each: how
 * the kernels of field.cuh read them.
 */
final class Roots {
    static final int POINTS = 32_768;
    private static final int SCALAR_BYTES = 32;
    private static final int BITS = 15;
    private static final BigInteger MODULUS =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    /** Of order 65 536 (proof-of-space §3). */
    private static final BigInteger ROOT =
            new BigInteger("2155379d12180caa88f39a78f1aeb57867a665ae1fcadc91d7118f85cd96b8ad", 16);

    private static final BigInteger MONTGOMERY = BigInteger.ONE.shiftLeft(256).mod(MODULUS);

    private Roots() {}

    /** Powers 0 to 16 383 of the root of order 32 768. */
    static byte[] forward() {
        return powers(ROOT.modPow(BigInteger.TWO, MODULUS), MONTGOMERY, POINTS / 2, false);
    }

    /** Powers 0 to 16 383 of its inverse. */
    static byte[] inverse() {
        return powers(ROOT.modPow(BigInteger.TWO, MODULUS).modInverse(MODULUS), MONTGOMERY, POINTS / 2, false);
    }

    /** Powers of the root of order 65 536 over 32 768, in bit-reversed order: from coefficients to those of the polynomial on the odd roots. */
    static byte[] shifts() {
        BigInteger start = MONTGOMERY
                .multiply(BigInteger.valueOf(POINTS).modInverse(MODULUS))
                .mod(MODULUS);
        return powers(ROOT, start, POINTS, true);
    }

    /** Powers 0 to 32 767 of the root of order 65 536, or of its inverse. */
    static byte[] largest(boolean inverse) {
        return powers(inverse ? ROOT.modInverse(MODULUS) : ROOT, MONTGOMERY, POINTS, false);
    }

    /** 1 / 2^k for k from 0, and from {@code second} on the same times 2^256: in plain numbers they multiply the product of two plain ones. */
    static byte[] powersOfHalf(int second) {
        BigInteger half = BigInteger.TWO.modInverse(MODULUS);
        byte[] once = powers(half, MONTGOMERY, second, false);
        byte[] twice = powers(half, MONTGOMERY.multiply(MONTGOMERY).mod(MODULUS), second, false);
        byte[] both = Arrays.copyOf(once, once.length + twice.length);
        System.arraycopy(twice, 0, both, once.length, twice.length);
        return both;
    }

    private static byte[] powers(BigInteger root, BigInteger start, int n, boolean reversed) {
        byte[] out = new byte[n * SCALAR_BYTES];
        BigInteger power = start;
        for (int i = 0; i < n; i++) {
            int at = reversed ? Integer.reverse(i) >>> (Integer.SIZE - BITS) : i;
            byte[] bigEndian = power.toByteArray();
            for (int k = 0; k < Math.min(SCALAR_BYTES, bigEndian.length); k++) {
                out[at * SCALAR_BYTES + k] = bigEndian[bigEndian.length - 1 - k];
            }
            power = power.multiply(root).mod(MODULUS);
        }
        return out;
    }
}
