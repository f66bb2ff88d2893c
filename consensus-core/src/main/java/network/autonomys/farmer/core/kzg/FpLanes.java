package network.autonomys.farmer.core.kzg;

import java.math.BigInteger;
import network.autonomys.farmer.core.kzg.generated.FpLanes1;
import network.autonomys.farmer.core.kzg.generated.FpLanes4;
import network.autonomys.farmer.core.kzg.generated.FpLanes8;

/**
 * Arithmetic in the base field of BLS12-381 on W elements at a time, one in each lane of a vector.
 *
 * <p>A block of W elements is 8 · W doubles, all of them whole numbers: limb 0 of all lanes, limb 1 of all lanes, …, the least significant first. A limb stands for
 * itself times 2^(48 i) and has a sign. Elements are in Montgomery form with R = 2^384, which is the library's form, and lie between -p and p.
 * <em>Tight</em>: the first seven limbs between -2^47 - 64 and 2^47 + 64.
 *
 * <p>Limbs are multiplied as doubles: fused multiplication and addition gives both halves of a product exactly, and few enough limbs to stay in registers
 * (docs/decisions/0017-products-of-doubles.md).
 */
public abstract class FpLanes {
    /** Limbs of an element. */
    public static final int LIMBS = 8;

    /** Bits of a limb. */
    public static final int LIMB_BITS = 48;

    /** Words of 64 bits that hold an element. */
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

    /**
     * z = a · b / R for one block.
     *
     * @param a between -2.1p and 2.1p, limbs up to 2^48 + 128 and from its negative
     * @param b tight
     * @param z tight, from -0.73p to 0.73p; may be a or b
     */
    public abstract void multiply(double[] a, int ao, double[] b, int bo, double[] z, int zo);

    /**
     * Collects W points ({@link FpPoints}), one in each lane: a block of x and then a block of y, tight.
     *
     * @param references 2 · point, plus 1 for its negative; W of them from {@code from} on
     */
    public abstract void load(long[] points, int[] references, int from, double[] z, int zo);

    /**
     * Writes W points or fewer, the inverse of {@link #load}.
     *
     * @param x tight
     * @param y tight
     * @param targets where each lane's point goes; W of them from {@code from} on
     * @param width how many lanes are written
     */
    public abstract void store(double[] x, double[] y, long[] points, int[] targets, int from, int width);

    /** z = b - a for tight a and b: what {@link #multiply} takes as its first factor. */
    public abstract void difference(double[] b, int bo, double[] a, int ao, double[] z, int zo);

    /** z = a - b - o; all are tight. */
    public abstract void subtractBoth(double[] a, double[] b, int bo, double[] o, int oo, double[] z);

    /** a = a - b; all are tight. */
    public abstract void subtract(double[] a, double[] b, int bo);

    /** The limbs of a number between -2^383 and 2^383: from -2^47 to 2^47 - 1. */
    public static double[] limbs(BigInteger value) {
        double[] limbs = new double[LIMBS];
        BigInteger rest = value;
        for (int i = 0; i < LIMBS; i++) {
            int unused = Long.SIZE - LIMB_BITS;
            long limb = rest.longValue() << unused >> unused;
            limbs[i] = limb;
            rest = rest.subtract(BigInteger.valueOf(limb)).shiftRight(LIMB_BITS);
        }
        return limbs;
    }
}
