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

    /** Bits of an exponent that are looked up at once. */
    private static final int WINDOW_BITS = 14;

    /** Look-ups for each prime. */
    private static final int WINDOWS = 2;

    private static final int WINDOW = (1 << WINDOW_BITS) - 1;
    /** Fractions c / p have so many bits; each is too small by less than 2^-9. */
    private static final int FRACTION_BITS = 36;
    /** Blocks that are multiplied while they are near. */
    private static final int STEP = 32;

    private static final long[] GENERATOR = Fr.element(7);

    private final LaneKernel kernel;
    private final int lanes;
    private final int points;
    private final int half;
    private final ResidueConvolution[] convolutions = new ResidueConvolution[PRIMES.length];
    /** For each prime and window the powers of 7^(2^(14 window) M / p), four words each. */
    private final long[][][] powers = new long[PRIMES.length][WINDOWS][];
    /** 7^(-k M) for k up to the number of primes, and 7^((k - 10) M) for exponents that were negated. */
    private final long[] corrections;
    /** The fourth roots of unity. */
    private final long[] turns;

    VanishingValues(LaneKernel kernel, int logPoints) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        points = 1 << logPoints;
        half = points / 2;
        BigInteger product = BigInteger.ONE;
        for (int prime : PRIMES) {
            product = product.multiply(BigInteger.valueOf(prime));
        }
        int[] logarithms = words(shifted(DifferenceLogarithms.of(logPoints), product));
        ResidueKernel residues = ResidueKernel.ofLanes(lanes);
        for (int i = 0; i < PRIMES.length; i++) {
            BigInteger rest = product.divide(BigInteger.valueOf(PRIMES[i]));
            convolutions[i] = new ResidueConvolution(residues, PRIMES[i], weighted(logarithms, rest, PRIMES[i]));
            for (int window = 0; window < WINDOWS; window++) {
                int shift = WINDOW_BITS * window;
                powers[i][window] = powers(
                        BigInteger.ZERO, rest.shiftLeft(shift), Math.min(WINDOW, PRIMES[i] >> shift) + 1);
            }
        }
        int count = PRIMES.length + 1;
        corrections = Arrays.copyOf(powers(BigInteger.ZERO, product.negate(), count), 2 * count * Fr.WORDS);
        long[] negated = powers(product.multiply(BigInteger.valueOf(-PRIMES.length)), product, count);
        System.arraycopy(negated, 0, corrections, negated.length, negated.length);
        turns = Tables.powers(Fr.rootOfUnity(2), 4);
    }

    /** The logarithms of differences 0 to N / 2 with the same added to all, so that the sum of any n of all lies well between 0 and a product. */
    private static BigInteger[] shifted(BigInteger[] logarithms, BigInteger product) {
        BigInteger middle = DifferenceLogarithms.ORDER.shiftRight(1);
        BigInteger least = BigInteger.ZERO;
        BigInteger most = BigInteger.ZERO;
        for (int k = 0; k < logarithms.length; k++) {
            logarithms[k] = logarithms[k].subtract(middle);
            BigInteger both = k == 0 || k == logarithms.length - 1 ? logarithms[k] : logarithms[k].shiftLeft(1);
            if (both.signum() < 0) {
                least = least.add(both);
            } else {
                most = most.add(both);
            }
        }
        BigInteger margin = product.subtract(most.subtract(least)).shiftRight(1);
        if (margin.compareTo(product.shiftRight(5)) < 0) {
            throw new IllegalStateException("the primes are too few for these logarithms");
        }
        BigInteger shift = margin.subtract(least).divide(BigInteger.valueOf(logarithms.length - 1));
        // Negative ones are left to be so modulo the product, which is 0 modulo each prime.
        return Arrays.stream(logarithms)
                .map(logarithm -> logarithm.add(shift).mod(product))
                .toArray(BigInteger[]::new);
    }

    private static final int WORDS_32 = 9;

    /** Words of 32 bits, the most significant first. */
    private static int[] words(BigInteger[] numbers) {
        int[] words = new int[numbers.length * WORDS_32];
        for (int k = 0; k < numbers.length; k++) {
            byte[] bytes = numbers[k].toByteArray();
            for (int i = 0; i < bytes.length; i++) {
                int fromEnd = bytes.length - 1 - i;
                words[(k + 1) * WORDS_32 - 1 - fromEnd / 4] |= (bytes[i] & 0xff) << 8 * (fromEnd % 4);
            }
        }
        return words;
    }

    /** The numbers for differences 0 to N - 1 over the rest of the product, modulo the prime. */
    private long[] weighted(int[] words, BigInteger rest, int prime) {
        long weight = rest.modInverse(BigInteger.valueOf(prime)).longValueExact();
        long[] residues = new long[points];
        for (int k = 0; k <= half; k++) {
            long residue = 0;
            for (int i = k * WORDS_32; i < (k + 1) * WORDS_32; i++) {
                residue = (residue << Integer.SIZE | Integer.toUnsignedLong(words[i])) % prime;
            }
            residue = residue * weight % prime;
            residues[k] = residue;
            residues[points - k & points - 1] = residue;
        }
        return residues;
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

    /** Longs of each array given to {@link #compute}. */
    int arraySize() {
        return half * LaneKernel.LIMBS;
    }

    /**
     * Computes values times R, tight and below 2r, all with the same unknown factor or its inverse.
     *
     * @param used the n roots at which Z does not vanish, by their exponents
     * @param even receives, at place i, what belongs to the root w^2i: Z where it is used, and 1 / (x Z') where it is not
     * @param odd receives, at place i, Z at the root w^(2i + 1) where it is used, and 0 where not
     * @param scratch of which arrays from {@code first} to first + 4 are used
     */
    void compute(BitSet used, long[] even, long[] odd, Scratch scratch, int first) {
        // Elements: the even roots, and then the odd ones that are used.
        int[] order = order(used);
        int count = order.length / lanes * lanes;
        long[] packed = scratch.array(first, arraySize());
        long[] residues = scratch.array(first + 1, arraySize());
        long[] absent = scratch.array(first + 2, arraySize());
        long[] fractions = scratch.array(first + 3, points);
        long[] factors = scratch.array(first + 4, STEP * lanes * Fr.WORDS);
        Arrays.fill(fractions, 0, points, 0);
        int[] exponents = new int[count];
        mark(used, absent);
        startTurned(absent, even, packed);
        for (int i = 0; i < PRIMES.length; i++) {
            System.arraycopy(absent, 0, residues, 0, points);
            convolutions[i].convolve(residues, (1L << FRACTION_BITS) / PRIMES[i], fractions);
            for (int e = 0; e < half; e++) {
                // p - c where it is absent.
                int negated = (int) -absent[2 * e];
                exponents[e] = ((int) residues[2 * e] ^ negated) + (PRIMES[i] + 1 & negated);
            }
            for (int e = half; e < count; e++) {
                exponents[e] = (int) residues[order[e]];
            }
            multiply(even, powers[i], exponents, 0, half, factors);
            multiply(packed, powers[i], exponents, half, count, factors);
        }
        for (int e = 0; e < count; e++) {
            int wholes = (int) (fractions[order[e]] >>> FRACTION_BITS);
            exponents[e] = e < half && absent[order[e]] != 0 ? PRIMES.length + 1 + wholes : wholes;
        }
        long[][] last = {corrections};
        multiply(even, last, exponents, 0, half, factors);
        multiply(packed, last, exponents, half, count, factors);
        unpackOdd(used, packed, odd);
    }

    /** 1 where a root is not used, 0 where it is. */
    private void mark(BitSet used, long[] absent) {
        Arrays.fill(absent, 0, points, 1);
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            absent[i] = 0;
        }
    }

    /** The exponents of all even roots, and then of the odd ones that are used, filled up with 0 to whole blocks. */
    private int[] order(BitSet used) {
        int[] order = new int[points + lanes];
        for (int i = 0; i < half; i++) {
            order[i] = 2 * i;
        }
        int length = half;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (i % 2 == 1) {
                order[length++] = i;
            }
        }
        return Arrays.copyOf(order, (length + lanes - 1) / lanes * lanes);
    }

    /** Starts products with v^(n i) and the signs, or with their inverses. */
    private void startTurned(long[] absent, long[] even, long[] packed) {
        int above = 0;
        int odd = 0;
        for (int i = 0; i < points; i += 2) {
            above += (int) absent[i];
            int turn = i + 2 * above & 3;
            turn = absent[i] == 0 ? turn : -turn & 3;
            Tables.toLane(turns, turn, even, i / 2 / lanes, i / 2 % lanes, lanes);
            above += (int) absent[i + 1];
            if (absent[i + 1] == 0) {
                Tables.toLane(turns, i + 1 + 2 * above & 3, packed, odd / lanes, odd % lanes, lanes);
                odd++;
            }
        }
        for (; odd % lanes != 0; odd++) {
            Tables.toLane(turns, 0, packed, odd / lanes, odd % lanes, lanes);
        }
    }

    /** Multiplies elements by powers: window by window of their exponents. */
    private void multiply(long[] a, long[][] tables, int[] exponents, int from, int to, long[] factors) {
        int step = STEP * lanes;
        for (int start = from; start < to; start += step) {
            int blocks = Math.min(to - start, step) / lanes;
            int at = (start - from) * LaneKernel.LIMBS;
            for (int window = 0; window < tables.length; window++) {
                kernel.lookUp(tables[window], exponents, start, WINDOW_BITS * window, WINDOW, factors, blocks);
                kernel.multiplyWords(a, at, factors, 0, blocks);
            }
        }
    }

    private void unpackOdd(BitSet used, long[] packed, long[] odd) {
        int block = kernel.blockSize();
        Arrays.fill(odd, 0, half * LaneKernel.LIMBS, 0);
        int e = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (i % 2 == 1) {
                int place = i / 2;
                int from = e / lanes * block + e % lanes;
                int to = place / lanes * block + place % lanes;
                for (int limb = 0; limb < block; limb += lanes) {
                    odd[to + limb] = packed[from + limb];
                }
                e++;
            }
        }
    }
}
