package network.autonomys.farmer.core.field;

import java.util.Arrays;

/**
 * The monic polynomial with n given roots, by a tree of products.
 *
 * <p>Each lane builds a tree over n / W of the roots; the W trees are then joined by transforms of whole polynomials. A node of degree d holds its
 * coefficients below x^d, multiplied by a scale that the next level takes off, and its values at the d-th roots of unity. The values of a product
 * modulo x^2d - 1 need only those modulo x^d + 1 besides. All values are multiplied by R. Immutable.
 */
final class VanishingTree {
    private static final int LIMBS = LaneKernel.LIMBS;
    /** Up to this degree products are formed term by term. */
    private static final int LOG_LEAF = 3;

    private final LaneKernel kernel;
    private final LaneRoots roots;
    private final int size;
    private final int logSize;
    private final int logLane;
    private final int lanes;
    private final int block;
    private final long[] one = Tables.constant(Fr.element(1));
    /** For nodes of degree 2^i: minus their scale, and one over its square. */
    private final long[][] minusScale;

    private final long[][] inverseSquares;
    private final Join[] joins;
    /** The transform whose middle order the lanes' polynomials are brought into. */
    private final Ntt first;

    /**
     * @param whole transform of the number of roots n
     * @param logA log of its A; n / W is at least W · A, and more than 8
     */
    VanishingTree(LaneKernel kernel, LaneRoots small, Ntt whole, int logA) {
        this.kernel = kernel;
        logSize = Tables.log(whole.size());
        lanes = kernel.lanes();
        block = kernel.blockSize();
        size = 1 << logSize;
        logLane = logSize - Tables.log(lanes);
        roots = new LaneRoots(logLane);
        minusScale = new long[logSize + 1][];
        inverseSquares = new long[logSize + 1][];
        for (int log = LOG_LEAF; log <= logSize; log++) {
            long[] negative = new long[Fr.WORDS];
            Fr.sub(negative, 0, scale(log), 0, negative, 0);
            minusScale[log] = Tables.constant(negative);
            long[] square = Tables.inverse(scale(log));
            Fr.mul(square, 0, square, 0, square, 0);
            inverseSquares[log] = Tables.constant(square);
        }
        joins = new Join[logSize - logLane];
        for (int i = 0; i < joins.length; i++) {
            int log = logLane + i;
            joins[i] = new Join(new Ntt(kernel, small, log, logA), log, scale(log));
        }
        first = joins.length == 0 ? whole : joins[0].ntt;
    }

    /** What the coefficients of a node of degree 2^log are multiplied by. */
    private long[] scale(int log) {
        if (log == LOG_LEAF) {
            return Fr.element(1);
        }
        return Fr.element(log <= logLane ? 1L << log : 2);
    }

    /** The scale of the result. */
    long[] scale() {
        return scale(logSize);
    }

    /** Transforms of the degree 2^log of the two polynomials that are joined. */
    private static final class Join {
        final Ntt ntt;
        /** w_2d^k / scale and w_2d^-k. */
        final long[] shift;

        final long[] unshift;

        Join(Ntt ntt, int log, long[] scale) {
            this.ntt = ntt;
            long[] root = Fr.rootOfUnity(log + 1);
            shift = ntt.table(Tables.inverse(scale), root);
            unshift = ntt.table(Fr.element(1), Tables.inverse(root));
        }
    }

    /** Longs of each array given to {@link #build}, but for the last. */
    int arraySize() {
        return size * LIMBS + 2 * block;
    }

    /**
     * Builds the polynomial whose roots are the negatives of the given elements.
     *
     * @param z the negatives of the roots times R, root k of lane l in lane l of block k, tight; then the coefficients below x^n times the
     *     scale, in middle order, loose
     * @param values receives the polynomial's values at the n-th roots of unity, in natural order, tight
     * @param a scratch
     * @param b scratch
     * @param work scratch of the transform's {@link Ntt#workSize()}
     */
    void build(long[] z, long[] values, long[] a, long[] b, long[] work) {
        int perLane = 1 << logLane;
        for (int pos = 0; pos < perLane; pos += 1 << LOG_LEAF) {
            leaf(z, values, a, pos);
        }
        node(z, values, a, 0, logLane);
        spread(z, values, a, b);
        System.arraycopy(a, 0, z, 0, size * LIMBS);
        System.arraycopy(b, 0, values, 0, size * LIMBS);
        for (Join join : joins) {
            int length = join.ntt.vectorSize();
            for (int at = 0; at < size * LIMBS; at += 2 * length) {
                join(join, z, values, at, a, b, work);
            }
        }
    }

    /** Coefficients and values of the product of 8 linear factors. */
    private void leaf(long[] z, long[] values, long[] scratch, int pos) {
        for (int log = 0; log < LOG_LEAF; log++) {
            int degree = 1 << log;
            for (int at = pos; at < pos + (1 << LOG_LEAF); at += 2 * degree) {
                multiplyMonic(z, at, degree, scratch);
            }
        }
        int length = block << LOG_LEAF;
        System.arraycopy(z, pos * block, values, pos * block, length);
        kernel.addConstant(values, pos * block, one);
        kernel.toReversed(values, pos * block, LOG_LEAF, roots.forwardReversed, 0);
        kernel.reduce(values, pos * block, 1 << LOG_LEAF);
    }

