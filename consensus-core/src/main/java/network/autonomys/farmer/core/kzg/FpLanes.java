package network.autonomys.farmer.core.kzg;

import java.math.BigInteger;
import network.autonomys.farmer.core.kzg.generated.FpLanes1;
import network.autonomys.farmer.core.kzg.generated.FpLanes4;
import network.autonomys.farmer.core.kzg.generated.FpLanes8;

/**
 * Arithmetic in the base field of BLS12-381 on W elements at a time, one in each lane of a vector.
 *
 * <p>A block of W elements is 14 · W longs: limb 0 of all lanes, limb 1 of all lanes, …, of 28 bits each, the least significant first.
 * Elements are in Montgomery form with R = 2^392. <em>Tight</em>: limbs 0 to 12 below 2^28 and the value below 2p. <em>Loose</em>: limbs below
 * 2^31.5 and the value below 40p.
 */
public abstract class FpLanes {
    /** Limbs of an element. */
    public static final int LIMBS = 14;

    /** Bits of a limb. */
    public static final int LIMB_BITS = 28;

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
     * Collects W points ({@link FpPoints}), one in each lane: a packed block, 14 · W longs of two limbs each, the
     * lower one in the lower half, 7 · W for x and 7 · W for y.
     *
     * @param references 2 · point, plus 1 for its negative, whose y becomes 4p - y (limbs below 2^29.1); W of them from {@code from} on
     */
    public abstract void load(long[] points, int[] references, int from, long[] packed, int offset);

    /**
     * Writes W points or fewer, the inverse of {@link #load}.
     *
     * @param x tight
     * @param y tight
     * @param targets where each lane's point goes; W of them from {@code from} on
     * @param width how many lanes are written
     */
    public abstract void store(long[] x, long[] y, long[] points, int[] targets, int from, int width);

    /** z = b + 16p - a for packed coordinates of which no limb is above 2^29.1; z loose, below 20p. */
    public abstract void difference(long[] packed, int b, long[] less, int a, long[] z, int zo);

    /** z = a + 8p - b - o, tight; a, and the packed coordinates b and o, are tight too. */
    public abstract void subtractBoth(long[] a, long[] packed, int b, long[] others, int o, long[] z);

    /** z = a + 4p - b for a packed coordinate and a tight element; z loose. */
    public abstract void subtractFrom(long[] packed, int a, long[] b, long[] z);

    /** a = a + 16p - b, tight, for a tight a and a packed coordinate without limbs above 2^29.1. */
    public abstract void subtract(long[] a, long[] packed, int b);

    /** Makes loose values tight. */
    public abstract void reduce(long[] a, int offset);

    /** Limbs of a number with a multiple of 2^28 lent to each by the next, so that smaller limbs can be subtracted without borrowing. */
    public static long[] padded(BigInteger number, long lent) {
        long[] limbs = limbs(number);
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i] += lent << LIMB_BITS;
            limbs[i + 1] -= lent;
        }
        return limbs;
    }

    /** Limbs in pairs, as packed coordinates have them. */
    public static long[] packed(long[] limbs) {
        long[] pairs = new long[LIMBS / 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = limbs[2 * i] | limbs[2 * i + 1] << 32;
        }
        return pairs;
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
