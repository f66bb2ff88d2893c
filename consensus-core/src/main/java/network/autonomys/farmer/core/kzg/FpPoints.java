package network.autonomys.farmer.core.kzg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/**
 * Affine points as {@link FpLanes} wants them: 12 longs each, six words for x and then six for y, which are tight. None is infinity. An array of
 * points has two longs more, so that whole vectors may be read to its end.
 */
final class FpPoints {
    /** Longs per point. */
    static final int SIZE = 2 * FpLanes.WORDS;

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    private static final long M = (1L << BITS) - 1;
    private static final int WORDS = FpLanes.WORDS;
    private static final BigInteger P = FpLanes.MODULUS;
    private static final long[] MODULUS = FpLanes.limbs(P);
    /** The library's R is 2^384: these factors change one form into the other. */
    private static final long[] FROM_BLST =
            FpLanes.limbs(BigInteger.ONE.shiftLeft(2 * FpLanes.R_BITS - 384).mod(P));

    private static final long[] TO_BLST =
            FpLanes.limbs(BigInteger.ONE.shiftLeft(384).mod(P));

    private FpPoints() {}

    /** Longs of an array of points. */
    static int length(int count) {
        return SIZE * count + 2;
    }

    /** Limb of a coordinate that begins at a place. */
    static long limb(long[] points, int coordinate, int limb) {
        int word = BITS * limb / 64;
        int bit = BITS * limb % 64;
        long value = points[coordinate + word] >>> bit;
        if (bit + BITS > 64 && word + 1 < WORDS) {
            value |= points[coordinate + word + 1] << (64 - bit);
        }
        return value & M;
    }

    /** Writes the limbs in one lane of a tight block as a coordinate. */
    static void pack(long[] a, int lane, int lanes, long[] points, int coordinate) {
        for (int word = 0; word < WORDS; word++) {
            long value = 0;
            for (int limb = 64 * word / BITS; limb < LIMBS && BITS * limb < 64 * (word + 1); limb++) {
                int at = BITS * limb - 64 * word;
                value |= at < 0 ? a[limb * lanes + lane] >>> -at : a[limb * lanes + lane] << at;
            }
            points[coordinate + word] = value;
        }
    }

    /** Reads the library's affine points. */
    static long[] fromBlst(FpLanes kernel, MemorySegment affines, int count) {
        int lanes = kernel.lanes();
        long[] points = new long[length(count)];
        long[] a = new long[LIMBS * lanes];
        long[] factor = broadcast(FROM_BLST, lanes);
        for (int first = 0; first < 2 * count; first += lanes) {
            int width = Math.min(lanes, 2 * count - first);
            for (int lane = 0; lane < width; lane++) {
                readNumber(affines, (long) (first + lane) * WORDS, a, lane, lanes);
            }
            kernel.multiply(a, 0, factor, 0, a, 0);
            for (int lane = 0; lane < width; lane++) {
                pack(a, lane, lanes, points, (first + lane) * SIZE / 2);
            }
        }
        return points;
    }

    /** Reads six words into one lane of a block. */
    static void readNumber(MemorySegment words, long at, long[] a, int lane, int lanes) {
        for (int limb = 0; limb < LIMBS; limb++) {
            int bit = limb * BITS;
            long value = words.getAtIndex(ValueLayout.JAVA_LONG, at + bit / 64) >>> bit % 64;
            if (bit % 64 + BITS > 64 && bit / 64 + 1 < WORDS) {
                value |= words.getAtIndex(ValueLayout.JAVA_LONG, at + bit / 64 + 1) << (64 - bit % 64);
            }
            a[limb * lanes + lane] = value & M;
        }
    }

    /** Writes some points, from one on, as the library's affine ones. */
    static void toBlst(FpLanes kernel, long[] points, int from, int count, MemorySegment affines) {
        int lanes = kernel.lanes();
        long[] a = new long[LIMBS * lanes];
        long[] factor = broadcast(TO_BLST, lanes);
        int start = from * SIZE;
        for (int first = 0; first < 2 * count; first += lanes) {
            int width = Math.min(lanes, 2 * count - first);
            for (int lane = 0; lane < width; lane++) {
                for (int limb = 0; limb < LIMBS; limb++) {
                    a[limb * lanes + lane] = limb(points, start + (first + lane) * SIZE / 2, limb);
                }
            }
            kernel.multiply(a, 0, factor, 0, a, 0);
            for (int lane = 0; lane < width; lane++) {
                writeNumber(a, lane, lanes, affines, (long) (first + lane) * WORDS);
            }
        }
    }

    /** Writes the number in one lane of a tight block, reduced below p, as six words. */
    static void writeNumber(long[] a, int lane, int lanes, MemorySegment words, long at) {
        boolean below = false;
        for (int limb = LIMBS - 1; limb >= 0; limb--) {
            long value = a[limb * lanes + lane];
            if (value != MODULUS[limb]) {
                below = value < MODULUS[limb];
                break;
            }
        }
        long word = 0;
        int bits = 0;
        int index = 0;
        long carry = 0;
        for (int limb = 0; limb < LIMBS; limb++) {
            long value = a[limb * lanes + lane] - (below ? 0 : MODULUS[limb]) + carry;
            carry = value >> BITS;
            value &= M;
            word |= value << bits;
            bits += BITS;
            if (bits >= 64) {
                words.setAtIndex(ValueLayout.JAVA_LONG, at + index++, word);
                bits -= 64;
                word = value >>> (BITS - bits);
            }
        }
    }

    static long[] broadcast(long[] limbs, int lanes) {
        long[] block = new long[LIMBS * lanes];
        for (int i = 0; i < block.length; i++) {
            block[i] = limbs[i / lanes];
        }
        return block;
    }
}
