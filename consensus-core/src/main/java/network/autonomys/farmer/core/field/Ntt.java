package network.autonomys.farmer.core.field;

/**
 * Transforms of one polynomial of n = A · B values whose parts are spread over the lanes: columns first, then rows (the four-step method), so
 * that each pass works on what fits the second-level cache.
 *
 * <p>A vector of n elements is n / W blocks; lane l of block g is element g · W + l. With value i = a B + b and coefficient k = k1 + A k2, the
 * inverse transform is a transform over a for W neighbouring columns b at once, a factor w^(-b k1), and a transform over b for W neighbouring
 * k1 at once. In between k1 and k2 stand in reversed order, which the other direction undoes. Immutable; scratch is the caller's.
 */
final class Ntt {
    private final LaneKernel kernel;
    private final LaneRoots roots;
    private final int lanes;
    private final int block;
    private final int logA;
    private final int logB;
    private final int sizeA;
    private final int sizeB;
    /** w^(-b k1) / n and w^(b k1), laid out as the middle: [k1 / W][b][limb][k1 % W], k1 reversed. */
    private final long[] inverseTwiddles;

    private final long[] forwardTwiddles;
    /** w_2n^k in the order of the middle: what turns coefficients into those of the polynomial on the odd roots of order 2n. */
    private final long[] shift;

    /**
     * @param logSize at least 2 log W
     * @param roots of at least the order of the square root of n, rounded up
     */
    Ntt(LaneKernel kernel, LaneRoots roots, int logSize) {
        this.kernel = kernel;
        this.roots = roots;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        logA = logSize / 2;
        logB = logSize - logA;
        sizeA = 1 << logA;
        sizeB = 1 << logB;
        if (sizeA < lanes) {
            throw new IllegalArgumentException("2^" + logSize + " is too small for " + lanes + " lanes");
        }
        int size = 1 << logSize;
        long[] root = Fr.rootOfUnity(logSize);
        long[] nth = Tables.inverse(Fr.element(size));
        long[] backward = Tables.powers(nth, Tables.inverse(root), size);
        long[] forward = Tables.powers(root, size);
        long[] shifts = Tables.powers(Fr.rootOfUnity(logSize + 1), size);
        inverseTwiddles = new long[LaneKernel.LIMBS * size];
        forwardTwiddles = new long[LaneKernel.LIMBS * size];
        shift = new long[LaneKernel.LIMBS * size];
        for (int p = 0; p < sizeA; p++) {
            int k1 = Tables.reverse(p, logA);
            for (int b = 0; b < sizeB; b++) {
                int at = p / lanes * sizeB + b;
                int exponent = b * k1 & size - 1;
                Tables.toLane(backward, exponent, inverseTwiddles, at, p % lanes, lanes);
                Tables.toLane(forward, exponent, forwardTwiddles, at, p % lanes, lanes);
                Tables.toLane(shifts, k1 + sizeA * Tables.reverse(b, logB), shift, at, p % lanes, lanes);
            }
        }
    }

    /** Longs of scratch that a call needs. */
    int scratchSize() {
        return LaneKernel.LIMBS * sizeA * sizeB + workSize();
    }

    private int workSize() {
        return sizeA * block;
    }

    /**
     * Coefficients of the polynomial with the given values, both in natural order.
     *
     * @param values tight; may be the same as the coefficients
     * @param coefficients loose
     */
    void inverse(long[] values, int from, long[] coefficients, int to, long[] scratch) {
        columnsToMiddle(values, from, scratch);
        for (int g = 0; g < sizeA / lanes; g++) {
            int row = workSize() + g * sizeB * block;
            kernel.multiply(scratch, row, inverseTwiddles, g * sizeB * block, scratch, row, sizeB);
            kernel.toReversed(scratch, row, logB, roots.inverseReversed, 0);
            for (int q = 0; q < sizeB; q++) {
                int k2 = Tables.reverse(q, logB);
                for (int lane = 0; lane < lanes; lane++) {
                    int k = Tables.reverse(g * lanes + lane, logA) + sizeA * k2;
                    int in = row + q * block + lane;
                    int out = to + k / lanes * block + k % lanes;
                    for (int limb = 0; limb < block; limb += lanes) {
                        coefficients[out + limb] = scratch[in + limb];
                    }
                }
            }
        }
    }

