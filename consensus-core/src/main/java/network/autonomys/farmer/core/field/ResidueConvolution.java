package network.autonomys.farmer.core.field;

import java.math.BigInteger;

/** Cyclic convolution of N small numbers with N given ones, modulo one prime. Immutable. */
final class ResidueConvolution {
    private final ResidueKernel kernel;
    private final int blocks;
    private final int logSize;
    private final long prime;
    /** -1 / p modulo 2^32. */
    private final long inverse;
    /** 2^32 modulo p. */
    private final long unit;
    /** Powers of a root of order m in reversed order, and of its inverse; below m / 2. */
    private final long[] roots;

    private final long[] powers;
    /** The transform of the given numbers over m, as {@link ResidueKernel#multiply} wants it. */
    private final long[] factors;

    /**
     * @param prime 1 modulo N, below {@link ResidueKernel#LIMIT}
     * @param given N numbers below the prime, which is a power of two of at least 4W
     */
    ResidueConvolution(ResidueKernel kernel, int prime, long[] given) {
        this.kernel = kernel;
        this.prime = prime;
        int lanes = kernel.lanes();
        blocks = given.length / lanes;
        logSize = Tables.log(blocks);
        BigInteger p = BigInteger.valueOf(prime);
        BigInteger radix = BigInteger.ONE.shiftLeft(ResidueKernel.SHIFT);
        if (prime >= ResidueKernel.LIMIT || (prime - 1) % given.length != 0 || !p.isProbablePrime(64)) {
            throw new IllegalArgumentException(prime + " is no prime for convolutions of " + given.length);
        }
        inverse = radix.subtract(p.modInverse(radix)).longValueExact();
        unit = radix.mod(p).longValueExact();
        long root = root(blocks);
        long[] values = powers(root);
        roots = new long[blocks / 2];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = values[Tables.reverse(i, logSize - 1)] * unit % prime;
        }
        long[] backward = powers(power(root, prime - 2));
        powers = new long[blocks / 2];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = backward[i] * unit % prime;
        }
        factors = factors(given, values);
    }

    private long power(long base, long exponent) {
        return BigInteger.valueOf(base)
                .modPow(BigInteger.valueOf(exponent), BigInteger.valueOf(prime))
                .longValueExact();
    }

    /** A root of unity of an order that is a power of two: of a number that is no square. */
    private long root(int order) {
        long base = 2;
        while (power(base, (prime - 1) / 2) == 1) {
            base++;
        }
        return power(base, (prime - 1) / order);
    }

    private long[] powers(long root) {
        long[] table = new long[blocks];
        long power = 1;
        for (int i = 0; i < blocks; i++) {
            table[i] = power;
            power = power * root % prime;
        }
        return table;
    }

    private long[] factors(long[] given, long[] values) {
        int lanes = kernel.lanes();
        long scale = unit * power(blocks, prime - 2) % prime;
        long[] a = new long[given.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = given[i] * scale % prime;
        }
        kernel.toReversed(a, logSize, roots, prime, inverse);
        long[] table = new long[2 * given.length];
        for (int block = 0; block < blocks; block++) {
            long y = values[Tables.reverse(block, logSize)];
            for (int lane = 0; lane < lanes; lane++) {
                long value = a[block * lanes + lane] % prime;
                table[(2 * block + 1) * lanes + lane] = value;
                table[2 * block * lanes + lane] = value * y % prime;
            }
        }
        return table;
    }

    /** p. */
    long prime() {
        return prime;
    }

    /**
     * Convolves.
     *
     * @param a N numbers below 1.5p; then the convolution's, below p
     * @param share below 2^32
     * @param sums N sums to which share times each result is added
     */
    void convolve(long[] a, long share, long[] sums) {
        kernel.toReversed(a, logSize, roots, prime, inverse);
        kernel.multiply(a, blocks, factors, prime, inverse, unit);
        kernel.fromReversed(a, logSize, powers, prime, inverse);
        kernel.finish(a, blocks, prime, inverse, unit, share, sums);
    }
}
