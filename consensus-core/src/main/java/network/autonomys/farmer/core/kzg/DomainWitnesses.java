package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The witnesses of a polynomial at all roots of its domain at once, by the method of Feist and Khovratovich (primitives §5.4): the witness at x is
 * the sum of x^i · h_i, h_i being the sum of f_j · [τ^(j - i - 1)] over j above i. The h_i are a part of a product of two polynomials, one of them
 * with points for coefficients, and the sums are a transform of them: about 1.5 n log n multiplications of points in place of n sums of n.
 * Immutable; may be used by several threads at once.
 */
public final class DomainWitnesses {
    /** Most values. */
    public static final int MAX_VALUES = 16_384;

    private final FieldEngine field;
    private final int n;
    private final int log;
    /** Transform of the points in reversed order, its values too in reversed order. */
    private final PointVector transformed;

    /**
     * For polynomials given by so many values. This takes as long as the witnesses of one polynomial.
     *
     * @param n a power of two from 2 to {@link #MAX_VALUES}
     * @throws IllegalArgumentException for another number
     */
    public DomainWitnesses(KzgParameters parameters, FieldEngine field, int n, ParallelLoop loop) {
        if (n < 2 || n > MAX_VALUES || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(n + " is no power of two from 2 to " + MAX_VALUES);
        }
        this.field = field;
        this.n = n;
        log = Integer.numberOfTrailingZeros(n);
        transformed = new PointVector(Arena.ofAuto(), 2 * n);
        for (int m = 0; m < n - 1; m++) {
            Blst.fromAffineG1(transformed.at(n - 2 - m), parameters.point(m));
        }
        transformed.toReversed(log + 1, roots(log + 1, false), loop);
    }

    private static long[] roots(int log, boolean inverse) {
        long[] root = Fr.rootOfUnity(log);
        if (inverse) {
            Fr.inverse(root, 0, root, 0);
        }
        return PointVector.powers(Fr.element(1), root, 1 << log);
    }

    /**
     * All witnesses.
     *
     * @param coefficients 32 n bytes, lowest first
     * @return n witnesses of 48 bytes each, by the number of the root
     * @throws IllegalArgumentException where the buffer is too short or a coefficient is not below the modulus
     */
    public List<Bytes> of(MemorySegment coefficients, ParallelLoop loop) {
        long[] values = values(coefficients);
        PointVector product = new PointVector(Arena.ofAuto(), 2 * n);
        product.copy(transformed, 0, 0, 2 * n);
        product.multiplyEach(2 * n, values, b -> PointVector.reverse(b, log + 1), loop);
        product.fromReversed(log + 1, roots(log + 1, true), loop);
        PointVector witnesses = new PointVector(Arena.ofAuto(), n);
        witnesses.copy(product, n - 1, 0, n - 1);
        witnesses.toReversed(log, roots(log, false), loop);
        try (Arena arena = Arena.ofConfined()) {
            List<Bytes> list = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                list.add(G1.write(witnesses.at(PointVector.reverse(i, log)), arena));
            }
            return list;
        }
    }

    /** The polynomial's values at the roots of order 2n, divided by 2n. */
    private long[] values(MemorySegment coefficients) {
        if (coefficients.byteSize() / Scalars.BYTES < n) {
            throw new IllegalArgumentException(coefficients.byteSize() + " bytes for " + n + " coefficients");
        }
        byte[] scalars = new byte[2 * Scalars.BYTES * n];
        MemorySegment padded = MemorySegment.ofArray(scalars);
        MemorySegment.copy(coefficients, 0, padded, 0, (long) Scalars.BYTES * n);
        field.evaluate(2 * n, 1, padded, padded);
        long[] part = new long[Fr.WORDS];
        Fr.inverse(Fr.element(2L * n), 0, part, 0);
        long[] values = new long[Fr.WORDS * 2 * n];
        for (int i = 0; i < 2 * n; i++) {
            long[] value = Scalars.element(Arrays.copyOfRange(scalars, Scalars.BYTES * i, Scalars.BYTES * (i + 1)));
            Fr.mul(value, 0, part, 0, values, Fr.WORDS * i);
        }
        return values;
    }
}
