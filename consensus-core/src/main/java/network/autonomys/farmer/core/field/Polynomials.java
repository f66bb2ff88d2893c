package network.autonomys.farmer.core.field;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Polynomials given by their coefficients, lowest first, as scalars of 32 bytes each. */
public final class Polynomials {
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Polynomials() {}

    /**
     * Root i of the domain of a size, in the form of {@link Fr}: w_n^i, n being the size rounded up to a power of two (primitives §5.4).
     *
     * @throws IllegalArgumentException where not 0 ≤ index &lt; size, or the size is above 2^30
     */
    public static long[] domainPoint(int size, int index) {
        if (size < 1 || size > 1 << 30 || index < 0 || index >= size) {
            throw new IllegalArgumentException("no root " + index + " in a domain of " + size);
        }
        int log = 32 - Integer.numberOfLeadingZeros(size - 1);
        long[] root = Fr.rootOfUnity(log);
        Fr.pow(root, 0, BigInteger.valueOf(index), root, 0);
        return root;
    }

    /**
     * The quotient of p(X) - p(x) by X - x (primitives §5.4).
     *
     * @param n coefficients of p, at least 1
     * @param coefficients 32 n bytes
     * @param x in the form of {@link Fr}
     * @param quotient 32 (n - 1) bytes, receives the quotient
     * @return p(x), as four words, least significant first
     * @throws IllegalArgumentException where a coefficient is not below the modulus or a buffer is too short
     */
    public static long[] divide(int n, MemorySegment coefficients, long[] x, MemorySegment quotient) {
        if (n < 1 || coefficients.byteSize() / Scalars.BYTES < n || quotient.byteSize() / Scalars.BYTES < n - 1) {
            throw new IllegalArgumentException("buffers too short for " + n + " coefficients");
        }
        if (Scalars.firstInvalid(coefficients, 0, n) != -1) {
            throw new IllegalArgumentException("a coefficient is not below the modulus");
        }
        // x alone is in Montgomery form, so the products are plain numbers.
        long[] q = new long[Fr.WORDS];
        long[] p = new long[Fr.WORDS];
        for (int k = n - 1; k >= 0; k--) {
            Fr.mul(q, 0, x, 0, q, 0);
            for (int i = 0; i < Fr.WORDS; i++) {
                p[i] = coefficients.get(BE64, (long) Scalars.BYTES * k + 24 - 8L * i);
            }
            Fr.add(q, 0, p, 0, q, 0);
            if (k > 0) {
                for (int i = 0; i < Fr.WORDS; i++) {
                    quotient.set(BE64, (long) Scalars.BYTES * (k - 1) + 24 - 8L * i, q[i]);
                }
            }
        }
        return q;
    }

    /** Number of coefficients without the trailing zeros; at least one stays (primitives §5.4). */
    public static int normalizedLength(int n, MemorySegment coefficients) {
        int length = n;
        while (length > 1) {
            long bits = 0;
            for (int i = 0; i < Scalars.BYTES; i += Long.BYTES) {
                bits |= coefficients.get(BE64, (long) Scalars.BYTES * (length - 1) + i);
            }
            if (bits != 0) {
                break;
            }
            length--;
        }
        return length;
    }
}
