package network.autonomys.farmer.core.kzg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.LongVector;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.field.Scalars;
import org.jspecify.annotations.Nullable;

/**
 * Commitments by the processor: in the lanes of vectors where it has such and the polynomial is long, else by blst's Pippenger. It keeps 4 MiB for
 * the points and up to 9 MiB of scratch per call, or part of a call, that ever ran at once. An engine that is asked for many long commitments computes
 * a table of multiples of the points once, which takes two seconds and 48 MiB, where the heap has room for it. One for single commitments has no points
 * and makes its table only when told to.
 */
public final class CpuMsmEngine implements MsmEngine {
    private static final long SCALARS = (long) Blst.SCALAR * MAX_COEFFICIENTS;
    /** A point and its compressed form. */
    private static final int RESULT = 256;

    /** Below this the buckets cost more than the points, and a second thread more than it helps. */
    private static final int MIN_SPREAD = 8192;

    private static final int MIN_LANES = 4;

    /** With this many long commitments the table begins to pay. */
    private static final int COMMITMENTS_BEFORE_TABLE = 8;

    /** The table is not made where it would take more of the heap than one part in so many. */
    private static final int LEAST_HEAPS = 8;

    /** Sums until the code of the table is compiled. */
    private static final int WARM_UPS = 8;

    private final KzgParameters parameters;
    private final FpLanes kernel;
    private final ParallelLoop loop;
    private final int parts;
    private final boolean single;
    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedDeque<MemorySegment> freeResults = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<MemorySegment> freeScratch = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<BucketMsm> freeBuckets = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<TableMsm> freeTables = new ConcurrentLinkedDeque<>();
    private final AtomicInteger longCommitments = new AtomicInteger();
    private final long[] points;
    private volatile @Nullable PointTable table;

    /** An engine over the points of a set of parameters with the widest vectors that this machine has. */
    public CpuMsmEngine(KzgParameters parameters) {
        this(parameters, widest());
    }

    /** An engine with a given kernel; with fewer than four lanes blst is faster and does everything. All give the same results. */
    public CpuMsmEngine(KzgParameters parameters, FpLanes kernel) {
        this(parameters, kernel, ParallelLoop.SERIAL, 1, false);
    }

    /**
     * An engine for single commitments that somebody waits for. Long ones are computed in parts, at first by blst, whose code no compiler has to be waited
     * for, and by a table of multiples when {@link #prepare} is through.
     *
     * @param loop runs the parts
     * @param parts a power of two up to 16; as many as there are threads
     */
    public CpuMsmEngine(KzgParameters parameters, FpLanes kernel, ParallelLoop loop, int parts) {
        this(parameters, kernel, loop, parts, true);
    }

    private CpuMsmEngine(KzgParameters parameters, FpLanes kernel, ParallelLoop loop, int parts, boolean single) {
        if (parts < 1 || parts > 16 || Integer.bitCount(parts) != 1) {
            throw new IllegalArgumentException(parts + " parts");
        }
        this.parameters = parameters;
        this.kernel = kernel;
        this.loop = loop;
        this.parts = parts;
        this.single = single;
        points = kernel.lanes() >= MIN_LANES && !single
                ? FpPoints.fromBlst(parameters.g1(), MAX_COEFFICIENTS)
                : new long[0];
    }

    /** The kernel for the widest vectors of this machine. */
    public static FpLanes widest() {
        return FpLanes.ofLanes(LongVector.SPECIES_PREFERRED.length());
    }

    @Override
    public void commit(int n, int count, MemorySegment coefficients, MemorySegment commitments) {
        Commitments.check(n, count, coefficients, commitments);
        MemorySegment results = borrow(freeResults, (long) RESULT * parts + (parts > 1 ? SCALARS : 0));
        try {
            MemorySegment sum = results.asSlice(0, Blst.P1);
            MemorySegment compressed = results.asSlice(Blst.P1, G1_BYTES);
            for (int i = 0; i < count; i++) {
                sum(n, coefficients.asSlice((long) Scalars.BYTES * n * i, (long) Scalars.BYTES * n), results);
                Blst.compressG1(compressed, sum);
                MemorySegment.copy(compressed, 0, commitments, (long) G1_BYTES * i, G1_BYTES);
            }
        } finally {
            freeResults.addLast(results);
        }
    }

    /** A way to the part of a sum. */
    @FunctionalInterface
    private interface PartialSum {
        /** Returns false where it cannot be had in this way; the sum is then undefined. */
        boolean add(int part, MemorySegment sum);
    }

