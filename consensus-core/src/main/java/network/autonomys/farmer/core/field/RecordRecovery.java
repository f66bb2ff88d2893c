package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Recovers single long code words (primitives §6.2) by the method of {@link ColumnRecovery}, with the vanishing polynomial built by a tree of
 * products and the inversions joined into one. Immutable.
 */
final class RecordRecovery {
    private static final int LIMBS = LaneKernel.LIMBS;
    private static final long[] COSET = Fr.element(7);
    private static final long[] RADIX = Fr.element(BigInteger.ONE.shiftLeft(LaneKernel.R_BITS));

    private final LaneKernel kernel;
    private final int lanes;
    private final int block;
    private final int points;
    private final Ntt whole;
    private final Ntt half;
    private final VanishingTree tree;
    /** w^i of order 2n, broadcast. */
    private final long[] domain;
    /** s^k for k below 2n and s^-k for k below n, as vectors. */
    private final long[] toCoset;

    private final long[] fromCoset;
    private final long[] one = Tables.constant(Fr.element(1));

    RecordRecovery(NttCache ntts, int logPoints) {
        kernel = ntts.kernel();
        lanes = kernel.lanes();
        block = kernel.blockSize();
        points = 1 << logPoints;
        whole = ntts.get(logPoints);
        half = ntts.get(logPoints - 1);
        tree = new VanishingTree(kernel, ntts, logPoints - 1);
        domain = Tables.powers(Fr.rootOfUnity(logPoints), points);
        toCoset = vector(Tables.powers(COSET, points), points);
        fromCoset = vector(Tables.powers(Tables.inverse(COSET), points / 2), points / 2);
    }

    private long[] vector(long[] table, int count) {
        long[] vector = new long[LIMBS * count];
        for (int i = 0; i < count; i++) {
            Tables.toLane(table, i, vector, i / lanes, i % lanes, lanes);
        }
        return vector;
    }

    /** Longs that each array given to {@link #coefficients} must have. */
    int arraySize() {
        return Math.max(tree.arraySize(), whole.scratchSize());
    }

    /**
     * Replaces the shards by the n coefficients of their polynomial.
     *
     * @param used the n shards to recover from
     * @param shards 2n elements, tight, 0 where not used; then n coefficients in natural order, tight
     */
    void coefficients(BitSet used, long[] shards, long[] z, long[] a, long[] scratch) {
        int n = points / 2;
        placeRoots(used, z);
        tree.build(z, a, scratch);
        // Z on the whole domain, where its leading coefficient is that of x^n.
        System.arraycopy(z, 0, a, 0, n * LIMBS);
        java.util.Arrays.fill(a, n * LIMBS, points * LIMBS, 0);
        Tables.toLane(one, 0, a, n / lanes, n % lanes, lanes);
        whole.forward(a, 0, a, 0, scratch);
        kernel.multiply(a, 0, shards, 0, shards, 0, points / lanes);
        whole.inverse(shards, 0, shards, 0, scratch);
        // D Z folded onto the coset, where x^n = s^n; then Z there.
        kernel.multiply(shards, 0, toCoset, 0, shards, 0, points / lanes);
        kernel.add(shards, 0, shards, n * LIMBS, shards, 0, n / lanes);
        kernel.reduce(shards, 0, n / lanes);
        half.forward(shards, 0, shards, 0, scratch);
        kernel.multiply(z, 0, toCoset, 0, z, 0, n / lanes);
        for (int limb = 0; limb < LIMBS; limb++) {
            z[limb * lanes] += toCoset[n * LIMBS + limb * lanes];
        }
        kernel.reduce(z, 0, 1);
        half.forward(z, 0, z, 0, scratch);
        kernel.reduce(z, 0, n / lanes);
        invert(z, n / lanes, a, scratch);
        kernel.multiply(shards, 0, z, 0, shards, 0, n / lanes);
        half.inverse(shards, 0, shards, 0, scratch);
        kernel.multiply(shards, 0, fromCoset, 0, shards, 0, n / lanes);
    }

    /** The negatives of the roots: -w^i = w^(i + n). */
    private void placeRoots(BitSet used, long[] z) {
        int perLane = points / 2 / lanes;
        int root = 0;
        for (int i = used.nextClearBit(0); i < points; i = used.nextClearBit(i + 1)) {
            Tables.toLane(domain, i + points / 2 & points - 1, z, root % perLane, root / perLane, lanes);
            root++;
        }
    }

    /** Inverts tight elements none of which is 0, in place; with their products in each lane, only W inversions are needed. */
    private void invert(long[] z, int blocks, long[] before, long[] running) {
        for (int lane = 0; lane < lanes; lane++) {
            Tables.toLane(one, 0, running, 0, lane, lanes);
        }
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(running, 0, before, i * block, block);
            kernel.multiply(running, 0, z, i * block, running, 0, 1);
        }
        long[] words = new long[Fr.WORDS * lanes];
        new LaneCodec(kernel).pack(running, 0, 1, words, 0, 0);
        for (int lane = 0; lane < lanes; lane++) {
            int at = lane * Fr.WORDS;
            for (int i = 0; i < Fr.WORDS / 2; i++) {
                long swapped = words[at + i];
                words[at + i] = words[at + Fr.WORDS - 1 - i];
                words[at + Fr.WORDS - 1 - i] = swapped;
            }
            Fr.toMontgomery(words, at, words, at);
        }
        // The numbers held are x R; without that R, Tables.constant gives the R / x wanted.
        Fr.inverseAll(words, 0, lanes);
        long[] constant = new long[LIMBS];
        long[] scaled = new long[Fr.WORDS];
        for (int lane = 0; lane < lanes; lane++) {
            Fr.mul(words, lane * Fr.WORDS, RADIX, 0, scaled, 0);
            Tables.constant(scaled, 0, constant, 0);
            Tables.toLane(constant, 0, running, 0, lane, lanes);
        }
        long[] old = new long[block];
        for (int i = blocks - 1; i >= 0; i--) {
            System.arraycopy(z, i * block, old, 0, block);
            kernel.multiply(running, 0, before, i * block, z, i * block, 1);
            kernel.multiply(running, 0, old, 0, running, 0, 1);
        }
    }
}
