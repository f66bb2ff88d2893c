package network.autonomys.farmer.core.field;

import java.math.BigInteger;
import java.util.BitSet;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;

/**
 * Recovers single long code words (primitives §6.2) with the vanishing polynomial Z built by a tree of products.
 *
 * <p>With C = D · Z, which is known at every root of order 2n, C' = D' Z + D Z': where Z vanishes, D = C' / Z'. So D is had at the absent even
 * roots from the derivatives there, and with those that were given it is known at all n even roots. All transforms have the length n of the
 * source. C, of degree below 2n, is known at the even roots, which gives it modulo x^n - 1 (coefficients e), and at the odd ones, which gives it
 * modulo x^n + 1 (coefficients o); from both follows x C' modulo x^n - 1, with the coefficients (k + n / 2) e - n / 2 · o. Immutable.
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
    /** Added to the coefficient of x^0 for x^n = -1: minus the scale; and n, the whole coefficient of x Z' there, for x^n = 1. */
    private final long[] leadingOdd;

    private final long[] leadingDerivative;
    /** Tables in middle order; w_2n^k / scale and w_2n^k. */
    private final long[] zToOdd;

    private final long[] toOdd;
    /** k + n / 2 and -n / 2 · w_2n^-k: what either residue of C gives to x C'. */
    private final long[] evenToDerivative;

    private final long[] oddToDerivative;
    /** k / scale: from Z to x Z'. */
    private final long[] zToDerivative;

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
        long[] scale = tree.scale();
        long[] half = Fr.element(size / 2);
        leadingOdd = Tables.constant(minus(new long[Fr.WORDS], scale));
        leadingDerivative = Tables.constant(Fr.element(size));
        long[] unscale = Tables.inverse(scale);
        zToOdd = ntt.table(unscale, root);
        toOdd = ntt.table(one, root);
        evenToDerivative = ntt.line(half, one);
        oddToDerivative = ntt.table(minus(new long[Fr.WORDS], half), Tables.inverse(root));
        zToDerivative = ntt.line(new long[Fr.WORDS], unscale);
    }

    private static long[] minus(long[] x, long[] y) {
        long[] z = new long[Fr.WORDS];
        Fr.sub(x, 0, y, 0, z, 0);
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
        // C at the even and at the odd roots.
        kernel.multiply(values, 0, even, 0, values, 0, blocks);
        tree.addFirst(z, 0, leadingOdd);
        kernel.multiply(z, 0, zToOdd, 0, a, 0, blocks);
        ntt.forward(a, 0, b, 0, work);
        kernel.multiply(b, 0, odd, 0, odd, 0, blocks);
        // x C' and x Z' at the even ones.
        ntt.inverse(values, 0, a, 0, work);
        kernel.multiply(a, 0, evenToDerivative, 0, a, 0, blocks);
        ntt.inverse(odd, 0, b, 0, work);
        kernel.multiply(b, 0, oddToDerivative, 0, b, 0, blocks);
        kernel.add(a, 0, b, 0, a, 0, blocks);
        kernel.reduce(a, 0, blocks);
        ntt.forward(a, 0, values, 0, work);
        kernel.multiply(z, 0, zToDerivative, 0, a, 0, blocks);
        Tables.toLane(leadingDerivative, 0, a, 0, 0, lanes);
        ntt.forward(a, 0, b, 0, work);
        kernel.reduce(b, 0, blocks);
        // At the roots that are used x Z' may be 0, and is not wanted.
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (i % 2 == 0) {
                Tables.toLane(one, 0, b, i / 2 / lanes, i / 2 % lanes, lanes);
            }
        }
        invert(b, z, a);
        kernel.multiply(values, 0, b, 0, values, 0, blocks);
        for (int i = used.nextClearBit(0); i < 2 * size; i = used.nextClearBit(i + 1)) {
            if (i % 2 == 0) {
                copy(values, even, i / 2);
            }
        }
        if (what == Recovered.SOURCE) {
            return;
        }
        ntt.inverse(even, 0, a, 0, work);
        if (what == Recovered.SHARDS) {
            kernel.multiply(a, 0, toOdd, 0, b, 0, blocks);
            ntt.forward(b, 0, odd, 0, work);
        } else {
            System.arraycopy(a, 0, even, 0, size * LIMBS);
        }
    }

    private void copy(long[] from, long[] to, int element) {
        int at = element / lanes * block + element % lanes;
        for (int limb = 0; limb < block; limb += lanes) {
            to[at + limb] = from[at + limb];
        }
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
