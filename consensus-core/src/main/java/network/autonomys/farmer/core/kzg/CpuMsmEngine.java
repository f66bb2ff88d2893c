package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedDeque;
import jdk.incubator.vector.LongVector;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Scalars;

/**
 * Commitments by the processor: in the lanes of vectors where it has such and the polynomial is long, else by blst's Pippenger. It keeps 4 MiB for
 * the points and 14 MiB of scratch per call that ever ran at once.
 */
public final class CpuMsmEngine implements MsmEngine {
    private static final long SCALARS = (long) Blst.SCALAR * MAX_COEFFICIENTS;
    /** A point and its compressed form. */
    private static final int RESULT = 256;

    /** Below this the buckets cost more than the points. */
    private static final int MIN_SPREAD = 8192;

    private static final int MIN_LANES = 8;

    private final KzgParameters parameters;
    private final FpLanes kernel;
    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedDeque<MemorySegment> free = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<BucketMsm> freeBuckets = new ConcurrentLinkedDeque<>();
    private final int[] points;

    /** An engine over the points of a set of parameters with the widest vectors that this machine has. */
    public CpuMsmEngine(KzgParameters parameters) {
        this(parameters, FpLanes.ofLanes(LongVector.SPECIES_PREFERRED.length()));
    }

    /** An engine with a given kernel; with fewer than eight lanes blst is faster and does everything. All give the same results. */
    public CpuMsmEngine(KzgParameters parameters, FpLanes kernel) {
        this.parameters = parameters;
        this.kernel = kernel;
        points =
                kernel.lanes() >= MIN_LANES ? FpPoints.fromBlst(kernel, parameters.g1(), MAX_COEFFICIENTS) : new int[0];
    }

    @Override
    public void commit(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        Commitments.check(n, count, coefficients, commitments);
        MemorySegment scratch = borrow();
        try {
            MemorySegment sum = scratch.asSlice(0, Blst.P1);
            MemorySegment compressed = scratch.asSlice(Blst.P1, G1_BYTES);
            for (int i = 0; i < count; i++) {
                sum(n, coefficients.asSlice((long) Scalars.BYTES * n * i, (long) Scalars.BYTES * n), scratch, sum);
                Blst.compressG1(compressed, sum);
                MemorySegment.copy(compressed, 0, commitments, (long) G1_BYTES * i, G1_BYTES);
            }
        } finally {
            free.addLast(scratch);
        }
    }

    private void sum(int n, MemorySegment coefficients, MemorySegment scratch, MemorySegment sum) {
        int used = n;
        while (used > 0 && Commitments.isZero(coefficients, used - 1)) {
            used--;
        }
        if (used == 0) {
            sum.fill((byte) 0);
            return;
        }
        if (kernel.lanes() >= MIN_LANES && used >= MIN_SPREAD) {
            BucketMsm buckets = freeBuckets.pollLast();
            if (buckets == null) {
                buckets = new BucketMsm(kernel, points);
            }
            boolean added = buckets.multiply(used, coefficients, sum);
            freeBuckets.addLast(buckets);
            if (added) {
                return;
            }
        }
        MemorySegment scalars = scratch.asSlice(RESULT, SCALARS);
        for (int k = 0; k < used; k++) {
            G1.scalar(coefficients, (long) Scalars.BYTES * k, scalars, (long) Blst.SCALAR * k);
        }
        Blst.pippenger(sum, parameters.g1(), used, scalars, Blst.SCALAR_BITS, scratch.asSlice(RESULT + SCALARS));
    }

    private MemorySegment borrow() {
        MemorySegment scratch = free.pollLast();
        return scratch != null
                ? scratch
                : arena.allocate(RESULT + SCALARS + Blst.pippengerScratch(MAX_COEFFICIENTS), Blst.ALIGN);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
