package network.autonomys.farmer.core.field;

import java.util.BitSet;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;

/**
 * Recovers single long code words (primitives §6.2) with values of the vanishing polynomial Z.
 *
 * <p>With C = D · Z, which is known at every root of order 2n, C' = D' Z + D Z': where Z vanishes, D = C' / Z'. So D is had at the absent even
 * roots from the derivatives there, and with those that were given it is known at all n even roots. All transforms have the length n of the
 * source. C, of degree below 2n, is known at the even roots, which gives it modulo x^n - 1 (coefficients e), and at the odd ones, which gives it
 * modulo x^n + 1 (coefficients o); from both follows x C' modulo x^n - 1, with the coefficients (k + n / 2) e - n / 2 · o. Immutable.
 */
final class RecordRecovery {
    private static final int LIMBS = LaneKernel.LIMBS;

    private final LaneKernel kernel;
    private final int lanes;
    private final int block;
    private final int size;
    private final int blocks;
    private final Ntt ntt;
    private final VanishingValues vanishing;
    /** Table in middle order: w_2n^k. */
    private final long[] toOdd;
    /** k + n / 2 and -n / 2 · w_2n^-k: what either residue of C gives to x C'. */
    private final long[] evenToDerivative;

    private final long[] oddToDerivative;

    RecordRecovery(LaneKernel kernel, Ntt ntt, ResiduePowers powers) {
        this.kernel = kernel;
        this.ntt = ntt;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        size = ntt.size();
        blocks = size / lanes;
        int logPoints = Tables.log(2 * size);
        vanishing = new VanishingValues(kernel, powers, logPoints);
        long[] root = Fr.rootOfUnity(logPoints);
        long[] one = Fr.element(1);
        long[] half = Fr.element(size / 2);
        toOdd = ntt.table(one, root);
        evenToDerivative = ntt.line(half, one);
        long[] minusHalf = new long[Fr.WORDS];
        Fr.sub(minusHalf, 0, half, 0, minusHalf, 0);
        oddToDerivative = ntt.table(minusHalf, Tables.inverse(root));
    }

    /** Longs that the two arrays given to {@link #recover} must have. */
    int arraySize() {
        return vanishing.arraySize();
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
        long[] values = scratch.array(3, arraySize());
        long[] a = scratch.array(4, arraySize());
        long[] b = scratch.array(5, arraySize());
        long[] c = scratch.array(6, arraySize());
        long[] work = scratch.array(7, ntt.workSize());
        vanishing.compute(used, values, a, scratch, 5);
        // C at the odd and at the even roots.
        kernel.multiply(a, 0, odd, 0, odd, 0, blocks);
        kernel.multiply(values, 0, even, 0, a, 0, blocks);
        // x C' at the even ones.
        ntt.inverse(a, 0, b, 0, work);
        kernel.multiply(b, 0, evenToDerivative, 0, b, 0, blocks);
        ntt.inverse(odd, 0, c, 0, work);
        kernel.multiply(c, 0, oddToDerivative, 0, c, 0, blocks);
        kernel.add(b, 0, c, 0, b, 0, blocks);
        kernel.reduce(b, 0, blocks);
        ntt.forward(b, 0, a, 0, work);
        kernel.multiply(a, 0, values, 0, a, 0, blocks);
        for (int i = used.nextClearBit(0); i < 2 * size; i = used.nextClearBit(i + 1)) {
            if (i % 2 == 0) {
                copy(a, even, i / 2);
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
}
