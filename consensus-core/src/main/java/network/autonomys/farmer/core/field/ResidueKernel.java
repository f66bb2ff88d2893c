package network.autonomys.farmer.core.field;

import network.autonomys.farmer.core.field.generated.ResidueKernel1;
import network.autonomys.farmer.core.field.generated.ResidueKernel4;
import network.autonomys.farmer.core.field.generated.ResidueKernel8;

/**
 * Cyclic convolution modulo a prime p of 27 bits, W neighbouring elements at a time in the lanes of a vector, one long each.
 *
 * <p>A polynomial of N = W · m coefficients is a sum of x^l s_l(x^W): lane l of block b holds coefficient W b + l, so that a transform in each
 * lane, over the blocks, needs no exchange between lanes. At a value y of x^W two polynomials are then multiplied modulo x^W - y.
 *
 * <p>Multiplication is Montgomery's with 2^32: factors are held multiplied by it. The product of a value below 2^32 and of a factor below p is
 * below 2p; a layer of a transform adds at most 2p and reduces nothing. From 1.5p, 33.1p are reached after the 16 layers that 2^16 elements in one
 * lane need: p is below 2^32 / 33.1.
 */
public abstract class ResidueKernel {
    /** Bits of Montgomery's factor. */
    static final int SHIFT = 32;

    /** Primes are below. */
    static final long LIMIT = (long) ((1L << SHIFT) / 33.1);

    protected ResidueKernel() {}

    /** The kernel with so many lanes: 8, 4, or else 1. */
    static ResidueKernel ofLanes(int lanes) {
        return switch (lanes) {
            case 8 -> new ResidueKernel8();
            case 4 -> new ResidueKernel4();
            default -> new ResidueKernel1();
        };
    }

    /** W: elements per block. */
    public abstract int lanes();

    /**
     * Transform in the lanes: block b becomes the values at g^brv(b), g being a root of order m.
     *
     * @param a m blocks, below 1.5p; then below 2^32
     * @param roots entry b is the factor g^brv(b), b below m / 2 with its bits reversed
     * @param inverse -1 / p modulo 2^32
     */
    public abstract void toReversed(long[] a, int logSize, long[] roots, long prime, long inverse);

    /**
     * The transform back, but for the division by m.
     *
     * @param a blocks in reversed order, below 1.5p; then below 2^32 in natural order
     * @param powers the factors g^-k, k below m / 2
     */
    public abstract void fromReversed(long[] a, int logSize, long[] powers, long prime, long inverse);

    /**
     * Multiplies the polynomials in the lanes of each block modulo x^W - y.
     *
     * @param a blocks below 2^32; then below 1.5p
     * @param factors for each block 2W factors: y times the other polynomial's coefficients, and then these
     * @param unit the factor 1
     */
    public abstract void multiply(long[] a, int blocks, long[] factors, long prime, long inverse, long unit);

    /**
     * Brings values from below 2^32 to below p, and adds share times each to a sum.
     *
     * @param share below 2^32
     */
    public abstract void finish(long[] a, int blocks, long prime, long inverse, long unit, long share, long[] sums);
}
