package network.autonomys.farmer.core.field;

import java.util.BitSet;

/**
 * Recovers code words of up to 512 shards that lack the same shards, one code word per lane (primitives §6.2).
 *
 * <p>With Z the polynomial that vanishes at the absent shards and D the one sought, D · Z is known at every shard. Its coefficients, folded to n
 * and moved to the coset 7 · w_n^i, are divided by Z there. Everything that depends on the absent shards alone is computed once. Immutable.
 */
final class ColumnRecovery {
    static final int MAX_POINTS = 512;

    private static final int LIMBS = LaneKernel.LIMBS;
    private static final long[] COSET = Fr.element(7);

    private final LaneRoots roots;
    private final int points;
    private final int logPoints;
    /** Z at each shard that is used, 0 at the others. */
    private final long[] vanishing;
    /** s^k / 2n in reversed order. */
    private final long[] toCoset;
    /** 1 / Z on the coset. */
    private final long[] inverseVanishing;
    /** s^-k / n in reversed order. */
    private final long[] fromCoset;

    /** @param used the n shards to recover from */
    ColumnRecovery(LaneRoots roots, int points, BitSet used) {
        this.roots = roots;
        this.points = points;
        logPoints = Tables.log(points);
        int half = points / 2;
        long[] domain = elements(Fr.rootOfUnity(logPoints), Fr.element(1), points);
        vanishing = new long[LIMBS * points];
        long[] value = new long[Fr.WORDS];
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            vanish(domain, used, domain, i * Fr.WORDS, value);
            Tables.constant(value, 0, vanishing, LIMBS * i);
        }
        long[] coset = elements(Fr.rootOfUnity(logPoints - 1), COSET, half);
        long[] inverses = new long[Fr.WORDS * half];
        for (int i = 0; i < half; i++) {
            vanish(domain, used, coset, i * Fr.WORDS, value);
            System.arraycopy(value, 0, inverses, i * Fr.WORDS, Fr.WORDS);
        }
        Fr.inverseAll(inverses, 0, half);
        inverseVanishing = new long[LIMBS * half];
        for (int i = 0; i < half; i++) {
            Tables.constant(inverses, i * Fr.WORDS, inverseVanishing, LIMBS * i);
        }
        toCoset = Tables.reversed(Tables.powers(Tables.inverse(Fr.element(points)), COSET, points), logPoints);
        fromCoset = Tables.reversed(
                Tables.powers(Tables.inverse(Fr.element(half)), Tables.inverse(COSET), half), logPoints - 1);
    }

    private static long[] elements(long[] base, long[] first, int count) {
        long[] elements = new long[Fr.WORDS * count];
        System.arraycopy(first, 0, elements, 0, Fr.WORDS);
        for (int i = 1; i < count; i++) {
            Fr.mul(elements, Fr.WORDS * (i - 1), base, 0, elements, Fr.WORDS * i);
        }
        return elements;
    }

    /** value = product of (x - w^j) over the shards j that are not used. */
    private void vanish(long[] domain, BitSet used, long[] x, int at, long[] value) {
        System.arraycopy(Fr.element(1), 0, value, 0, Fr.WORDS);
        long[] difference = new long[Fr.WORDS];
        for (int j = used.nextClearBit(0); j < points; j = used.nextClearBit(j + 1)) {
            Fr.sub(x, at, domain, j * Fr.WORDS, difference, 0);
            Fr.mul(value, 0, difference, 0, value, 0);
        }
    }

    /**
     * Replaces shards by the coefficients of D.
     *
     * @param a 2n tight blocks: the shards, with anything in place of the unused ones; then n tight blocks in reversed order
     */
    void toCoefficients(LaneKernel kernel, long[] a, int offset) {
        int block = kernel.blockSize();
        int half = points / 2;
        kernel.scaleEach(a, offset, vanishing, 0, LIMBS, points);
        kernel.toReversed(a, offset, logPoints, roots.inverseReversed);
        kernel.scaleEach(a, offset, toCoset, 0, LIMBS, points);
        // Coefficients k and k + n are neighbours in reversed order.
        for (int j = 0; j < half; j++) {
            int pair = offset + 2 * j * block;
            kernel.add(a, pair, a, pair + block, a, offset + j * block, 1);
        }
        kernel.reduce(a, offset, half);
        kernel.fromReversed(a, offset, logPoints - 1, roots.forward, roots.logOrder);
        kernel.scaleEach(a, offset, inverseVanishing, 0, LIMBS, half);
        kernel.toReversed(a, offset, logPoints - 1, roots.inverseReversed);
        kernel.scaleEach(a, offset, fromCoset, 0, LIMBS, half);
    }

    /** Replaces the n coefficients in reversed order by all 2n shards in natural order, loose. */
    void toShards(LaneKernel kernel, long[] a, int offset) {
        int block = kernel.blockSize();
        for (int j = points / 2 - 1; j >= 0; j--) {
            int pair = offset + 2 * j * block;
            System.arraycopy(a, offset + j * block, a, pair, block);
            java.util.Arrays.fill(a, pair + block, pair + 2 * block, 0);
        }
        kernel.fromReversed(a, offset, logPoints, roots.forward, roots.logOrder);
    }
}
