package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.BitSet;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;

/**
 * Recovers single long code words (primitives §6.2) by the method of {@link ColumnRecovery}, with the vanishing polynomial Z built by a tree of
 * products and the inversions joined into one.
 *
 * <p>All transforms have the length n of the source. The product D · Z of degree below 2n is known at the even roots of order 2n, which gives it
 * modulo x^n - 1, and at the odd ones, which gives it modulo x^n + 1; from both follow its values on the coset 7 · w_n^i. Immutable.
 */
final class RecordRecovery {
    private static final int LIMBS = LaneKernel.LIMBS;
    private static final long[] RADIX = Fr.element(BigInteger.ONE.shiftLeft(LaneKernel.R_BITS));

    private final LaneKernel kernel;
    private final int lanes;
    private final int block;
    private final int size;
    private final int blocks;
    private final Ntt ntt;
    private final VanishingTree tree;
    /** w_2n^i, broadcast. */
    private final long[] domain;
    /** Added to the coefficient of x^0 for x^n: minus the scale where x^n is -1, and from there on for x^n = 7^n. */
    private final long[] leadingOdd;

    private final long[] leadingCoset;
    /** Tables in middle order; w_2n^k / scale and w_2n^k. */
    private final long[] zToOdd;

    private final long[] toOdd;
    /** 7^k (1 + 7^n) / 2, and 7^k w_2n^-k (1 - 7^n) / 2: the coset's part of either residue. */
    private final long[] evenToCoset;

    private final long[] oddToCoset;
    /** 7^k / scale and 7^-k. */
    private final long[] zToCoset;

    private final long[] fromCoset;
    private final long[] one = Tables.constant(Fr.element(1));

    RecordRecovery(LaneKernel kernel, LaneRoots roots, int logPoints) {
        this.kernel = kernel;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        int logSize = logPoints - 1;
        size = 1 << logSize;
        blocks = size / lanes;
        int logA = Math.min((logSize + 1) / 2, logSize - 2 * Tables.log(lanes));
        ntt = new Ntt(kernel, roots, logSize, logA);
        tree = new VanishingTree(kernel, roots, ntt, logA);
        long[] root = Fr.rootOfUnity(logPoints);
        domain = Tables.powers(root, 2 * size);
        long[] one = Fr.element(1);
        long[] coset = Fr.element(7);
        long[] cosetPower = Tables.power(coset, size);
        long[] scale = tree.scale();
        leadingOdd = Tables.constant(minus(minus(one, one), scale));
        leadingCoset = Tables.constant(times(scale, plus(one, cosetPower)));
        long[] unscale = Tables.inverse(scale);
        long[] half = Tables.inverse(Fr.element(2));
        zToOdd = ntt.table(unscale, root);
        toOdd = ntt.table(one, root);
        evenToCoset = ntt.table(times(half, plus(one, cosetPower)), coset);
        oddToCoset = ntt.table(times(half, minus(one, cosetPower)), times(coset, Tables.inverse(root)));
        zToCoset = ntt.table(unscale, coset);
        fromCoset = ntt.table(one, Tables.inverse(coset));
    }

    private static long[] plus(long[] x, long[] y) {
        long[] z = new long[Fr.WORDS];
        Fr.add(x, 0, y, 0, z, 0);
        return z;
    }

    private static long[] minus(long[] x, long[] y) {
        long[] z = new long[Fr.WORDS];
        Fr.sub(x, 0, y, 0, z, 0);
        return z;
    }

    private static long[] times(long[] x, long[] y) {
        long[] z = new long[Fr.WORDS];
        Fr.mul(x, 0, y, 0, z, 0);
        return z;
    }

    /** Longs that the two arrays given to {@link #recover} must have. */
    int arraySize() {
        return tree.arraySize();
    }

    /** The transform in whose middle order coefficients come. */
    Ntt ntt() {
        return ntt;
    }

