package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import network.autonomys.farmer.cuda.GpuContext.Launch;

/**
 * Sums of multiples of fixed points on one card: 32 multiples of each point (3 KiB) stay there. Calls follow one another; each makes the context its
 * thread's own.
 */
final class PointSums {
    private static final int SCALAR = 32;
    private static final int AFFINE = 96;
    private static final int DIGITS = 32;
    private static final int BUCKETS = 256;
    private static final int THREADS = 128;
    private static final int MEBIBYTE = 1 << 20;

    private final GpuContext context;
    private final int points;
    private final CUstream stream;
    private final Patience patience;
    private final CUdeviceptr table;
    private final CUdeviceptr scalars;
    private final CUdeviceptr counts;
    private final CUdeviceptr starts;
    private final CUdeviceptr cursors;
    private final CUdeviceptr list;
    private final CUdeviceptr buckets;
    private final CUdeviceptr result;
    private final Pointer pinnedPointer = new Pointer();
    private final MemorySegment pinned;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Brings the points to the card and computes their multiples there.
     *
     * @param affine x and y of each point in Montgomery form, as blst and the kernels have them
     * @throws GpuFailure where there is no room, or the card fails
     */
    PointSums(GpuContext context, MemorySegment affine, int points, Patience patience) {
        this.context = context;
        this.points = points;
        this.patience = patience;
        context.use();
        stream = context.stream();
        table = context.allocate((long) AFFINE * DIGITS * points);
        scalars = context.allocate((long) SCALAR * points);
        counts = context.allocate(4L * BUCKETS);
        starts = context.allocate(4L * (BUCKETS + 1));
        cursors = context.allocate(4L * BUCKETS);
        list = context.allocate(4L * DIGITS * points);
        buckets = context.allocate((long) CompressedPoint.PROJECTIVE * BUCKETS);
        result = context.allocate(CompressedPoint.PROJECTIVE);
        long bytes = Math.max(MEBIBYTE, (long) AFFINE * points);
        Cuda.check(JCudaDriver.cuMemAllocHost(pinnedPointer, bytes), "allocating pinned memory");
        pinned = MemorySegment.ofBuffer(pinnedPointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
        MemorySegment.copy(affine, 0, pinned, 0, (long) AFFINE * points);
        upload(table, (long) AFFINE * points);
        context.launch("point_multiples", blocks(points), THREADS, table, points)
                .on(stream);
        patience.await(stream, "computing multiples of points");
    }

    private static int blocks(int n) {
        return (n + THREADS - 1) / THREADS;
    }

    private void upload(CUdeviceptr to, long bytes) {
        Cuda.check(JCudaDriver.cuMemcpyHtoDAsync(to, pinnedPointer, bytes, stream), "copying to the card");
    }

    /**
     * The sum of the points times the scalars, compressed.
     *
     * @param n how many, at most as many as there are points
     * @param from 32 n bytes, big-endian
     */
    byte[] commit(int n, MemorySegment from) {
        lock.lock();
        try {
            context.use();
            MemorySegment.copy(from, 0, pinned, 0, (long) SCALAR * n);
            upload(scalars, (long) SCALAR * n);
            Cuda.check(JCudaDriver.cuMemsetD8Async(counts, (byte) 0, 4L * BUCKETS, stream), "clearing counters");
            for (Launch launch : launches(n)) {
                launch.on(stream);
            }
            Cuda.check(
                    JCudaDriver.cuMemcpyDtoHAsync(pinnedPointer, result, CompressedPoint.PROJECTIVE, stream),
                    "copying a sum from the card");
            patience.await(stream, "computing a commitment");
            return CompressedPoint.of(pinned);
        } finally {
            lock.unlock();
        }
    }

    private List<Launch> launches(int n) {
        int blocks = Math.max(1, blocks(n));
        return List.of(
                context.launch("digit_count", blocks, THREADS, scalars, n, counts),
                context.launch("digit_begin", 1, 32, counts, starts, cursors),
                context.launch("digit_distribute", blocks, THREADS, scalars, n, points, cursors, list),
                context.launch("bucket_sums", BUCKETS, THREADS, table, starts, list, buckets),
                context.launch("bucket_total", 1, THREADS, buckets, result));
    }

    /** Gives the pinned buffer back; what is on the card goes with its context. */
    void close() {
        JCudaDriver.cuStreamDestroy(stream);
        JCudaDriver.cuMemFreeHost(pinnedPointer);
    }
}