    /** Writes the sum to the beginning of {@code results}. */
    private void sum(int n, MemorySegment coefficients, MemorySegment results) {
        int used = n;
        while (used > 0 && Commitments.isZero(coefficients, used - 1)) {
            used--;
        }
        if (used == 0) {
            results.asSlice(0, Blst.P1).fill((byte) 0);
            return;
        }
        int length = used;
        if (length < MIN_SPREAD) {
            pippenger(0, length, coefficients, results.asSlice(0, Blst.P1));
            return;
        }
        MemorySegment scalars = coefficients;
        if (parts > 1) {
            // The caller's buffer may be one that only its own thread can reach.
            scalars = results.asSlice((long) RESULT * parts, (long) Scalars.BYTES * length);
            MemorySegment.copy(coefficients, 0, scalars, 0, scalars.byteSize());
        }
        MemorySegment reachable = scalars;
        if (kernel.lanes() >= MIN_LANES) {
            makeTableWhereDue();
            PointTable made = table;
            if (made != null && inParts(results, (part, sum) -> byTable(made, length, reachable, part, sum))) {
                return;
            }
            if (!single && byWindows(length, reachable, results.asSlice(0, Blst.P1))) {
                return;
            }
        }
        inParts(results, (part, sum) -> {
            int from = length * part / parts;
            int to = length * (part + 1) / parts;
            pippenger(from, to - from, reachable, sum);
            return true;
        });
    }

    /** Adds the parts up, unless one of them failed. */
    private boolean inParts(MemorySegment results, PartialSum way) {
        MemorySegment sum = results.asSlice(0, Blst.P1);
        if (parts == 1) {
            return way.add(0, sum);
        }
        AtomicBoolean failed = new AtomicBoolean();
        loop.forEach(parts, part -> {
            if (!way.add(part, results.asSlice((long) RESULT * part, Blst.P1))) {
                failed.set(true);
            }
        });
        for (int part = 1; part < parts; part++) {
            Blst.addG1(sum, sum, results.asSlice((long) RESULT * part, Blst.P1));
        }
        return !failed.get();
    }

    /** Calls on other threads go on without the table. */
    private void makeTableWhereDue() {
        if (!single
                && longCommitments.get() <= COMMITMENTS_BEFORE_TABLE
                && longCommitments.incrementAndGet() == COMMITMENTS_BEFORE_TABLE
                && hasRoom()) {
            makeTable();
        }
    }

    private static boolean hasRoom() {
        return PointTable.bytes(MAX_COEFFICIENTS) <= Runtime.getRuntime().maxMemory() / LEAST_HEAPS;
    }

    /** Makes the table now. */
    void makeTable() {
        table = new PointTable(kernel, parameters.g1(), MAX_COEFFICIENTS);
    }

    /**
     * Makes the table of multiples and uses it until its code is compiled, all on the calling thread, for some seconds; calls on other threads go on
     * without it. Nothing is done where the table is there, or would not be used, or the heap has no room for it.
     */
    public void prepare() {
        if (table != null || kernel.lanes() < MIN_LANES || !hasRoom()) {
            return;
        }
        PointTable made = new PointTable(kernel, parameters.g1(), MAX_COEFFICIENTS);
        TableMsm msm = new TableMsm(kernel, made);
        byte[] scalars = new byte[Scalars.BYTES * MAX_COEFFICIENTS];
        new SplittableRandom(1).nextBytes(scalars);
        for (int i = 0; i < scalars.length; i += Scalars.BYTES) {
            scalars[i] &= 0x3f;
        }
        try (Arena own = Arena.ofConfined()) {
            MemorySegment sum = own.allocate(Blst.P1, Blst.ALIGN);
            for (int i = 0; i < WARM_UPS * parts; i++) {
                msm.multiply(MAX_COEFFICIENTS, MemorySegment.ofArray(scalars), i % parts, parts, sum);
            }
        }
        freeTables.addLast(msm);
        table = made;
    }

    private boolean byTable(PointTable made, int n, MemorySegment coefficients, int part, MemorySegment sum) {
        TableMsm msm = freeTables.pollLast();
        if (msm == null) {
            msm = new TableMsm(kernel, made);
        }
        boolean added = msm.multiply(n, coefficients, part, parts, sum);
        freeTables.addLast(msm);
        return added;
    }

    private boolean byWindows(int n, MemorySegment coefficients, MemorySegment sum) {
        BucketMsm buckets = freeBuckets.pollLast();
        if (buckets == null) {
            buckets = new BucketMsm(kernel, points);
        }
        boolean added = buckets.multiply(n, coefficients, sum);
        freeBuckets.addLast(buckets);
        return added;
    }

    private void pippenger(int from, int n, MemorySegment coefficients, MemorySegment sum) {
        MemorySegment scratch = borrow(freeScratch, SCALARS + Blst.pippengerScratch(MAX_COEFFICIENTS));
        try {
            for (int k = 0; k < n; k++) {
                G1.scalar(coefficients, (long) Scalars.BYTES * (from + k), scratch, (long) Blst.SCALAR * k);
            }
            MemorySegment affines = parameters.g1().asSlice((long) Blst.P1_AFFINE * from);
            Blst.pippenger(sum, affines, n, scratch, Blst.SCALAR_BITS, scratch.asSlice(SCALARS));
        } finally {
            freeScratch.addLast(scratch);
        }
    }

    private MemorySegment borrow(ConcurrentLinkedDeque<MemorySegment> free, long bytes) {
        MemorySegment scratch = free.pollLast();
        return scratch != null ? scratch : arena.allocate(bytes, Blst.ALIGN);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
