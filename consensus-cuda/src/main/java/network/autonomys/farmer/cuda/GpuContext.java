package network.autonomys.farmer.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUctx_flags;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/** The context of one card with our kernels loaded. Every thread that uses it makes it its current one first. */
final class GpuContext implements AutoCloseable {
    private static final String KERNELS = "kernels.ptx";

    private final CUcontext context = new CUcontext();
    private final CUmodule module = new CUmodule();
    private final Map<String, CUfunction> functions = new ConcurrentHashMap<>();
    private final AtomicLong allocated = new AtomicLong();

    /**
     * Opens a card. The driver translates the kernels for it, which takes seconds the first time and is kept by the driver after that.
     *
     * @throws GpuFailure where the driver refuses
     */
    GpuContext(int ordinal) {
        CUdevice device = new CUdevice();
        Cuda.check(JCudaDriver.cuDeviceGet(device, ordinal), "opening card " + ordinal);
        Cuda.check(
                JCudaDriver.cuCtxCreate(context, CUctx_flags.CU_CTX_SCHED_BLOCKING_SYNC, device),
                "making a context on card " + ordinal);
        boolean loaded = false;
        try {
            Cuda.check(JCudaDriver.cuModuleLoadData(module, ptx()), "loading the kernels on card " + ordinal);
            loaded = true;
        } finally {
            if (!loaded) {
                JCudaDriver.cuCtxDestroy(context);
            }
        }
    }

    /** The kernels as shipped, with a zero at the end as the driver wants it. */
    static byte[] ptx() {
        try (InputStream in = GpuContext.class.getResourceAsStream(KERNELS)) {
            if (in == null) {
                throw new GpuFailure("the kernels (" + KERNELS + ") are not in this distribution");
            }
            byte[] text = in.readAllBytes();
            return Arrays.copyOf(text, text.length + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes this the calling thread's context. */
    void use() {
        Cuda.check(JCudaDriver.cuCtxSetCurrent(context), "using a card's context");
    }

    /** As {@link #use}, on the way to closing it: a card that refuses even that has nothing to be freed by us. */
    void tryToUse() {
        JCudaDriver.cuCtxSetCurrent(context);
    }

    /** Bytes free on the card, and bytes that it has. */
    long[] memory() {
        long[] free = new long[1];
        long[] total = new long[1];
        Cuda.check(JCudaDriver.cuMemGetInfo(free, total), "asking for free memory");
        return new long[] {free[0], total[0]};
    }

    CUdeviceptr allocate(long bytes) {
        CUdeviceptr pointer = new CUdeviceptr();
        Cuda.check(JCudaDriver.cuMemAlloc(pointer, bytes), "allocating " + (bytes >> 20) + " MiB on the card");
        allocated.addAndGet(bytes);
        return pointer;
    }

    /** Bytes allocated since the context was made. */
    long allocated() {
        return allocated.get();
    }

    void free(CUdeviceptr pointer) {
        Cuda.check(JCudaDriver.cuMemFree(pointer), "freeing memory of the card");
    }

    /** Copies to the card and waits until it is there: the driver gives such a copy back when it has read the source, and our streams do not wait for it. */
    void upload(CUdeviceptr to, byte[] from) {
        Cuda.check(JCudaDriver.cuMemcpyHtoD(to, Pointer.to(from), from.length), "copying to the card");
        Cuda.check(JCudaDriver.cuStreamSynchronize(null), "copying to the card");
    }

    CUstream stream() {
        CUstream stream = new CUstream();
        Cuda.check(JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING), "making a stream");
        return stream;
    }

    /** A launch of a kernel that can be repeated: its arguments are fixed. */
    Launch launch(String kernel, int blocks, int threads, Object... arguments) {
        return launchRows(kernel, blocks, 1, threads, arguments);
    }

    /** The same with a grid of two dimensions: {@code rows} times as many blocks. */
    Launch launchRows(String kernel, int blocks, int rows, int threads, Object... arguments) {
        CUfunction function = functions.computeIfAbsent(kernel, name -> {
            CUfunction found = new CUfunction();
            Cuda.check(JCudaDriver.cuModuleGetFunction(found, module, name), "finding kernel " + name);
            return found;
        });
        NativePointerObject[] pointers = new NativePointerObject[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            pointers[i] = switch (arguments[i]) {
                case CUdeviceptr pointer -> Pointer.to(pointer);
                case Integer number -> Pointer.to(new int[] {number});
                default -> throw new IllegalArgumentException("argument " + i + " of " + kernel);
            };
        }
        return new Launch(kernel, function, blocks, rows, threads, Pointer.to(pointers));
    }

    /**
     * A kernel with its grid and arguments.
     *
     * @param kernel its name, for messages and times
     */
    record Launch(String kernel, CUfunction function, int blocks, int rows, int threads, Pointer arguments) {
        void on(CUstream stream) {
            Cuda.check(
                    JCudaDriver.cuLaunchKernel(function, blocks, rows, 1, threads, 1, 1, 0, stream, arguments, null),
                    "starting kernel " + kernel);
        }
    }

    @Override
    public void close() {
        // Frees whatever was allocated in it. A card in disorder answers with an error, and there is nothing more to be
        // done about it here.
        JCudaDriver.cuCtxDestroy(context);
    }
}