    /**
     * Values of the polynomial with the given coefficients, both in natural order.
     *
     * @param coefficients tight; may be the same as the values
     * @param values loose
     */
    void forward(long[] coefficients, int from, long[] values, int to, long[] scratch) {
        for (int g = 0; g < sizeA / lanes; g++) {
            int row = workSize() + g * sizeB * block;
            for (int q = 0; q < sizeB; q++) {
                int k2 = Tables.reverse(q, logB);
                for (int lane = 0; lane < lanes; lane++) {
                    int k = Tables.reverse(g * lanes + lane, logA) + sizeA * k2;
                    int out = row + q * block + lane;
                    int in = from + k / lanes * block + k % lanes;
                    for (int limb = 0; limb < block; limb += lanes) {
                        scratch[out + limb] = coefficients[in + limb];
                    }
                }
            }
            kernel.fromReversed(scratch, row, logB, roots.forward, roots.logOrder);
            kernel.multiply(scratch, row, forwardTwiddles, g * sizeB * block, scratch, row, sizeB);
        }
        middleToColumns(scratch, values, to);
    }

    /**
     * Values at the odd roots of order 2n from those at the even ones.
     *
     * @param values tight; may be the same as the result
     * @param parity loose
     */
    void extend(long[] values, int from, long[] parity, int to, long[] scratch) {
        columnsToMiddle(values, from, scratch);
        for (int g = 0; g < sizeA / lanes; g++) {
            int table = g * sizeB * block;
            int row = workSize() + table;
            kernel.multiply(scratch, row, inverseTwiddles, table, scratch, row, sizeB);
            kernel.toReversed(scratch, row, logB, roots.inverseReversed, 0);
            kernel.multiply(scratch, row, shift, table, scratch, row, sizeB);
            kernel.fromReversed(scratch, row, logB, roots.forward, roots.logOrder);
            kernel.multiply(scratch, row, forwardTwiddles, table, scratch, row, sizeB);
        }
        middleToColumns(scratch, parity, to);
    }

    /** Transforms over a, for W columns at a time, and turns the blocks so that their lanes run over k1. */
    private void columnsToMiddle(long[] values, int from, long[] scratch) {
        for (int c = 0; c < sizeB; c += lanes) {
            for (int a = 0; a < sizeA; a++) {
                System.arraycopy(values, from + (a * sizeB + c) / lanes * block, scratch, a * block, block);
            }
            kernel.toReversed(scratch, 0, logA, roots.inverseReversed, 0);
            for (int g = 0; g < sizeA / lanes; g++) {
                turn(scratch, g * lanes * block, workSize() + (g * sizeB + c) * block);
            }
        }
    }

    /** The inverse movement, and transforms from reversed order over k1. */
    private void middleToColumns(long[] scratch, long[] values, int to) {
        for (int c = 0; c < sizeB; c += lanes) {
            for (int g = 0; g < sizeA / lanes; g++) {
                turn(scratch, workSize() + (g * sizeB + c) * block, g * lanes * block);
            }
            kernel.fromReversed(scratch, 0, logA, roots.forward, roots.logOrder);
            for (int a = 0; a < sizeA; a++) {
                System.arraycopy(scratch, a * block, values, to + (a * sizeB + c) / lanes * block, block);
            }
        }
    }

    /** Transposes W blocks: lane l of block j becomes lane j of block l. */
    private void turn(long[] a, int from, int to) {
        for (int limb = 0; limb < block; limb += lanes) {
            for (int j = 0; j < lanes; j++) {
                int in = from + j * block + limb;
                int out = to + limb + j;
                for (int l = 0; l < lanes; l++) {
                    a[out + l * block] = a[in + l];
                }
            }
        }
    }
}
