package network.autonomys.farmer.core.field;

import java.math.BigInteger;

/** Tables of constants in the form of {@link LaneKernel}: nine limbs, multiplied by R = 2^261, below the modulus. */
final class Tables {
    private static final int LIMBS = LaneKernel.LIMBS;
    private static final long M = (1L << LaneKernel.LIMB_BITS) - 1;
    /** Turns the Montgomery form of {@link Fr} into that of the kernels. */
    private static final long[] RADIX_STEP = Fr.element(1L << (LaneKernel.R_BITS - 256));

    private Tables() {}

    /** The constant for an element in the form of {@link Fr}. */
    static void constant(long[] element, int at, long[] table, int to) {
        long[] t = new long[Fr.WORDS];
        Fr.mul(element, at, RADIX_STEP, 0, t, 0);
        table[to] = t[0] & M;
        table[to + 1] = (t[0] >>> 29) & M;
        table[to + 2] = (t[0] >>> 58 | t[1] << 6) & M;
        table[to + 3] = (t[1] >>> 23) & M;
        table[to + 4] = (t[1] >>> 52 | t[2] << 12) & M;
        table[to + 5] = (t[2] >>> 17) & M;
        table[to + 6] = (t[2] >>> 46 | t[3] << 18) & M;
        table[to + 7] = (t[3] >>> 11) & M;
        table[to + 8] = t[3] >>> 40;
    }

    /** The constant's four words, the least significant first. */
    static void words(long[] element, long[] table, int to) {
        Fr.mul(element, 0, RADIX_STEP, 0, table, to);
    }

    static long[] constant(long[] element) {
        long[] table = new long[LIMBS];
        constant(element, 0, table, 0);
        return table;
    }

    /** first · base^i for i below count. */
    static long[] powers(long[] first, long[] base, int count) {
        long[] table = new long[LIMBS * count];
        long[] power = first.clone();
        for (int i = 0; i < count; i++) {
            constant(power, 0, table, i * LIMBS);
            Fr.mul(power, 0, base, 0, power, 0);
        }
        return table;
    }

    /** base^i for i below count. */
    static long[] powers(long[] base, int count) {
        return powers(Fr.element(1), base, count);
    }

    /** The same entries, entry b being the one at the reversed bits of b. */
    static long[] reversed(long[] table, int logSize) {
        long[] reversed = new long[LIMBS << logSize];
        for (int b = 0; b < 1 << logSize; b++) {
            System.arraycopy(table, LIMBS * reverse(b, logSize), reversed, LIMBS * b, LIMBS);
        }
        return reversed;
    }

    /** The low bits of an index in reversed order. */
    static int reverse(int index, int bits) {
        return bits == 0 ? 0 : Integer.reverse(index) >>> (32 - bits);
    }

    /** Copies an entry into one lane of a block. */
    static void toLane(long[] table, int entry, long[] blocks, int block, int lane, int lanes) {
        for (int limb = 0; limb < LIMBS; limb++) {
            blocks[(block * LIMBS + limb) * lanes + lane] = table[entry * LIMBS + limb];
        }
    }

    static long[] inverse(long[] element) {
        long[] z = new long[Fr.WORDS];
        Fr.inverse(element, 0, z, 0);
        return z;
    }

    static long[] power(long[] element, long exponent) {
        long[] z = new long[Fr.WORDS];
        Fr.pow(element, 0, BigInteger.valueOf(exponent), z, 0);
        return z;
    }

    static int log(int powerOfTwo) {
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }
}
