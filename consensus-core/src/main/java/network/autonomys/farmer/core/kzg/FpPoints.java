package network.autonomys.farmer.core.kzg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/**
 * Affine points as {@link FpLanes} wants them: 12 longs each, six words for x and then six for y. A coordinate v between -p and p is kept as v plus the sum of all
 * 2^(48 i + 47), whose digits of 48 bits, less 2^47, are the limbs of v. None is infinity. An array of points has two longs more, so that whole vectors may be
 * read to its end.
 */
final class FpPoints {
    /** Longs per point. */
    static final int SIZE = 2 * FpLanes.WORDS;

    private static final int LIMBS = FpLanes.LIMBS;
    private static final int BITS = FpLanes.LIMB_BITS;
    private static final int WORDS = FpLanes.WORDS;
    private static final long M = (1L << BITS) - 1;
    private static final long HALF = 1L << (BITS - 1);
    private static final long[] MODULUS = words(FpLanes.MODULUS);
    /** What is added to a coordinate. */
    private static final long[] BIAS = words(BigInteger.ONE
            .shiftLeft(BITS * LIMBS)
            .subtract(BigInteger.ONE)
            .divide(BigInteger.valueOf(M))
            .multiply(BigInteger.valueOf(HALF)));

    private FpPoints() {}

    /** Longs of an array of points. */
    static int length(int count) {
        return SIZE * count + 2;
    }

    /** Reads a coordinate into one lane of a block. */
    static void unpack(long[] points, int coordinate, double[] a, int lane, int lanes) {
        for (int limb = 0; limb < LIMBS; limb++) {
            int word = coordinate + BITS * limb / 64;
            int bit = BITS * limb % 64;
            long digit = points[word] >>> bit;
            if (bit + BITS > 64) {
                digit |= points[word + 1] << (64 - bit);
            }
            a[limb * lanes + lane] = (digit & M) - HALF;
        }
    }

    /** Writes the tight element in one lane of a block as a coordinate. */
    static void pack(double[] a, int lane, int lanes, long[] points, int coordinate) {
        long word = 0;
        int bits = 0;
        int at = coordinate;
        long carry = 0;
        for (int limb = 0; limb < LIMBS; limb++) {
            long value = (long) a[limb * lanes + lane] + HALF + carry;
            carry = value >> BITS;
            value &= M;
            word |= value << bits;
            bits += BITS;
            if (bits >= 64) {
                points[at++] = word;
                bits -= 64;
                word = value >>> (BITS - bits);
            }
        }
    }

    /** Replaces a coordinate by its negative. */
    static void negate(long[] points, int coordinate) {
        // The bias is added twice and the coordinate subtracted once.
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            long twice = BIAS[i] << 1 | (i > 0 ? BIAS[i - 1] >>> 63 : 0);
            long difference = twice - points[coordinate + i];
            long result = difference - borrow;
            borrow = Long.compareUnsigned(twice, points[coordinate + i]) < 0
                            || Long.compareUnsigned(difference, borrow) < 0
                    ? 1
                    : 0;
            points[coordinate + i] = result;
        }
    }

    /** Reads the library's affine points. */
    static long[] fromBlst(MemorySegment affines, int count) {
        long[] points = new long[length(count)];
        for (int i = 0; i < 2 * count; i++) {
            fromNumber(affines, (long) i * WORDS, points, i * WORDS);
        }
        return points;
    }

    /** Writes some points, from one on, as the library's affine ones. */
    static void toBlst(long[] points, int from, int count, MemorySegment affines) {
        for (int i = 0; i < 2 * count; i++) {
            toNumber(points, from * SIZE + i * WORDS, affines, (long) i * WORDS);
        }
    }

    /** Reads one of the library's numbers, below p and in Montgomery form, as a coordinate. */
    static void fromNumber(MemorySegment words, long at, long[] points, int coordinate) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long word = words.getAtIndex(ValueLayout.JAVA_LONG, at + i);
            long sum = word + BIAS[i];
            long result = sum + carry;
            carry = Long.compareUnsigned(sum, word) < 0 || Long.compareUnsigned(result, sum) < 0 ? 1 : 0;
            points[coordinate + i] = result;
        }
    }

    /** Writes a coordinate as one of the library's numbers, from 0 to p - 1. */
    static void toNumber(long[] points, int coordinate, MemorySegment words, long at) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            long word = points[coordinate + i];
            long difference = word - BIAS[i];
            long result = difference - borrow;
            borrow = Long.compareUnsigned(word, BIAS[i]) < 0 || Long.compareUnsigned(difference, borrow) < 0 ? 1 : 0;
            words.setAtIndex(ValueLayout.JAVA_LONG, at + i, result);
        }
        if (borrow == 0) {
            return;
        }
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long word = words.getAtIndex(ValueLayout.JAVA_LONG, at + i);
            long sum = word + MODULUS[i];
            long result = sum + carry;
            carry = Long.compareUnsigned(sum, word) < 0 || Long.compareUnsigned(result, sum) < 0 ? 1 : 0;
            words.setAtIndex(ValueLayout.JAVA_LONG, at + i, result);
        }
    }

    private static long[] words(BigInteger value) {
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = value.shiftRight(64 * i).longValue();
        }
        return words;
    }

    /** The same element in all lanes. */
    static double[] broadcast(double[] limbs, int lanes) {
        double[] block = new double[LIMBS * lanes];
        for (int i = 0; i < block.length; i++) {
            block[i] = limbs[i / lanes];
        }
        return block;
    }
}
