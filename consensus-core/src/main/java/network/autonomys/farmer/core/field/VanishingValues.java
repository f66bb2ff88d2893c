package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import network.autonomys.farmer.core.engine.Workers;

/**
 * Values at the N roots of unity of the polynomial Z that vanishes at n = N / 2 of them, by logarithms.
 *
 * <p>With v of order 2N and w = v^2, w^i - w^j = v^(i + j) (v^(i - j) - v^(j - i)). So Z(w^i), a product over the roots w^j, is 7 to the power E_i,
 * the convolution of the set of these j with the logarithms of the differences, times v^(n i) (a fourth root of unity), times -1 for each j
 * above i; and times a constant, which is left out. The same expression without j = i is x Z'(x) at a root, with the same constant. Inverses
 * cost nothing: the exponents are negated.
 *
 * <p>E is computed modulo the primes of {@link ResiduePowers}. Its k is the integer part of the sum of c_i / p_i. To know it from a sum that is not
 * exact, E is kept away from the ends of 0 to M: something is added to all logarithms, which again changes all values by the same factor. Immutable.
 */
final class VanishingValues {
    /** Fractions c / p have so many bits; each is too small by less than 2^-9. */
    private static final int FRACTION_BITS = 36;

    private static final int WORDS_32 = 9;

    private final LaneKernel kernel;
    private final int lanes;
    private final int points;
    private final int half;
    private final ResiduePowers powers;
    private final ResidueConvolution[] convolutions;
    /** The fourth roots of unity. */
    private final long[] turns;

