package network.autonomys.farmer.core.kzg;

import java.math.BigInteger;
import network.autonomys.farmer.core.kzg.generated.FpLanes1;
import network.autonomys.farmer.core.kzg.generated.FpLanes4;
import network.autonomys.farmer.core.kzg.generated.FpLanes8;

/**
 * Arithmetic in the base field of BLS12-381 on W elements at a time, one in each lane of a vector.
 *
 * <p>A block of W elements is 8 · W longs: limb 0 of all lanes, limb 1 of all lanes, …, of 49 bits each, the least significant first.
 * Elements are in Montgomery form with R = 2^392. <em>Tight</em>: limbs 0 to 6 below 2^49 and the value below 2p. <em>Loose</em>: limbs below
 * 5 · 2^49 and the value below 40p.
 *
 * <p>Limbs are multiplied as doubles: fused multiplication and addition gives both halves of a product exactly, with fewer instructions than
 * limbs of 28 bits take, and few enough limbs to stay in registers (docs/decisions/0017-products-of-doubles.md).
 */
public abstract class FpLanes {
    /** Limbs of an element. */
    public static final int LIMBS = 8;

    /** Bits of a limb. */
    public static final int LIMB_BITS = 49;

    /** Words of 64 bits that hold a tight element. */
    public static final int WORDS = 6;

    /** Order of the base field. */
    public static final BigInteger MODULUS = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);

    /** Bits of R. */
    static final int R_BITS = LIMBS * LIMB_BITS;

    protected FpLanes() {}

    /** The kernel with so many lanes: 8, 4, or else 1. */
    public static FpLanes ofLanes(int lanes) {
        return switch (lanes) {
            case 8 -> new FpLanes8();
            case 4 -> new FpLanes4();
            default -> new FpLanes1();
        };
    }

    /** W: elements per block. */
    public abstract int lanes();

    /** z = a · b / R for one block; a loose, b and z tight; z may be either. */
    public abstract void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo);

    /**
     * Collects W points ({@link FpPoints}), one in each lane: a block of x and then a block of y.
     *
     * @param references 2 · point, plus 1 for its negative, whose y becomes 4p - y (limbs below 2^50); W of them from {@code from} on
     */
    public abstract void load(long[] points, int[] references, int from, long[] z, int zo);

    /**
     * Writes W points or fewer, the inverse of {@link #load}.
     *
     * @param x tight
     * @param y tight
     * @param targets where each lane's point goes; W of them from {@code from} on
     * @param width how many lanes are written
     */
    public abstract void store(long[] x, long[] y, long[] points, int[] targets, int from, int width);

    /** z = b + 16p - a, where no limb of a and b is above 2^50 - 2; z loose, below 20p. */
    public abstract void difference(long[] b, int bo, long[] a, int ao, long[] z, int zo);

    /** z = a + 8p - b - o, tight; a, b and o are tight too. */
    public abstract void subtractBoth(long[] a, long[] b, int bo, long[] o, int oo, long[] z);

    /** z = a + 4p - b for tight a and b; z loose. */
    public abstract void subtractFrom(long[] a, int ao, long[] b, long[] z);

    /** a = a + 16p - b, tight, for a tight a and a b without limbs above 2^50 - 2. */
    public abstract void subtract(long[] a, long[] b, int bo);

    /** Makes loose values tight. */
    public abstract void reduce(long[] a, int offset);

    /** Limbs of a number with a multiple of 2^49 lent to each by the next, so that smaller limbs can be subtracted without borrowing. */
    public static long[] padded(BigInteger number, long lent) {
        long[] limbs = limbs(number);
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i] += lent << LIMB_BITS;
            limbs[i + 1] -= lent;
        }
        return limbs;
    }

    /** The limbs of a number below 2^392. */
    public static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(LIMB_BITS * i).longValue() & ((1L << LIMB_BITS) - 1);
        }
        return limbs;
    }
}
