package network.autonomys.farmer.core.kzg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Scalars;

/** What every commitment engine checks alike. */
final class Commitments {
    private Commitments() {}

    static void check(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        if (n < 0 || n > MsmEngine.MAX_COEFFICIENTS) {
            throw new IllegalArgumentException(
                    "a polynomial of " + n + " coefficients has more than " + MsmEngine.MAX_COEFFICIENTS);
        }
        if (count < 0
                || (n > 0 && coefficients.byteSize() / Scalars.BYTES / n < count)
                || commitments.byteSize() / MsmEngine.G1_BYTES < count) {
            throw new IllegalArgumentException("buffers too short for " + count + " polynomials");
        }
        for (int i = 0; i < count; i++) {
            if (Scalars.firstInvalid(coefficients, (long) Scalars.BYTES * n * i, n) != -1) {
                throw new IllegalArgumentException("a coefficient is not below the modulus");
            }
        }
    }

    static boolean isZero(MemorySegment scalars, int index) {
        long at = (long) Scalars.BYTES * index;
        long bits = 0;
        for (int i = 0; i < Scalars.BYTES; i += Long.BYTES) {
            bits |= scalars.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i);
        }
        return bits == 0;
    }
}
