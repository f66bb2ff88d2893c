package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** How functions of the operating system are called. */
final class SystemCalls {
    /** Where a call that is made with {@link #KEEP_ERRNO} leaves its error, by way of its first argument. */
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();

    static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");

    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle STRERROR =
            function("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private SystemCalls() {}

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

    @SuppressWarnings("restricted")
    static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
    }

    /** The error of the last failed call. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** An exception that says what the operating system says. */
    @SuppressWarnings("restricted")
    static IOException failure(String what, int error) {
        MemorySegment text = call(() -> (MemorySegment) STRERROR.invokeExact(error));
        return new IOException(what + ": " + text.reinterpret(Long.MAX_VALUE).getString(0));
    }
}
