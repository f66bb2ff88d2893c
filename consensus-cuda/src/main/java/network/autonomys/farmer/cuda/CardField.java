package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;

/**
 * Transforms of 256 to 65 536 points, up to 8 of the longest at once, and recoveries on one card, as transforms.cuh has their steps. 41 MB stay there. Calls follow one another; each
 * makes the context its thread's own.
 *
 * <p>Recovery is Lagrange's interpolation (primitives §6.2): with A the polynomial that vanishes at the n used roots, the polynomial looked for is A
 * times the sum of weight / (x - root), a weight being the shard over the value of A's derivative. A comes from products of 256 factors that are
 * joined by pairs; the sum is a series whose coefficients are one transform of the weights.
 */
final class CardField {
    static final int MAX_POINTS = 65_536;
    /** Points of the polynomials of one call. */
    static final int POINTS_AT_ONCE = 8 * MAX_POINTS;

    /** Code words with fewer shards than twice what a block multiplies out, and shorter polynomials, are the processor's. */
    static final int MIN_VALUES = 256;

    private static final int SCALAR = 32;
    private static final int THREADS = 128;
    private static final int LOG_TILE = 8;
    private static final int TILE = 1 << LOG_TILE;
    private static final int JOINED = 8;
    private static final int PLAIN = 32;
    private static final int NOT_A_SCALAR = 8;
    private static final long FULL = (long) SCALAR * MAX_POINTS;
    private static final long IO = (long) SCALAR * POINTS_AT_ONCE;
    private static final long USED = (long) Integer.BYTES * MAX_POINTS / 2;

    private final GpuContext context;
    private final Patience patience;
    private final CUstream stream;
    private final CUdeviceptr forward;
    private final CUdeviceptr inverse;
    private final CUdeviceptr constants;
    /** Bytes on their way up or down, numbers of as many scalars (medium), of up to 131 072 (large) and of 32 768. */
    private final CUdeviceptr io;

    private final CUdeviceptr used;
    private final CUdeviceptr status;
    private final CUdeviceptr large;
    private final CUdeviceptr medium;
    private final CUdeviceptr first;
    private final CUdeviceptr second;
    private final CUdeviceptr shards;
    private final Pointer pinnedPointer = new Pointer();
    private final MemorySegment pinned;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Gets the memory and brings the roots of unity to the card.
     *
     * @throws GpuFailure where there is no room, or the card fails
     */
    CardField(GpuContext context, Patience patience) {
        this.context = context;
        this.patience = patience;
        context.use();
        stream = context.stream();
        forward = uploaded(Roots.largest(false));
        inverse = uploaded(Roots.largest(true));
        constants = uploaded(Roots.powersOfHalf(PLAIN));
        io = context.allocate(IO);
        used = context.allocate(USED);
        status = context.allocate(Integer.BYTES);
        large = context.allocate(2 * FULL);
        medium = context.allocate(IO);
        first = context.allocate(FULL / 2);
        second = context.allocate(FULL / 2);
        shards = context.allocate(FULL / 2);
        Cuda.check(JCudaDriver.cuMemAllocHost(pinnedPointer, IO + USED), "allocating pinned memory");
        pinned =
                MemorySegment.ofBuffer(pinnedPointer.getByteBuffer(0, IO + USED).order(ByteOrder.nativeOrder()));
    }

    private CUdeviceptr uploaded(byte[] table) {
        CUdeviceptr pointer = context.allocate(table.length);
        context.upload(pointer, table);
        return pointer;
    }

    /**
     * Coefficients from values (inverse) or values from coefficients, of polynomials that lie one after the other; 32 n count bytes.
     *
     * @param count how many; n count is at most {@link #POINTS_AT_ONCE}
     * @throws IllegalArgumentException where a scalar is not below the modulus
     */
    byte[] transform(int n, int count, MemorySegment from, boolean inverted) {
        int log = log(n);
        int all = n * count;
        lock.lock();
        try {
            begin(from, all);
            points("scalars_in", all, io, all, medium, status);
            down(medium, all, log, inverted ? inverse : forward);
            points("scalars_out", all, medium, all, log, constant(inverted ? log : 0), io);
            return result(all);
        } finally {
            lock.unlock();
        }
    }