    /** @param workers for tables that are made once */
    VanishingValues(LaneKernel kernel, ResiduePowers powers, int logPoints, Workers workers) {
        this.kernel = kernel;
        this.powers = powers;
        lanes = kernel.lanes();
        points = 1 << logPoints;
        half = points / 2;
        BigInteger product = powers.product();
        int[] logarithms = words(shifted(DifferenceLogarithms.of(logPoints), product));
        ResidueKernel residues = ResidueKernel.ofLanes(lanes);
        convolutions = new ResidueConvolution[powers.primes()];
        workers.forEach(convolutions.length, i -> {
            int prime = powers.prime(i);
            BigInteger rest = product.divide(BigInteger.valueOf(prime));
            convolutions[i] = new ResidueConvolution(residues, prime, weighted(logarithms, rest, prime));
        });
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

    /** Words of 32 bits, the most significant first. */
    private static int[] words(BigInteger[] numbers) {
        int[] words = new int[numbers.length * WORDS_32];
        for (int k = 0; k < numbers.length; k++) {
            byte[] bytes = numbers[k].toByteArray();
            for (int i = 0; i < bytes.length; i++) {
                int fromEnd = bytes.length - 1 - i;
                words[(k + 1) * WORDS_32 - 1 - fromEnd / 4] |= (bytes[i] & 0xff) << (8 * (fromEnd % 4));
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
                residue = ((residue << Integer.SIZE) + Integer.toUnsignedLong(words[i])) % prime;
            }
            residue = residue * weight % prime;
            residues[k] = residue;
            residues[points - k & points - 1] = residue;
        }
        return residues;
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
     * @param scratch of which arrays from 5 on are used
     */
    void compute(BitSet used, long[] even, long[] odd, Scratch scratch, Workers workers) {
        int parts = workers.hasHelpers() ? Parts.MOST : 1;
        // Elements: the even roots, and then the odd ones that are used.
        int[] order = scratch.ints(0, points + lanes);
        int count = order(used, order);
        long[] packed = scratch.array(5, arraySize());
        long[] absent = scratch.array(6, points);
        mark(used, absent);
        int[][] exponents = new int[convolutions.length][];
        for (int i = 0; i < convolutions.length; i++) {
            exponents[i] = scratch.ints(2 + i, count);
        }
        long[][] residues = scratch.arrays(9, Parts.MOST, points);
        long[][] fractions = scratch.arrays(9 + Parts.MOST, Parts.MOST, points);
        workers.forEach(parts + 1, task -> {
            if (task == 0) {
                startTurned(absent, even, packed);
                Arrays.fill(odd, 0, arraySize(), 0);
                return;
            }
            Arrays.fill(fractions[task - 1], 0, points, 0);
            for (int i = task - 1; i < convolutions.length; i += parts) {
                exponents(i, absent, order, count, residues[task - 1], fractions[task - 1], exponents[i]);
            }
        });
        int[] corrections = scratch.ints(1, count);
        long[][] factors = scratch.arrays(9, Parts.MOST, Math.max(points, powers.scratchSize()));
        workers.forEach(parts, part -> {
            Parts evens = Parts.of(0, half, lanes, part, parts);
            Parts odds = Parts.of(half, count, lanes, part, parts);
            for (int i = 0; i < exponents.length; i++) {
                powers.multiply(even, 0, i, exponents[i], evens.from(), evens.to(), factors[part]);
                powers.multiply(packed, half, i, exponents[i], odds.from(), odds.to(), factors[part]);
            }
            correct(even, 0, absent, order, evens, fractions, parts, corrections, factors[part]);
            correct(packed, half, absent, order, odds, fractions, parts, corrections, factors[part]);
            unpackOdd(packed, order, odds, odd);
        });
    }

    /** The exponents of all elements modulo one prime. */
    private void exponents(
            int number, long[] absent, int[] order, int count, long[] residues, long[] fractions, int[] exponents) {
        int prime = powers.prime(number);
        System.arraycopy(absent, 0, residues, 0, points);
        convolutions[number].convolve(residues, (1L << FRACTION_BITS) / prime, fractions);
        for (int e = 0; e < half; e++) {
            // p - c where it is absent.
            int negated = (int) -absent[2 * e];
            exponents[e] = ((int) residues[2 * e] ^ negated) + (prime + 1 & negated);
        }
        for (int e = half; e < count; e++) {
            exponents[e] = (int) residues[order[e]];
        }
    }

    private void correct(
            long[] a,
            int first,
            long[] absent,
            int[] order,
            Parts range,
            long[][] fractions,
            int parts,
            int[] corrections,
            long[] factors) {
        for (int e = range.from(); e < range.to(); e++) {
            long sum = 0;
            for (int part = 0; part < parts; part++) {
                sum += fractions[part][order[e]];
            }
            corrections[e] = powers.correction((int) (sum >>> FRACTION_BITS), e < half && absent[order[e]] != 0);
        }
        powers.correct(a, first, corrections, range.from(), range.to(), factors);
    }

    /** 1 where a root is not used, 0 where it is. */
    private void mark(BitSet used, long[] absent) {
        Arrays.fill(absent, 0, points, 1);
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            absent[i] = 0;
        }
    }

    /** The exponents of all even roots, and then of the odd ones that are used, filled up with 0 to whole blocks; returns how many. */
    private int order(BitSet used, int[] order) {
        for (int i = 0; i < half; i++) {
            order[i] = 2 * i;
        }
        int length = half;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (i % 2 == 1) {
                order[length++] = i;
            }
        }
        int count = (length + lanes - 1) / lanes * lanes;
        Arrays.fill(order, length, count, 0);
        return count;
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

    private void unpackOdd(long[] packed, int[] order, Parts range, long[] odd) {
        int block = kernel.blockSize();
        for (int e = range.from(); e < range.to(); e++) {
            // What fills the last block up has an even exponent.
            if (order[e] % 2 == 1) {
                int element = e - half;
                int place = order[e] / 2;
                int from = element / lanes * block + element % lanes;
                int to = place / lanes * block + place % lanes;
                for (int limb = 0; limb < block; limb += lanes) {
                    odd[to + limb] = packed[from + limb];
                }
            }
        }
    }
}