    /** Replaces two monic polynomials of a degree by their product; the leading ones are not stored. */
    private void multiplyMonic(long[] z, int pos, int degree, long[] scratch) {
        int product = 2 * degree * block;
        Arrays.fill(scratch, 0, product, 0);
        int left = pos * block;
        int right = left + degree * block;
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j < degree; j++) {
                kernel.multiply(z, left + i * block, z, right + j * block, scratch, product, 1);
                kernel.add(scratch, (i + j) * block, scratch, product, scratch, (i + j) * block, 1);
            }
        }
        kernel.add(scratch, degree * block, z, left, scratch, degree * block, degree);
        kernel.add(scratch, degree * block, z, right, scratch, degree * block, degree);
        kernel.reduce(scratch, 0, 2 * degree);
        System.arraycopy(scratch, 0, z, left, product);
    }

    private void node(long[] coefficients, long[] values, long[] scratch, int pos, int log) {
        if (log == LOG_LEAF) {
            return;
        }
        int half = 1 << (log - 1);
        node(coefficients, values, scratch, pos, log - 1);
        node(coefficients, values, scratch, pos + half, log - 1);
        int left = pos * block;
        int right = (pos + half) * block;
        int length = half * block;
        // Modulo x^d + 1 the leading x^d is -1.
        System.arraycopy(coefficients, left, scratch, 0, 2 * length);
        kernel.addConstant(scratch, 0, minusScale[log - 1]);
        kernel.addConstant(scratch, length, minusScale[log - 1]);
        kernel.reduce(scratch, 0, 2 * half);
        kernel.toReversed(scratch, 0, log - 1, roots.forwardReversed, 1);
        kernel.toReversed(scratch, length, log - 1, roots.forwardReversed, 1);
        kernel.scaleEach(scratch, length, inverseSquares[log - 1], 0, 0, half);
        kernel.multiply(values, left, values, right, values, left, half);
        kernel.multiply(scratch, 0, scratch, length, values, right, half);
        System.arraycopy(values, left, coefficients, left, 2 * length);
        kernel.fromReversed(coefficients, left, log, roots.inverse, roots.logOrder);
        kernel.addConstant(coefficients, left, minusScale[log]);
    }

    /** Takes the lanes' polynomials apart: coefficients in middle order, values in natural order, one polynomial after the other. */
    private void spread(long[] z, long[] values, long[] middle, long[] natural) {
        int degree = 1 << logLane;
        kernel.reduce(z, 0, degree);
        for (int place = 0; place < degree; place++) {
            int from = first.coefficient(place) * block;
            int to = place / lanes * block + place % lanes;
            int value = Tables.reverse(place, logLane) * block;
            for (int poly = 0; poly < lanes; poly++) {
                int start = poly * degree * LIMBS + to;
                for (int limb = 0; limb < block; limb += lanes) {
                    middle[start + limb] = z[from + limb + poly];
                    natural[start + limb] = values[value + limb + poly];
                }
            }
        }
    }

    /** Replaces two polynomials of degree d by their product. */
    private void join(Join join, long[] z, long[] values, int at, long[] a, long[] b, long[] work) {
        Ntt ntt = join.ntt;
        int length = ntt.vectorSize();
        int blocks = length / block;
        int log = Tables.log(ntt.size());
        // Values modulo x^d + 1 of both.
        for (int half = 0; half <= length; half += length) {
            addFirst(z, at + half, minusScale[log]);
            kernel.multiply(z, at + half, join.shift, 0, a, 0, blocks);
            ntt.forward(a, 0, b, half, work);
        }
        kernel.reduce(b, length, blocks);
        kernel.multiply(values, at, values, at + length, values, at, blocks);
        kernel.multiply(b, 0, b, length, values, at + length, blocks);
        // Coefficients modulo x^d - 1 and x^d + 1 give those of the lower and the upper half, times two.
        ntt.inverse(values, at, a, 0, work);
        kernel.reduce(a, 0, blocks);
        ntt.inverse(values, at + length, b, 0, work);
        kernel.multiply(b, 0, join.unshift, 0, b, 0, blocks);
        for (int q = 0; q < blocks; q++) {
            kernel.add(a, q * block, b, q * block, z, at + 2 * q * block, 1);
            kernel.subtract(a, q * block, b, q * block, z, at + (2 * q + 1) * block, 1);
        }
        addFirst(z, at, minusScale[log + 1]);
        interleave(values, at, length, a);
        System.arraycopy(a, 0, values, at, 2 * length);
    }

    /** Adds a constant to coefficient 0, which comes first in middle order too, and reduces its block. */
    void addFirst(long[] z, int at, long[] constant) {
        for (int limb = 0; limb < LIMBS; limb++) {
            z[at + limb * lanes] += constant[limb];
        }
        kernel.reduce(z, at, 1);
    }

    /** Element 2 i from the first half, element 2 i + 1 from the second. */
    private void interleave(long[] values, int at, int length, long[] out) {
        for (int i = 0; i < length / LIMBS; i++) {
            int from = at + i / lanes * block + i % lanes;
            int even = 2 * i / lanes * block + 2 * i % lanes;
            int odd = (2 * i + 1) / lanes * block + (2 * i + 1) % lanes;
            for (int limb = 0; limb < block; limb += lanes) {
                out[even + limb] = values[from + limb];
                out[odd + limb] = values[from + length + limb];
            }
        }
    }
}
