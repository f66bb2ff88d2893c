package network.autonomys.farmer.core.field;

/**
 * The monic polynomial with n given roots, by a tree of products.
 *
 * <p>Each lane builds a tree over n / W of the roots. A node of degree d holds its coefficients below x^d and its values at the d-th roots of
 * unity in reversed order; the values of a product modulo x^2d - 1 need only those modulo x^d + 1 besides. The W trees are then joined by
 * transforms of their whole polynomials. All values are multiplied by R.
 */
final class VanishingTree {
    private static final int LIMBS = LaneKernel.LIMBS;

    private final LaneKernel kernel;
    private final LaneRoots roots;
    private final NttCache ntts;
    private final int size;
    private final int logLane;
    private final int lanes;
    private final int block;
    /** -1, 1, and 1 / 2^i. */
    private final long[] minusOne = Tables.constant(negative(Fr.element(1)));

    private final long[] one = Tables.constant(Fr.element(1));
    private final long[] inverses;

    /** @param logSize of the number of roots n; at least 2 log W + 1 */
    VanishingTree(LaneKernel kernel, NttCache ntts, int logSize) {
        this.kernel = kernel;
        this.ntts = ntts;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        size = 1 << logSize;
        logLane = logSize - Tables.log(lanes);
        roots = new LaneRoots(Math.max(1, logLane));
        inverses = Tables.powers(Tables.inverse(Fr.element(2)), logLane + 1);
    }

    private static long[] negative(long[] element) {
        long[] z = new long[Fr.WORDS];
        Fr.sub(z, 0, element, 0, z, 0);
        return z;
    }

    /** Longs that {@link #build} needs for its result and for each of the other arrays. */
    int arraySize() {
        return 2 * size * LIMBS;
    }

    /**
     * Coefficients 0 to n - 1 of the polynomial whose roots are the negatives of the given ones; that of x^n is 1.
     *
     * @param z first n elements: the negatives of the roots times R, root k of lane l in lane l of block k, tight; then the coefficients in
     *     natural order, tight
     * @param values scratch of {@link #arraySize()} longs
     * @param scratch of {@link #arraySize()} longs and what the largest transform needs
     */
    void build(long[] z, long[] values, long[] scratch) {
        int perLane = 1 << logLane;
        System.arraycopy(z, 0, values, 0, perLane * block);
        for (int k = 0; k < perLane; k++) {
            kernel.addConstant(values, k * block, one);
        }
        node(z, values, scratch, 0, logLane);
        for (int log = logLane; 1 << log < size; log++) {
            spread(z, values, log);
            join(values, z, scratch, log + 1);
        }
    }

    private void node(long[] coefficients, long[] values, long[] scratch, int pos, int log) {
        if (log == 0) {
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
        kernel.addConstant(scratch, 0, minusOne);
        kernel.addConstant(scratch, length, minusOne);
        kernel.toReversed(scratch, 0, log - 1, roots.forwardReversed, 1);
        kernel.toReversed(scratch, length, log - 1, roots.forwardReversed, 1);
        kernel.reduce(scratch, length, half);
        kernel.multiply(values, left, values, right, values, left, half);
        kernel.multiply(scratch, 0, scratch, length, values, right, half);
        System.arraycopy(values, left, coefficients, left, 2 * length);
        kernel.fromReversed(coefficients, left, log, roots.inverse, roots.logOrder);
        kernel.scaleEach(coefficients, left, inverses, LIMBS * log, 0, 2 * half);
        kernel.addConstant(coefficients, left, minusOne);
    }

    /**
     * Writes polynomials of degree 2^log, each as a vector of twice that length with its leading 1.
     *
     * @param z in the lanes at the first level, one after the other in natural order later
     */
    private void spread(long[] z, long[] vectors, int log) {
        int degree = 1 << log;
        java.util.Arrays.fill(vectors, 0, 2 * size * LIMBS, 0);
        for (int poly = 0; poly < size >> log; poly++) {
            int to = 2 * poly * degree * LIMBS;
            if (log == logLane) {
                for (int k = 0; k < degree; k++) {
                    for (int limb = 0; limb < block; limb += lanes) {
                        vectors[to + k / lanes * block + limb + k % lanes] = z[k * block + limb + poly];
                    }
                }
            } else {
                System.arraycopy(z, poly * degree * LIMBS, vectors, to, degree * LIMBS);
            }
            Tables.toLane(one, 0, vectors, (to + degree * LIMBS) / block, degree % lanes, lanes);
        }
    }

    /** Multiplies neighbouring vectors of length 2^log; leaves the products' coefficients below x^(2^log) one after the other. */
    private void join(long[] vectors, long[] z, long[] scratch, int log) {
        Ntt ntt = ntts.get(log);
        int length = LIMBS << log;
        for (int at = 0, to = 0; to < size * LIMBS; at += 2 * length, to += length) {
            ntt.forward(vectors, at, vectors, at, scratch);
            ntt.forward(vectors, at + length, vectors, at + length, scratch);
            kernel.reduce(vectors, at + length, length / block);
            kernel.multiply(vectors, at, vectors, at + length, vectors, at, length / block);
            ntt.inverse(vectors, at, z, to, scratch);
            for (int limb = 0; limb < LIMBS; limb++) {
                z[to + limb * lanes] += minusOne[limb];
            }
            kernel.reduce(z, to, length / block);
        }
    }
}
