package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Scalars;

/** Commitments by evaluation at a known τ ({@link DevSecret}). */
final class DevMsmEngine implements MsmEngine {
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final long[] tau;
    private final Arena arena = Arena.ofShared();
    private final DevSecret.GeneratorTable generator = new DevSecret.GeneratorTable(arena);

    DevMsmEngine(long[] tau) {
        this.tau = tau;
    }

    @Override
    public void commit(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        Commitments.check(n, count, coefficients, commitments);
        try (Arena work = Arena.ofConfined()) {
            MemorySegment scalar = work.allocate(Blst.SCALAR, Blst.ALIGN);
            MemorySegment point = work.allocate(Blst.P1, Blst.ALIGN);
            MemorySegment compressed = work.allocate(G1_BYTES);
            long[] value = new long[Fr.WORDS];
            long[] coefficient = new long[Fr.WORDS];
            for (int i = 0; i < count; i++) {
                java.util.Arrays.fill(value, 0);
                for (int k = n - 1; k >= 0; k--) {
                    // τ alone is in Montgomery form, so that the value is a plain number.
                    Fr.mul(value, 0, tau, 0, value, 0);
                    long at = (long) Scalars.BYTES * ((long) n * i + k);
                    for (int j = 0; j < Fr.WORDS; j++) {
                        coefficient[j] = coefficients.get(BE64, at + 24 - 8L * j);
                    }
                    Fr.add(value, 0, coefficient, 0, value, 0);
                }
                for (int j = 0; j < Fr.WORDS; j++) {
                    scalar.setAtIndex(ValueLayout.JAVA_LONG, j, value[j]);
                }
                generator.multiply(point, scalar);
                Blst.compressG1(compressed, point);
                MemorySegment.copy(compressed, 0, commitments, (long) G1_BYTES * i, G1_BYTES);
            }
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
