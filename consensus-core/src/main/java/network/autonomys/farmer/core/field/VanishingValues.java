package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Values at the N roots of unity of the polynomial Z that vanishes at n = N / 2 of them, by logarithms.
 *
 * <p>With v of order 2N and w = v^2, w^i - w^j = v^(i + j) (v^(i - j) - v^(j - i)). So Z(w^i), a product over the roots w^j, is 7 to the power E_i,
 * the convolution of the set of these j with the logarithms of the differences, times v^(n i) (a fourth root of unity), times -1 for each j
 * above i; and times a constant, which is left out. The same expression without j = i is x Z'(x) at a root, with the same constant. Inverses
 * cost nothing: the exponents are negated.
 *
 * <p>E is computed modulo small primes p_i with product M, as c_i with E = sum of c_i M / p_i - k M; the powers of 7^(M / p_i) come out of two
 * tables for each, and that of 7^M out of one more. k is the integer part of the sum of c_i / p_i. To know it from a sum that is not exact, E is kept
 * away from the ends of 0 to M: something is added to all logarithms, which again changes all values by the same factor. Immutable.
 */
final class VanishingValues {
    /** 1 modulo 2^16 each. */
    private static final int[] PRIMES = {
        128_253_953, 127_795_201, 127_664_129, 126_615_553, 126_222_337, 126_025_729, 125_698_049, 125_632_513, 125_042_689, 123_863_041
    };

    /** Bits of the numbers that look up the first table of a prime; the second has what remains. */
    private static final int LOW_BITS = 13;

    private static final int LOW = (1 << LOW_BITS) - 1;
    /** Fractions c / p have so many bits; each is too small by less than 2^-9. */
    private static final int FRACTION_BITS = 36;
    /** Blocks that are multiplied out of two tables while they are near. */
    private static final int STEP = 32;

    private static final long[] GENERATOR = Fr.element(7);

    private final LaneKernel kernel;
    private final int lanes;
    private final int points;
    private final ResidueConvolution[] convolutions = new ResidueConvolution[PRIMES.length];
    /** Powers of 7^(M / p) up to 2^13, and of 7^(2^13 M / p), for each prime; four words each. */
    private final long[][] lowPowers = new long[PRIMES.length][];

    private final long[][] highPowers = new long[PRIMES.length][];
    /** 7^(-k M) for k up to the number of primes, and 7^((k - 10) M) for exponents that were negated. */
    private final long[] corrections;
    /** The fourth roots of unity. */
    private final long[] turns;

