package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import jdk.incubator.vector.LongVector;
import network.autonomys.farmer.core.field.generated.LaneKernel1;
import network.autonomys.farmer.core.field.generated.LaneKernel4;
import network.autonomys.farmer.core.field.generated.LaneKernel8;

/**
 * Scalar field arithmetic on W elements at a time, one in each lane of a vector.
 *
 * <p>A block of W elements is 9 · W longs: limb 0 of all lanes, limb 1 of all lanes, …. Limbs have 29 bits, the least significant first; the
 * ninth takes what remains. Multiplication is Montgomery's with R = 2^261: it divides the product by R. Data are kept as they are and constants
 * are held multiplied by R, so that transforms need no conversion.
 *
 * <p>Values are redundant. <em>Tight</em>: limbs 0 to 7 below 2^29 and the value below 4r. <em>Loose</em>: limbs below 2^31.4 and the value below
 * 72r. Constants are below r. A product of values below x r and y r is below (x y / 70 + 1) r: tight where a loose value meets a constant or a
 * reduced one (below 2r), or two tight ones meet. A butterfly adds at most 4r to a value and 2^30 to a limb, and each third layer carries; the
 * first three layers of a transform contain multiplications by one, which at most double what is below 32r after them. So a value stays below
 * 32r + 9 · 4r in the 12 layers that a transform may have.
 */
public abstract class LaneKernel {
    /** Limbs of an element. */
    public static final int LIMBS = 9;

    /** Bits of a limb. */
    public static final int LIMB_BITS = 29;

    /** Bits of R. */
    static final int R_BITS = LIMBS * LIMB_BITS;

    protected LaneKernel() {}

    /** The widest kernel that this machine runs well. */
    public static LaneKernel preferred() {
        return ofLanes(LongVector.SPECIES_PREFERRED.length());
    }

    /** One element at a time, in plain arithmetic. */
    public static LaneKernel scalar() {
        return new LaneKernel1();
    }

    /** The kernel with so many lanes: 8, 4, or else 1. */
    public static LaneKernel ofLanes(int lanes) {
        return switch (lanes) {
            case 8 -> new LaneKernel8();
            case 4 -> new LaneKernel4();
            default -> new LaneKernel1();
        };
    }

    /** W: elements per block. */
    public abstract int lanes();

    /** Longs per block. */
    public final int blockSize() {
        return LIMBS * lanes();
    }

    /**
     * Transform in the lanes: block k of the input holds coefficient k of W polynomials; block b of the output their values at g^brv(b), g being
     * the root of order 2^logSize to whose powers the table belongs.
     *
     * @param a tight blocks from {@code offset} on, overwritten with loose ones
     * @param roots broadcast table: entry b is g^brv(b) · R, with b reversed over one bit less than the order of g has
     */
    public abstract void toReversed(long[] a, int offset, int logSize, long[] roots);

    /**
     * Transform in the lanes from reversed order: block b of the input holds coefficient brv(b); block k of the output the values at g^k.
     *
     * @param a tight blocks, overwritten with loose ones
     * @param powers broadcast table of the powers of a root of order 2^logOrder, times R
     */
    public abstract void fromReversed(long[] a, int offset, int logSize, long[] powers, int logOrder);

    /** z = a · b / R block by block; b tight, z tight and possibly the same as either. */
    public abstract void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo, int blocks);

    /**
     * Brings table entries of four words, the least significant first, into the form that {@link #multiplyWords} wants, from place 0 on.
     *
     * @param numbers for each element, from {@code from} on, a number of which some bits are the number of its entry
     */
    public abstract void lookUp(long[] table, int[] numbers, int from, int shift, int mask, long[] words, int blocks);

    /**
     * a = a · b / R, where b comes as numbers of four words, below r; a becomes tight, and below 2r.
     *
     * @param words for each block the least significant word of all lanes, the next of all lanes, …
     */
    public abstract void multiplyWords(long[] a, int ao, long[] words, int wo, int blocks);

    /**
     * a = a · c / R where each block is multiplied by one constant in all its lanes; a becomes tight.
     *
     * @param constants broadcast table, tight
     * @param step longs from one constant to the next: 9, or 0 for the same
     */
    public abstract void scaleEach(long[] a, int ao, long[] constants, int co, int step, int blocks);

    /** Brings loose values below 2r with limbs 0 to 7 below 2^29. */
    public abstract void reduce(long[] a, int offset, int blocks);

    /**
     * Spreads W scalars of four words each, the most significant first, over the lanes.
     *
     * @param places where each lane's scalar begins, counted from {@code from}
     * @return true where all are surely below the modulus: their highest words are below its highest
     */
    public abstract boolean unpack(long[] words, int from, int[] places, long[] a, int offset);

    /** Writes the scalars in the lanes of a loose block, which is reduced in place; the inverse of {@link #unpack}. */
    public abstract void pack(long[] a, int offset, long[] words, int to, int[] places);

    /** Transposes W blocks: lane l of block j becomes lane j of block l. The arrays are different ones. */
    public abstract void turn(long[] in, int from, long[] out, int to);

    /** z = a + b, limb by limb, without carrying: the sum of two tight values is loose. */
    public final void add(long[] a, int ao, long[] b, int bo, long[] z, int zo, int blocks) {
        for (int i = 0; i < blocks * blockSize(); i++) {
            z[zo + i] = a[ao + i] + b[bo + i];
        }
    }

    /** Limbs of a number of which each but the last has 2^29 lent by the next. */
    public static long[] padded(BigInteger number) {
        long[] limbs = limbs(number);
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i] += 1L << LIMB_BITS;
            limbs[i + 1] -= 1;
        }
        return limbs;
    }

    /** The limbs of a non-negative number; the ninth takes what remains. */
    public static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i] = value.shiftRight(LIMB_BITS * i).longValue() & ((1L << LIMB_BITS) - 1);
        }
        limbs[LIMBS - 1] = value.shiftRight(LIMB_BITS * (LIMBS - 1)).longValueExact();
        return limbs;
    }
}
