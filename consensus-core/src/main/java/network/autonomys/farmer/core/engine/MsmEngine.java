package network.autonomys.farmer.core.engine;

import java.lang.foreign.MemorySegment;

/**
 * Commitments: multi-scalar multiplications over the points of one set of KZG parameters (primitives §5.4).
 *
 * <p>An engine may be called from several threads at once; each call runs on the thread that makes it.
 */
public interface MsmEngine extends AutoCloseable {
    /** Largest number of coefficients of a polynomial. */
    int MAX_COEFFICIENTS = 32_768;

    /** Length of a compressed point of G1 in bytes. */
    int G1_BYTES = 48;

    /**
     * Commits to polynomials.
     *
     * @param n coefficients per polynomial, 0 to 32 768
     * @param count number of polynomials, one after the other in both buffers
     * @param coefficients 32 · n · count bytes: scalars, big-endian, lowest coefficient first
     * @param commitments 48 · count bytes, receives compressed points
     * @throws IllegalArgumentException where a number is out of range, a buffer is too short or a coefficient is not below the modulus
     */
    void commit(int n, int count, MemorySegment coefficients, MemorySegment commitments);

    /** Frees the engine's memory. Closing twice is allowed; no call may run or follow. */
    @Override
    void close();
}