    /**
     * Recovers a code word.
     *
     * @param used the n shards to recover from
     * @param even the shards of even numbers, tight, 0 where not used; then the source or the coefficients in middle order, as asked for; loose
     * @param odd the shards of odd numbers likewise; then the parity where all shards are asked for
     * @param scratch of which arrays from 3 on are used
     */
    void recover(BitSet used, Recovered what, long[] even, long[] odd, Scratch scratch) {
        long[] z = scratch.array(3, arraySize());
        long[] values = scratch.array(4, arraySize());
        long[] a = scratch.array(5, arraySize());
        long[] b = scratch.array(6, arraySize());
        long[] work = scratch.array(7, ntt.workSize());
        placeRoots(used, z);
        tree.build(z, values, a, b, work);
        // D Z at the even and at the odd roots.
        kernel.multiply(values, 0, even, 0, even, 0, blocks);
        tree.addFirst(z, 0, leadingOdd);
        kernel.multiply(z, 0, zToOdd, 0, a, 0, blocks);
        ntt.forward(a, 0, b, 0, work);
        kernel.multiply(b, 0, odd, 0, odd, 0, blocks);
        // D Z on the coset.
        ntt.inverse(even, 0, a, 0, work);
        kernel.multiply(a, 0, evenToCoset, 0, a, 0, blocks);
        ntt.inverse(odd, 0, b, 0, work);
        kernel.multiply(b, 0, oddToCoset, 0, b, 0, blocks);
        kernel.add(a, 0, b, 0, a, 0, blocks);
        kernel.reduce(a, 0, blocks);
        ntt.forward(a, 0, even, 0, work);
        // Z on the coset, and D.
        tree.addFirst(z, 0, leadingCoset);
        kernel.multiply(z, 0, zToCoset, 0, a, 0, blocks);
        ntt.forward(a, 0, b, 0, work);
        kernel.reduce(b, 0, blocks);
        invert(b, values, z);
        kernel.multiply(even, 0, b, 0, even, 0, blocks);
        ntt.inverse(even, 0, a, 0, work);
        kernel.multiply(a, 0, fromCoset, 0, a, 0, blocks);
        if (what == Recovered.COEFFICIENTS) {
            System.arraycopy(a, 0, even, 0, size * LIMBS);
            return;
        }
        if (what == Recovered.SHARDS) {
            kernel.multiply(a, 0, toOdd, 0, b, 0, blocks);
            ntt.forward(b, 0, odd, 0, work);
        }
        ntt.forward(a, 0, even, 0, work);
    }

    /** The negatives of the roots: -w^i = w^(i + n). */
    private void placeRoots(BitSet used, long[] z) {
        int root = 0;
        for (int i = used.nextClearBit(0); i < 2 * size; i = used.nextClearBit(i + 1)) {
            Tables.toLane(domain, i + size & 2 * size - 1, z, root % blocks, root / blocks, lanes);
            root++;
        }
    }

    /** Inverts n tight elements none of which is 0, in place; with their products in each lane, only W inversions are needed. */
    private void invert(long[] z, long[] before, long[] running) {
        for (int lane = 0; lane < lanes; lane++) {
            Tables.toLane(one, 0, running, 0, lane, lanes);
        }
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(running, 0, before, i * block, block);
            kernel.multiply(running, 0, z, i * block, running, 0, 1);
        }
        invertLanes(running);
        long[] old = new long[block];
        for (int i = blocks - 1; i >= 0; i--) {
            System.arraycopy(z, i * block, old, 0, block);
            kernel.multiply(running, 0, before, i * block, z, i * block, 1);
            kernel.multiply(running, 0, old, 0, running, 0, 1);
        }
    }

    private void invertLanes(long[] a) {
        long[] words = new long[Fr.WORDS * lanes];
        new LaneCodec(kernel).pack(a, 0, 1, words, 0, 0);
        for (int at = 0; at < words.length; at += Fr.WORDS) {
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
            Tables.toLane(constant, 0, a, 0, lane, lanes);
        }
    }
}
