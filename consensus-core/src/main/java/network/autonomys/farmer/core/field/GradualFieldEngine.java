package network.autonomys.farmer.core.field;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Works with plain arithmetic until it has been asked often, and with the lanes of vectors from then on. Code for vectors is fast once it has been
 * compiled, but takes seconds of a processor until then, and who checks a few pieces now and then never earns these back. Both give the same
 * results.
 */
public final class GradualFieldEngine implements FieldEngine {
    private final FieldEngine fast;
    private final int patience;
    private final AtomicInteger calls = new AtomicInteger();
    /** Null once it is not needed any more, so that its tables go. */
    private volatile @Nullable FieldEngine simple;

    /**
     * @param simple needs no time to get going
     * @param fast is worth waiting for
     * @param patience calls that {@code simple} answers
     */
    public GradualFieldEngine(FieldEngine simple, FieldEngine fast, int patience) {
        this.simple = simple;
        this.fast = fast;
        this.patience = patience;
    }

    /**
     * Over the engines of the processor.
     *
     * @param workers as {@link CpuFieldEngine#CpuFieldEngine(LaneKernel, Workers)} takes them
     */
    public static GradualFieldEngine cpu(int patience, Workers workers) {
        return new GradualFieldEngine(
                new CpuFieldEngine(LaneKernel.scalar(), workers),
                new CpuFieldEngine(LaneKernel.preferred(), workers),
                patience);
    }

    private FieldEngine engine() {
        FieldEngine first = simple;
        if (first == null) {
            return fast;
        }
        if (calls.incrementAndGet() <= patience) {
            return first;
        }
        simple = null;
        return fast;
    }

    @Override
    public void extend(int n, int count, MemorySegment source, MemorySegment parity) {
        engine().extend(n, count, source, parity);
    }

    @Override
    public void extendColumns(
            int n, int columns, MemorySegment source, long sourceStride, MemorySegment parity, long parityStride) {
        engine().extendColumns(n, columns, source, sourceStride, parity, parityStride);
    }

    @Override
    public void interpolate(int n, int count, MemorySegment values, MemorySegment coefficients) {
        engine().interpolate(n, count, values, coefficients);
    }

    @Override
    public void evaluate(int n, int count, MemorySegment coefficients, MemorySegment values) {
        engine().evaluate(n, count, coefficients, values);
    }

    @Override
    public void recover(int points, MemorySegment present, MemorySegment shards, Recovered what, MemorySegment out) {
        engine().recover(points, present, shards, what, out);
    }

    @Override
    public void prepareRecoveries() {
        FieldEngine first = simple;
        (first == null ? fast : first).prepareRecoveries();
    }

    @Override
    public Recovery prepareRecovery(int points, MemorySegment present) {
        return engine().prepareRecovery(points, present);
    }

    @Override
    public void recoverColumns(int points, MemorySegment present, int columns, MemorySegment rows, long stride) {
        engine().recoverColumns(points, present, columns, rows, stride);
    }

    @Override
    public void combine(int n, List<MemorySegment> rows, MemorySegment weights, MemorySegment out) {
        engine().combine(n, rows, weights, out);
    }
}
