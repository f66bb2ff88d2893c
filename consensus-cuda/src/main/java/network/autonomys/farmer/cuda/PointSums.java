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
 * Sums of multiples of fixed points on one card: 32 multiples of each point (3 KiB) stay there, and room for {@link #AT_ONCE} sums (1.2 KiB a point). Calls follow
 * one another; each makes the context its thread's own.
 */
final class PointSums {
    /** Sums of one call: one alone does not fill a card. */
    static final int AT_ONCE = 8;

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
        scalars = context.allocate((long) AT_ONCE * SCALAR * points);
        counts = context.allocate(4L * AT_ONCE * BUCKETS);
        starts = context.allocate(4L * AT_ONCE * (BUCKETS + 1));
        cursors = context.allocate(4L * AT_ONCE * BUCKETS);
        list = context.allocate(4L * AT_ONCE * DIGITS * points);
        buckets = context.allocate((long) CompressedPoint.PROJECTIVE * AT_ONCE * BUCKETS);
        result = context.allocate((long) CompressedPoint.PROJECTIVE * AT_ONCE);
        long bytes = Math.max(MEBIBYTE, (long) Math.max(AFFINE, AT_ONCE * SCALAR) * points);
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
     * Sums of the points times the scalars, compressed, one after the other.
     *
     * @param n scalars of a sum, at most as many as there are points
     * @param count how many sums, at most {@link #AT_ONCE}
     * @param from 32 n count bytes, big-endian
     */
    byte[] commit(int n, int count, MemorySegment from) {
        lock.lock();
        try {
            context.use();
            long bytes = (long) SCALAR * n * count;
            MemorySegment.copy(from, 0, pinned, 0, bytes);
            upload(scalars, bytes);
            Cuda.check(
                    JCudaDriver.cuMemsetD8Async(counts, (byte) 0, 4L * BUCKETS * count, stream), "clearing counters");
            for (Launch launch : launches(n, count)) {
                launch.on(stream);
            }
            long made = (long) CompressedPoint.PROJECTIVE * count;
            Cuda.check(
                    JCudaDriver.cuMemcpyDtoHAsync(pinnedPointer, result, made, stream), "copying sums from the card");
            patience.await(stream, "computing commitments");
            byte[] compressed = new byte[CompressedPoint.COORDINATE * count];
            for (int i = 0; i < count; i++) {
                byte[] one = CompressedPoint.of(pinned.asSlice((long) CompressedPoint.PROJECTIVE * i));
                System.arraycopy(one, 0, compressed, CompressedPoint.COORDINATE * i, one.length);
            }
            return compressed;
        } finally {
            lock.unlock();
        }
    }

    private List<Launch> launches(int n, int count) {
        int blocks = Math.max(1, blocks(n));
        return List.of(
                context.launchRows("digit_count", blocks, count, THREADS, scalars, n, counts),
                context.launchRows("digit_begin", 1, count, 32, counts, starts, cursors),
                context.launchRows("digit_distribute", blocks, count, THREADS, scalars, n, points, cursors, list),
                context.launchRows("bucket_sums", BUCKETS, count, THREADS, table, points, starts, list, buckets),
                context.launchRows("bucket_total", 1, count, THREADS, buckets, result));
    }

    /** Gives the pinned buffer back; what is on the card goes with its context. */
    void close() {
        JCudaDriver.cuStreamDestroy(stream);
        JCudaDriver.cuMemFreeHost(pinnedPointer);
    }
}