    VanishingValues(LaneKernel kernel, int logPoints) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        points = 1 << logPoints;
        BigInteger product = BigInteger.ONE;
        for (int prime : PRIMES) {
            product = product.multiply(BigInteger.valueOf(prime));
        }
        BigInteger[] logarithms = shifted(DifferenceLogarithms.of(logPoints), product);
        ResidueKernel residues = ResidueKernel.ofLanes(lanes);
        for (int i = 0; i < PRIMES.length; i++) {
            BigInteger prime = BigInteger.valueOf(PRIMES[i]);
            BigInteger rest = product.divide(prime);
            long weight = rest.modInverse(prime).longValueExact();
            long[] given = new long[points];
            for (int k = 0; k < points; k++) {
                given[k] = logarithms[k].mod(prime).longValueExact() * weight % PRIMES[i];
            }
            convolutions[i] = new ResidueConvolution(residues, PRIMES[i], given);
            long[] base = power(rest);
            lowPowers[i] = powers(Fr.element(1), base, LOW + 1);
            Fr.pow(base, 0, BigInteger.valueOf(LOW + 1), base, 0);
            highPowers[i] = powers(Fr.element(1), base, (PRIMES[i] >> LOW_BITS) + 1);
        }
        long[] whole = power(product);
        long[] positive = powers(Fr.element(1), Tables.inverse(whole), PRIMES.length + 1);
        long[] negative =
                powers(power(product.multiply(BigInteger.valueOf(-PRIMES.length))), whole, PRIMES.length + 1);
        corrections = Arrays.copyOf(positive, positive.length + negative.length);
        System.arraycopy(negative, 0, corrections, positive.length, negative.length);
        turns = Tables.powers(Fr.rootOfUnity(2), 4);
    }

    /** The logarithms with the same added to all, so that any sum of n different ones lies well between 0 and a product. */
    private static BigInteger[] shifted(BigInteger[] logarithms, BigInteger product) {
        BigInteger[] sorted = logarithms.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        BigInteger least = Arrays.stream(sorted, 0, half).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger most = Arrays.stream(sorted, half, 2 * half).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger margin = product.subtract(most.subtract(least)).shiftRight(1);
        if (margin.compareTo(product.shiftRight(5)) < 0) {
            throw new IllegalStateException("the primes are too few for these logarithms");
        }
        BigInteger shift = margin.subtract(least).divide(BigInteger.valueOf(half));
        return Arrays.stream(logarithms).map(shift::add).toArray(BigInteger[]::new);
    }

    /** 7 to a power. */
    private static long[] power(BigInteger exponent) {
        long[] z = new long[Fr.WORDS];
        Fr.pow(GENERATOR, 0, exponent.mod(DifferenceLogarithms.ORDER), z, 0);
        return z;
    }

    /** first · base^i, times R, four words each, the most significant first. */
    private static long[] powers(long[] first, long[] base, int count) {
        long[] table = new long[Fr.WORDS * count];
        long[] power = first.clone();
        for (int i = 0; i < count; i++) {
            Tables.words(power, table, Fr.WORDS * i);
            Fr.mul(power, 0, base, 0, power, 0);
        }
        return table;
    }

    /** Longs of each array given to {@link #compute}. */
    int arraySize() {
        return Math.max(points, points / 2 * LaneKernel.LIMBS);
    }

    /**
     * Computes values times R, tight and below 2r, all with the same unknown factor or its inverse.
     *
     * @param used the n roots at which Z does not vanish, by their exponents
     * @param even receives, at place i, what belongs to the root w^2i: Z where it is used, and 1 / (x Z') where it is not
     * @param odd receives, at place i, Z at the root w^(2i + 1) where it is used, and 0 where not
     * @param scratch of which arrays from {@code first} to first + 2 are used
     */
    void compute(BitSet used, long[] even, long[] odd, Scratch scratch, int first) {
        int half = points / 2;
        int[] order = order(used);
        int count = (order.length + lanes - 1) / lanes * lanes;
        long[] packed = scratch.array(first, arraySize());
        long[] residues = scratch.array(first + 1, arraySize());
        long[] fractions = scratch.array(first + 2, arraySize());
        int[] low = scratch.places(0, count);
        int[] high = scratch.places(1, count);
        startTurned(used, order, even, packed);
        Arrays.fill(fractions, 0, points, 0);
        Arrays.fill(low, order.length, count, 0);
        Arrays.fill(high, order.length, count, 0);
        for (int i = 0; i < PRIMES.length; i++) {
            for (int k = 0; k < points; k++) {
                residues[k] = used.get(k) ? 0 : 1;
            }
            convolutions[i].convolve(residues, (1L << FRACTION_BITS) / PRIMES[i], fractions);
            for (int e = 0; e < order.length; e++) {
                int residue = (int) residues[order[e]];
                if (e < half && !used.get(order[e])) {
                    residue = PRIMES[i] - residue;
                }
                low[e] = (residue & LOW) * Fr.WORDS;
                high[e] = (residue >>> LOW_BITS) * Fr.WORDS;
            }
            multiply(even, lowPowers[i], low, highPowers[i], high, 0, half / lanes);
            multiply(packed, lowPowers[i], low, highPowers[i], high, half, (count - half) / lanes);
        }
        for (int e = 0; e < order.length; e++) {
            int wholes = (int) (fractions[order[e]] >>> FRACTION_BITS);
            boolean negated = e < half && !used.get(order[e]);
            low[e] = (negated ? wholes + PRIMES.length + 1 : wholes) * Fr.WORDS;
        }
        kernel.multiplyEntries(even, 0, corrections, low, 0, half / lanes);
        kernel.multiplyEntries(packed, 0, corrections, low, half, (count - half) / lanes);
        unpackOdd(order, packed, odd);
    }

    /** The exponents of all even roots, and then of the odd ones that are used. */
    private int[] order(BitSet used) {
        int half = points / 2;
        int[] order = new int[points];
        for (int i = 0; i < half; i++) {
            order[i] = 2 * i;
        }
        int length = half;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (i % 2 == 1) {
                order[length++] = i;
            }
        }
        return Arrays.copyOf(order, length);
    }

    /** Starts products with v^(n i) and the signs, or with their inverses. */
    private void startTurned(BitSet used, int[] order, long[] even, long[] packed) {
        int half = points / 2;
        int absent = 0;
        int odd = 0;
        for (int i = 0; i < points; i++) {
            boolean there = used.get(i);
            absent += there ? 0 : 1;
            int turn = i + 2 * absent & 3;
            if (i % 2 == 0) {
                Tables.toLane(turns, there ? turn : -turn & 3, even, i / 2 / lanes, i / 2 % lanes, lanes);
            } else if (there) {
                Tables.toLane(turns, turn, packed, odd / lanes, odd % lanes, lanes);
                odd++;
            }
        }
        for (; odd % lanes != 0; odd++) {
            Tables.toLane(turns, 0, packed, odd / lanes, odd % lanes, lanes);
        }
    }

    private void multiply(long[] a, long[] lowTable, int[] low, long[] highTable, int[] high, int from, int blocks) {
        for (int block = 0; block < blocks; block += STEP) {
            int step = Math.min(STEP, blocks - block);
            int at = block * kernel.blockSize();
            kernel.multiplyEntries(a, at, lowTable, low, from + block * lanes, step);
            kernel.multiplyEntries(a, at, highTable, high, from + block * lanes, step);
        }
    }

    private void unpackOdd(int[] order, long[] packed, long[] odd) {
        int half = points / 2;
        int block = kernel.blockSize();
        Arrays.fill(odd, 0, half * LaneKernel.LIMBS, 0);
        for (int e = 0; e < order.length - half; e++) {
            int place = order[half + e] / 2;
            int from = e / lanes * block + e % lanes;
            int to = place / lanes * block + place % lanes;
            for (int limb = 0; limb < block; limb += lanes) {
                odd[to + limb] = packed[from + limb];
            }
        }
    }
}
