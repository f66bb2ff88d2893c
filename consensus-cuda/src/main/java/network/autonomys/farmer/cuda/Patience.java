package network.autonomys.farmer.cuda;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** Waiting for a stream, but not for ever. */
final class Patience {
    /** How long a waiting thread sleeps before it asks again; a record takes a millisecond. */
    private static final long POLL_NANOS = 50_000;

    private final long limitNanos;
    private final LongSupplier nanoTime;

    Patience(Duration limit, LongSupplier nanoTime) {
        this.limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until everything on a stream is done.
     *
     * @throws HungException where that takes too long
     * @throws GpuFailure where it failed
     */
    void await(CUstream stream, String what) {
        long start = nanoTime.getAsLong();
        int result = JCudaDriver.cuStreamQuery(stream);
        while (result == Cuda.NOT_READY) {
            if (nanoTime.getAsLong() - start > limitNanos) {
                throw new HungException(
                        "no answer for " + Duration.ofNanos(limitNanos).toMillis() + " ms");
            }
            LockSupport.parkNanos(POLL_NANOS);
            result = JCudaDriver.cuStreamQuery(stream);
        }
        Cuda.check(result, what);
    }

    /** The card does not answer. Its context cannot be freed, and neither can the buffers that it may still write to. */
    static final class HungException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HungException(String message) {
            super(message);
        }
    }
}
