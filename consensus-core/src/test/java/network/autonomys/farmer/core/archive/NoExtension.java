package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.util.List;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;

/** A field engine that leaves out erasure coding, for tests that look at source records only. */
final class NoExtension implements FieldEngine {
    private final FieldEngine engine = new CpuFieldEngine();

    @Override
    public void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride) {
        // What this class is for.
    }

    @Override
    public void extend(int n, int count, MemorySegment source, MemorySegment parity) {
        engine.extend(n, count, source, parity);
    }

    @Override
    public void interpolate(int n, int count, MemorySegment values, MemorySegment coefficients) {
        engine.interpolate(n, count, values, coefficients);
    }

    @Override
    public void evaluate(int n, int count, MemorySegment coefficients, MemorySegment values) {
        engine.evaluate(n, count, coefficients, values);
    }

    @Override
    public void recover(int points, MemorySegment present, MemorySegment shards, Recovered what, MemorySegment out) {
        engine.recover(points, present, shards, what, out);
    }

    @Override
    public void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride) {
        engine.recoverColumns(points, present, columns, rows, stride);
    }

    @Override
    public void combine(int n, List<MemorySegment> rows, MemorySegment weights, MemorySegment out) {
        engine.combine(n, rows, weights, out);
    }
}
