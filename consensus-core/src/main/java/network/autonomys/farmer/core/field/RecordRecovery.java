package network.autonomys.farmer.core.field;

import java.util.BitSet;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;
import network.autonomys.farmer.core.engine.Workers;

/**
 * Recovers single long code words (primitives §6.2) with values of the vanishing polynomial Z.
 *
 * <p>With C = D · Z, which is known at every root of order 2n, C' = D' Z + D Z': where Z vanishes, D = C' / Z'. So D is had at the absent even
 * roots from the derivatives there, and with those that were given it is known at all n even roots. All transforms have the length n of the
 * source. C, of degree below 2n, is known at the even roots, which gives it modulo x^n - 1 (coefficients e), and at the odd ones, which gives it
 * modulo x^n + 1 (coefficients o); from both follows x C' modulo x^n - 1, with the coefficients (k + n / 2) e - n / 2 · o. Immutable.
 */
final class RecordRecovery {
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

    /** @param workers for tables that are made once */
    RecordRecovery(LaneKernel kernel, Ntt ntt, ResiduePowers powers, Workers workers) {
        this.kernel = kernel;
        this.ntt = ntt;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        size = ntt.size();
        blocks = size / lanes;
        int logPoints = Tables.log(2 * size);
        vanishing = new VanishingValues(kernel, powers, logPoints, workers);
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
     * Does what needs no shard.
     *
     * @param used the n shards to recover from
     * @param scratch whose arrays 3 and 4 must be left alone until {@link #recover}; all from 3 on are used
     */
    void prepare(BitSet used, Scratch scratch, Workers workers) {
        vanishing.compute(used, scratch.array(3, arraySize()), scratch.array(4, arraySize()), scratch, workers);
    }

    /**
     * Recovers a code word; once after {@link #prepare}.
     *
     * @param used as there
     * @param even the shards of even numbers, tight, 0 where not used; then the source or the coefficients in middle order, as asked for; loose
     * @param odd the shards of odd numbers likewise; then the parity where all shards are asked for
     * @param scratch of which arrays from 3 to 8 are used
     */
    void recover(BitSet used, Recovered what, long[] even, long[] odd, Scratch scratch, Workers workers) {
        int parts = workers.hasHelpers() ? Parts.MOST : 1;
        long[] values = scratch.array(3, arraySize());
        long[] oddValues = scratch.array(4, arraySize());
        long[] a = scratch.array(5, arraySize());
        long[] b = scratch.array(6, arraySize());
        long[][] work = scratch.arrays(7, Parts.MOST, ntt.workSize());
        // C at the odd and at the even roots, and what either gives to x C'.
        workers.forEach(2, task -> {
            if (task == 0) {
                kernel.multiply(values, 0, even, 0, a, 0, blocks);
                ntt.inverse(a, b, work[0]);
                kernel.multiply(b, 0, evenToDerivative, 0, b, 0, blocks);
            } else {
                kernel.multiply(oddValues, 0, odd, 0, odd, 0, blocks);
                ntt.inverse(odd, oddValues, work[1]);
                kernel.multiply(oddValues, 0, oddToDerivative, 0, oddValues, 0, blocks);
            }
        });
        // x C' at the even roots.
        workers.forEach(parts, part -> {
            Parts rows = ntt.rows(part, parts);
            int from = rows.from();
            int count = (rows.to() - from) / block;
            kernel.add(b, from, oddValues, from, b, from, count);
            kernel.reduce(b, from, count);
            ntt.forwardRows(b, part, parts);
        });
        workers.forEach(parts, part -> ntt.forwardColumns(b, a, work[part], part, parts));
        workers.forEach(parts, part -> {
            Parts range = Parts.of(0, blocks, 1, part, parts);
            kernel.multiply(
                    a,
                    range.from() * block,
                    values,
                    range.from() * block,
                    a,
                    range.from() * block,
                    range.to() - range.from());
            int end = 2 * lanes * range.to();
            for (int i = used.nextClearBit(2 * lanes * range.from()); i < end; i = used.nextClearBit(i + 1)) {
                if (i % 2 == 0) {
                    copy(a, even, i / 2);
                }
            }
        });
        if (what == Recovered.SOURCE) {
            return;
        }
        long[] coefficients = a;
        workers.forEach(parts, part -> ntt.inverseColumns(even, coefficients, work[part], part, parts));
        workers.forEach(parts, part -> {
            ntt.inverseRows(coefficients, part, parts);
            Parts rows = ntt.rows(part, parts);
            int from = rows.from();
            int length = rows.to() - from;
            if (what == Recovered.SHARDS) {
                kernel.multiply(coefficients, from, toOdd, from, coefficients, from, length / block);
                ntt.forwardRows(coefficients, part, parts);
            } else {
                System.arraycopy(coefficients, from, even, from, length);
            }
        });
        if (what == Recovered.SHARDS) {
            workers.forEach(parts, part -> ntt.forwardColumns(coefficients, odd, work[part], part, parts));
        }
    }

    private void copy(long[] from, long[] to, int element) {
        int at = element / lanes * block + element % lanes;
        for (int limb = 0; limb < block; limb += lanes) {
            to[at + limb] = from[at + limb];
        }
    }
}
