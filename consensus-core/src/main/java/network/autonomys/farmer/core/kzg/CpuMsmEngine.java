package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.LongVector;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Scalars;
import org.jspecify.annotations.Nullable;

/**
 * Commitments by the processor: in the lanes of vectors where it has such and the polynomial is long, else by blst's Pippenger. It keeps 4 MiB for
 * the points and 14 MiB of scratch per call that ever ran at once. An engine that is asked for many long commitments computes a table of multiples
 * of the points once, which takes two seconds and 56 MiB, where the heap has room for it.
 */
public final class CpuMsmEngine implements MsmEngine {
    private static final long SCALARS = (long) Blst.SCALAR * MAX_COEFFICIENTS;
    /** A point and its compressed form. */
    private static final int RESULT = 256;

    /** Below this the buckets cost more than the points. */
    private static final int MIN_SPREAD = 8192;

    private static final int MIN_LANES = 8;

    /** With this many long commitments the table begins to pay. */
    private static final int COMMITMENTS_BEFORE_TABLE = 8;

    /** The table is not made where it would take more of the heap than one part in so many. */
    private static final int LEAST_HEAPS = 8;

    private final KzgParameters parameters;
    private final FpLanes kernel;
    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedDeque<MemorySegment> free = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<BucketMsm> freeBuckets = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<TableMsm> freeTables = new ConcurrentLinkedDeque<>();
    private final AtomicInteger longCommitments = new AtomicInteger();
    private final long[] points;
    private volatile @Nullable PointTable table;

    /** An engine over the points of a set of parameters with the widest vectors that this machine has. */
    public CpuMsmEngine(KzgParameters parameters) {
        this(parameters, FpLanes.ofLanes(LongVector.SPECIES_PREFERRED.length()));
    }

    /** An engine with a given kernel; with fewer than eight lanes blst is faster and does everything. All give the same results. */
    public CpuMsmEngine(KzgParameters parameters, FpLanes kernel) {
        this.parameters = parameters;
        this.kernel = kernel;
        points = kernel.lanes() >= MIN_LANES
                ? FpPoints.fromBlst(kernel, parameters.g1(), MAX_COEFFICIENTS)
                : new long[0];
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
            prepareTable();
            if (sumByTable(used, coefficients, sum) || sumByWindows(used, coefficients, sum)) {
                return;
            }
        }
        MemorySegment scalars = scratch.asSlice(RESULT, SCALARS);
        for (int k = 0; k < used; k++) {
            G1.scalar(coefficients, (long) Scalars.BYTES * k, scalars, (long) Blst.SCALAR * k);
        }
        Blst.pippenger(sum, parameters.g1(), used, scalars, Blst.SCALAR_BITS, scratch.asSlice(RESULT + SCALARS));
    }

    /** Makes the table where it is due; calls on other threads go on without it. */
    private void prepareTable() {
        if (longCommitments.get() <= COMMITMENTS_BEFORE_TABLE
                && longCommitments.incrementAndGet() == COMMITMENTS_BEFORE_TABLE
                && PointTable.bytes(MAX_COEFFICIENTS) <= Runtime.getRuntime().maxMemory() / LEAST_HEAPS) {
            makeTable();
        }
    }

    /** Makes the table now: for who knows that many long commitments will follow. */
    void makeTable() {
        table = new PointTable(kernel, parameters.g1(), MAX_COEFFICIENTS);
    }

    private boolean sumByTable(int n, MemorySegment coefficients, MemorySegment sum) {
        PointTable made = table;
        if (made == null) {
            return false;
        }
        TableMsm msm = freeTables.pollLast();
        if (msm == null) {
            msm = new TableMsm(kernel, made);
        }
        boolean added = msm.multiply(n, coefficients, sum);
        freeTables.addLast(msm);
        return added;
    }

    private boolean sumByWindows(int n, MemorySegment coefficients, MemorySegment sum) {
        BucketMsm buckets = freeBuckets.pollLast();
        if (buckets == null) {
            buckets = new BucketMsm(kernel, points);
        }
        boolean added = buckets.multiply(n, coefficients, sum);
        freeBuckets.addLast(buckets);
        return added;
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