    /** The n values at the odd roots of polynomials that lie one after the other, as {@link network.autonomys.farmer.core.engine.FieldEngine#extend}. */
    byte[] extend(int n, int count, MemorySegment source) {
        int log = log(n);
        int all = n * count;
        lock.lock();
        try {
            begin(source, all);
            points("scalars_in", all, io, all, medium, status);
            down(medium, all, log, inverse);
            points("shift_to_odd", all, medium, all, log, forward, constant(log));
            up(medium, all, log, forward);
            points("scalars_out", all, medium, all, 0, constant(0), io);
            return result(all);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Recovers a code word.
     *
     * @param usedShards the numbers of the shards to recover from, half as many as there are points, ascending
     * @param from all shards
     * @throws IllegalArgumentException where a used shard is not below the modulus
     */
    byte[] recover(int points, int[] usedShards, MemorySegment from, Recovered what) {
        int n = usedShards.length;
        lock.lock();
        try {
            context.use();
            for (int i = 0; i < n; i++) {
                MemorySegment.copy(from, (long) SCALAR * usedShards[i], pinned, (long) SCALAR * i, SCALAR);
            }
            MemorySegment.copy(usedShards, 0, pinned, ValueLayout.JAVA_INT, IO, n);
            upload(io, 0, (long) SCALAR * n);
            upload(used, IO, (long) Integer.BYTES * n);
            clear(status, Integer.BYTES);
            points("scalars_in", n, io, n, shards, status);
            recoverPolynomial(n, log(points), vanishing(n, log(points)));
            return switch (what) {
                case COEFFICIENTS -> {
                    points("scalars_out", n, medium, n, 0, constant(0), io);
                    yield result(n);
                }
                case SOURCE -> evaluated(n);
                case SHARDS -> {
                    clear(medium.withByteOffset((long) SCALAR * n), (long) SCALAR * n);
                    yield evaluated(points);
                }
            };
        } finally {
            lock.unlock();
        }
    }

    private byte[] evaluated(int n) {
        down(medium, n, log(n), forward);
        points("scalars_out", n, medium, n, log(n), constant(0), io);
        return result(n);
    }

    /** The lower coefficients of the polynomial that vanishes at the used roots. */
    private CUdeviceptr vanishing(int n, int logPoints) {
        CUdeviceptr polynomials = first;
        CUdeviceptr products = second;
        run("vanishing_leaves", n / TILE, TILE, used, logPoints, forward, polynomials);
        for (int log = LOG_TILE; 1 << log < n; log++) {
            points("vanishing_pad", 2 * n, polynomials, log, 2 * n, medium);
            down(medium, 2 * n, log + 1, forward);
            points("multiply_pairs", n, medium, log + 1, n, constant(PLAIN + log + 1), products);
            up(products, n, log + 1, inverse);
            points("vanishing_join", n / 2, polynomials, log, n, products);
            CUdeviceptr made = products;
            products = polynomials;
            polynomials = made;
        }
        return polynomials;
    }

    /** Leaves the coefficients in the first half of medium. */
    private void recoverPolynomial(int n, int logPoints, CUdeviceptr vanishing) {
        points("recover_derive", 4 * n, vanishing, n, constants, large);
        down(large, 4 * n, logPoints, forward);
        clear(medium, (long) SCALAR * 2 * n);
        points("recover_weigh", n / JOINED, shards, used, n, logPoints, large, constants, medium);
        up(medium, 2 * n, logPoints, inverse);
        points("recover_series", 2 * n, medium, n, large);
        down(large, 2 * n, logPoints, forward);
        points("multiply_pairs", 2 * n, large, logPoints, 2 * n, constant(PLAIN + logPoints), medium);
        up(medium, 2 * n, logPoints, inverse);
    }

    /** Transforms of 2^log points each from natural to bit-reversed order, n points in all. */
    private void down(CUdeviceptr data, int n, int log, CUdeviceptr roots) {
        if (log > LOG_TILE) {
            run("transform_down", n / TILE, THREADS, data, roots, LOG_TILE, log - LOG_TILE);
        }
        run("transform_down", n / TILE, THREADS, data, roots, 0, LOG_TILE);
    }

    private void up(CUdeviceptr data, int n, int log, CUdeviceptr roots) {
        run("transform_up", n / TILE, THREADS, data, roots, 0, LOG_TILE);
        if (log > LOG_TILE) {
            run("transform_up", n / TILE, THREADS, data, roots, LOG_TILE, log - LOG_TILE);
        }
    }

    private CUdeviceptr constant(int index) {
        return constants.withByteOffset((long) SCALAR * index);
    }

    private void points(String kernel, int n, Object... arguments) {
        run(kernel, (n + THREADS - 1) / THREADS, THREADS, arguments);
    }

    private void run(String kernel, int blocks, int threads, Object... arguments) {
        context.launch(kernel, blocks, threads, arguments).on(stream);
    }

    private void begin(MemorySegment from, int n) {
        context.use();
        MemorySegment.copy(from, 0, pinned, 0, (long) SCALAR * n);
        upload(io, 0, (long) SCALAR * n);
        clear(status, Integer.BYTES);
    }

    private void upload(CUdeviceptr to, long at, long bytes) {
        Cuda.check(
                JCudaDriver.cuMemcpyHtoDAsync(to, pinnedPointer.withByteOffset(at), bytes, stream),
                "copying scalars to the card");
    }

    private void clear(CUdeviceptr what, long bytes) {
        Cuda.check(JCudaDriver.cuMemsetD8Async(what, (byte) 0, bytes, stream), "clearing memory of the card");
    }

    private byte[] result(int n) {
        download(0, io, (long) SCALAR * n);
        download(IO, status, Integer.BYTES);
        patience.await(stream, "transforming a polynomial");
        int ended = pinned.get(ValueLayout.JAVA_INT, IO);
        if ((ended & ~NOT_A_SCALAR) != 0) {
            throw new GpuFailure("a transform ended with status " + Integer.toHexString(ended) + ", which none sets");
        }
        if (ended != 0) {
            throw new IllegalArgumentException("not a scalar: not below the modulus");
        }
        return pinned.asSlice(0, (long) SCALAR * n).toArray(ValueLayout.JAVA_BYTE);
    }

    private void download(long to, CUdeviceptr from, long bytes) {
        Cuda.check(
                JCudaDriver.cuMemcpyDtoHAsync(pinnedPointer.withByteOffset(to), from, bytes, stream),
                "copying scalars from the card");
    }

    private static int log(int powerOfTwo) {
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }

    /** Gives the pinned buffer back; what is on the card goes with its context. */
    void close() {
        JCudaDriver.cuStreamDestroy(stream);
        JCudaDriver.cuMemFreeHost(pinnedPointer);
    }
}
