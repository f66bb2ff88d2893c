package network.autonomys.farmer.core.field;

/**
 * Transforms of one polynomial of n = A · B values whose parts are spread over the lanes: columns first, then rows (the four-step method), so
 * that each pass works on what fits the second-level cache.
 *
 * <p>A vector of n elements is n / W blocks; lane l of block g is element g · W + l. With value i = a B + b and coefficient k = k1 + A k2, the
 * inverse transform is a transform over a for W neighbouring columns b at once, a factor w^(-b k1), and a transform over b for W neighbouring
 * k1 at once.
 *
 * <p>It leaves the coefficients in <em>middle order</em>: [k1 / W][k2][k1 % W], k1 and k2 with their bits reversed. What is done to each
 * coefficient alone needs no other order, and the other direction begins with it. The coefficients of twice as long a polynomial with the same A
 * interleave: block 2 q of a row holds what was block q, and block 2 q + 1 the coefficients from n on. Immutable; scratch is the caller's.
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
    /** w^(-b k1) / n and w^(b k1), laid out as the middle with b in place of k2. */
    private final long[] inverseTwiddles;

    private final long[] forwardTwiddles;

    /**
     * @param logSize log of n
     * @param logA log of A; neither A nor B is smaller than W
     * @param roots of at least the order of the larger one
     */
    Ntt(LaneKernel kernel, LaneRoots roots, int logSize, int logA) {
        this.kernel = kernel;
        this.roots = roots;
        this.logA = logA;
        lanes = kernel.lanes();
        block = kernel.blockSize();
        logB = logSize - logA;
        sizeA = 1 << logA;
        sizeB = 1 << logB;
        if (sizeA < lanes || sizeB < lanes) {
            throw new IllegalArgumentException("2^" + logSize + " is too small for " + lanes + " lanes");
        }
        int size = 1 << logSize;
        long[] root = Fr.rootOfUnity(logSize);
        long[] backward = Tables.powers(Tables.inverse(Fr.element(size)), Tables.inverse(root), size);
        long[] forward = Tables.powers(root, size);
        inverseTwiddles = new long[LaneKernel.LIMBS * size];
        forwardTwiddles = new long[LaneKernel.LIMBS * size];
        for (int p = 0; p < sizeA; p++) {
            int k1 = Tables.reverse(p, logA);
            for (int b = 0; b < sizeB; b++) {
                int at = p / lanes * sizeB + b;
                int exponent = b * k1 & size - 1;
                Tables.toLane(backward, exponent, inverseTwiddles, at, p % lanes, lanes);
                Tables.toLane(forward, exponent, forwardTwiddles, at, p % lanes, lanes);
            }
        }
    }

    /** n. */
    int size() {
        return sizeA * sizeB;
    }

    /** Longs of a vector. */
    int vectorSize() {
        return LaneKernel.LIMBS * sizeA * sizeB;
    }

    /** Longs of scratch that a call needs. */
    int workSize() {
        return sizeA * block;
    }

    /** The coefficient at a place in middle order, counted by elements. */
    int coefficient(int place) {
        int p = place / (sizeB * lanes) * lanes + place % lanes;
        return Tables.reverse(p, logA) + sizeA * Tables.reverse(place / lanes % sizeB, logB);
    }

    /** first · base^k for each coefficient k, in middle order. */
    long[] table(long[] first, long[] base) {
        return inMiddleOrder(Tables.powers(first, base, size()));
    }

    private long[] inMiddleOrder(long[] constants) {
        long[] table = new long[vectorSize()];
        for (int place = 0; place < size(); place++) {
            Tables.toLane(constants, coefficient(place), table, place / lanes, place % lanes, lanes);
        }
        return table;
    }

    /** first + slope · k for each coefficient k, in middle order. */
    long[] line(long[] first, long[] slope) {
        long[] values = new long[LaneKernel.LIMBS * size()];
        long[] value = first.clone();
        for (int k = 0; k < size(); k++) {
            Tables.constant(value, 0, values, LaneKernel.LIMBS * k);
            Fr.add(value, 0, slope, 0, value, 0);
        }
        return inMiddleOrder(values);
    }

    /**
     * Coefficients in middle order of the polynomial with the given values.
     *
     * @param values tight
     * @param middle loose; another array
     */
    void inverse(long[] values, long[] middle, long[] work) {
        inverseColumns(values, middle, work, 0, 1);
        inverseRows(middle, 0, 1);
    }

    /** The first half of {@link #inverse}, or one part of it. */
    void inverseColumns(long[] values, long[] middle, long[] work, int part, int parts) {
        columnsToMiddle(values, middle, work, Parts.of(0, sizeB, lanes, part, parts));
    }

    /** The second half, which begins when all parts of the first have ended. */
    void inverseRows(long[] middle, int part, int parts) {
        Parts range = rows(part, parts);
        int rowSize = sizeB * block;
        for (int row = range.from(); row < range.to(); row += rowSize) {
            kernel.multiply(middle, row, inverseTwiddles, row, middle, row, sizeB);
            kernel.toReversed(middle, row, logB, roots.inverseReversed);
        }
    }

    /** The part of a vector in middle order that belongs to a part of its rows. */
    Parts rows(int part, int parts) {
        return Parts.of(0, vectorSize(), sizeB * block, part, parts);
    }

    /**
     * Values of the polynomial with the given coefficients.
     *
     * @param middle tight, in middle order; destroyed
     * @param values loose; another array
     */
    void forward(long[] middle, long[] values, long[] work) {
        forwardRows(middle, 0, 1);
        forwardColumns(middle, values, work, 0, 1);
    }

    /** The first half of {@link #forward}, or one part of it. */
    void forwardRows(long[] middle, int part, int parts) {
        Parts range = rows(part, parts);
        int rowSize = sizeB * block;
        for (int row = range.from(); row < range.to(); row += rowSize) {
            kernel.fromReversed(middle, row, logB, roots.forward, roots.logOrder);
            kernel.multiply(middle, row, forwardTwiddles, row, middle, row, sizeB);
        }
    }

    /** The second half, which begins when all parts of the first have ended. */
    void forwardColumns(long[] middle, long[] values, long[] work, int part, int parts) {
        middleToColumns(middle, values, work, Parts.of(0, sizeB, lanes, part, parts));
    }

    /**
     * Values of the polynomial whose coefficient k is multiplied by an entry of a table: with powers of w_2n, the values at the odd roots of
     * order 2n.
     *
     * @param values tight; overwritten with the result, loose
     * @param shift table in middle order
     */
    void extend(long[] values, long[] shift, long[] middle, long[] work) {
        columnsToMiddle(values, middle, work, new Parts(0, sizeB));
        int rowSize = sizeB * block;
        for (int row = 0; row < vectorSize(); row += rowSize) {
            kernel.multiply(middle, row, inverseTwiddles, row, middle, row, sizeB);
            kernel.toReversed(middle, row, logB, roots.inverseReversed);
            kernel.multiply(middle, row, shift, row, middle, row, sizeB);
            kernel.fromReversed(middle, row, logB, roots.forward, roots.logOrder);
            kernel.multiply(middle, row, forwardTwiddles, row, middle, row, sizeB);
        }
        middleToColumns(middle, values, work, new Parts(0, sizeB));
    }

    /** Transforms over a, for W columns at a time, and turns the blocks so that their lanes run over k1. */
    private void columnsToMiddle(long[] values, long[] middle, long[] work, Parts columns) {
        for (int c = columns.from(); c < columns.to(); c += lanes) {
            for (int a = 0; a < sizeA; a++) {
                System.arraycopy(values, (a * sizeB + c) / lanes * block, work, a * block, block);
            }
            kernel.toReversed(work, 0, logA, roots.inverseReversed);
            for (int g = 0; g < sizeA / lanes; g++) {
                kernel.turn(work, g * lanes * block, middle, (g * sizeB + c) * block);
            }
        }
    }

    /** The inverse movement, and transforms from reversed order over k1. */
    private void middleToColumns(long[] middle, long[] values, long[] work, Parts columns) {
        for (int c = columns.from(); c < columns.to(); c += lanes) {
            for (int g = 0; g < sizeA / lanes; g++) {
                kernel.turn(middle, (g * sizeB + c) * block, work, g * lanes * block);
            }
            kernel.fromReversed(work, 0, logA, roots.forward, roots.logOrder);
            for (int a = 0; a < sizeA; a++) {
                System.arraycopy(work, a * block, values, (a * sizeB + c) / lanes * block, block);
            }
        }
    }
}
