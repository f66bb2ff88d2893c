package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.Workers;

/**
 * Powers of 7 whose exponents E are given modulo small primes p_i with product M, as c_i with E = sum of c_i M / p_i - k M: the powers of 7^(M / p_i)
 * come out of two tables for each prime, 8 MB in all, and that of 7^M out of one more. Immutable.
 */
final class ResiduePowers {
    /** 1 modulo 2^16 each. */
    private static final int[] PRIMES = {
        128_253_953,
        127_795_201,
        127_664_129,
        126_615_553,
        126_222_337,
        126_025_729,
        125_698_049,
        125_632_513,
        125_042_689,
        123_863_041
    };

    /** Bits of an exponent that are looked up at once. */
    private static final int WINDOW_BITS = 14;

    /** Look-ups for each prime. */
    private static final int WINDOWS = 2;

    private static final int WINDOW = (1 << WINDOW_BITS) - 1;
    /** Blocks that are multiplied while they are near. */
    private static final int STEP = 32;

    private static final long[] GENERATOR = Fr.element(7);

    private final LaneKernel kernel;
    private final int lanes;
    private final BigInteger product;
    /** For each prime and window the powers of 7^(2^(14 window) M / p), four words each. */
    private final long[][][] powers = new long[PRIMES.length][WINDOWS][];
    /** 7^(-k M) for k up to the number of primes, and 7^((k - 10) M) for exponents that were negated. */
    private final long[][] corrections = new long[1][];

    /** @param workers for tables that are made once */
    ResiduePowers(LaneKernel kernel, Workers workers) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        product = Arrays.stream(PRIMES).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        workers.forEach(PRIMES.length, i -> {
            BigInteger rest = product.divide(BigInteger.valueOf(PRIMES[i]));
            for (int window = 0; window < WINDOWS; window++) {
                int shift = WINDOW_BITS * window;
                powers[i][window] =
                        powers(BigInteger.ZERO, rest.shiftLeft(shift), Math.min(WINDOW, PRIMES[i] >> shift) + 1);
            }
        });
        int count = PRIMES.length + 1;
        corrections[0] = Arrays.copyOf(powers(BigInteger.ZERO, product.negate(), count), 2 * count * Fr.WORDS);
        long[] negated = powers(product.multiply(BigInteger.valueOf(-PRIMES.length)), product, count);
        System.arraycopy(negated, 0, corrections[0], negated.length, negated.length);
    }

    /** Number of primes. */
    int primes() {
        return PRIMES.length;
    }

    /** A prime, 1 modulo 2^16. */
    int prime(int number) {
        return PRIMES[number];
    }

    /** M. */
    BigInteger product() {
        return product;
    }

    /** 7^(first + i · step) times R, four words each. */
    private static long[] powers(BigInteger first, BigInteger step, int count) {
        long[] table = new long[Fr.WORDS * count];
        long[] power = power(first);
        long[] factor = power(step);
        for (int i = 0; i < count; i++) {
            Tables.words(power, table, Fr.WORDS * i);
            Fr.mul(power, 0, factor, 0, power, 0);
        }
        return table;
    }

    private static long[] power(BigInteger exponent) {
        long[] z = new long[Fr.WORDS];
        Fr.pow(GENERATOR, 0, exponent.mod(DifferenceLogarithms.ORDER), z, 0);
        return z;
    }

    /** Longs of scratch that the multiplications need. */
    int scratchSize() {
        return STEP * lanes * Fr.WORDS;
    }

    /**
     * Multiplies elements by 7^(c M / p) for one prime.
     *
     * @param a blocks, tight; so also afterwards, and below 2r
     * @param first the element with which the blocks begin
     * @param residues for each element c, from 0 to p
     * @param from the element to begin with; it and all other counts are multiples of W
     */
    void multiply(long[] a, int first, int prime, int[] residues, int from, int to, long[] scratch) {
        multiply(a, first, powers[prime], residues, from, to, scratch);
    }

    /** The number for {@link #correct} that belongs to k; {@code negated} where p - c was taken for each c. */
    int correction(int k, boolean negated) {
        return negated ? PRIMES.length + 1 + k : k;
    }

    /** Multiplies elements by 7^(-k M), or where negated by what makes them the inverse of the others. */
    void correct(long[] a, int first, int[] corrections, int from, int to, long[] scratch) {
        multiply(a, first, this.corrections, corrections, from, to, scratch);
    }

    /** Window by window of the exponents. */
    private void multiply(long[] a, int first, long[][] tables, int[] exponents, int from, int to, long[] scratch) {
        int step = STEP * lanes;
        for (int start = from; start < to; start += step) {
            int blocks = Math.min(to - start, step) / lanes;
            int at = (start - first) * LaneKernel.LIMBS;
            for (int window = 0; window < tables.length; window++) {
                kernel.lookUp(tables[window], exponents, start, WINDOW_BITS * window, WINDOW, scratch, blocks);
                kernel.multiplyWords(a, at, scratch, 0, blocks);
            }
        }
    }
}
