package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Calls of the C library: finding functions, and what they say of errors. */
final class Libc {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    /** The option of functions that set errno; their first argument is a segment of {@link #allocateState}. */
    static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");

    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle STRERROR = function("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, INT));

    private Libc() {}

    /** A call of a function of the operating system, which throws nothing. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws Throwable;
    }

    static <T> T call(Call<T> function) {
        try {
            return function.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Where a call leaves its errno. */
    static MemorySegment allocateState(SegmentAllocator allocator) {
        return allocator.allocate(STATE);
    }

    /** The errno of a call that has failed. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** An error of the operating system, in words. */
    @SuppressWarnings("restricted")
    static IOException failure(String what, int error) {
        MemorySegment text = call(() -> (MemorySegment) STRERROR.invokeExact(error));
        return new IOException(what + ": " + text.reinterpret(Long.MAX_VALUE).getString(0));
    }

    @SuppressWarnings("restricted")
    static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
    }
}
