package network.autonomys.farmer.runtime.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Lowers the priority of the calling thread by the system call, since Java's own priorities do nothing on Linux without privileges. Plotting
 * runs at low priority, so that farming never waits for it.
 */
public final class ThreadNice {
    /** The lowest priority. */
    public static final int LOWEST = 19;

    private static final int PRIO_PROCESS = 0;
    private static final MethodHandle SET_PRIORITY = setPriority();

    private ThreadNice() {}

    /**
     * Sets the calling platform thread's niceness; on Linux it is the thread's own.
     *
     * @param nice 0 to 19, higher is less urgent
     * @return false where the system refused
     */
    public static boolean lower(int nice) {
        if (nice < 0 || nice > LOWEST || Thread.currentThread().isVirtual()) {
            throw new IllegalArgumentException("niceness " + nice + " of " + Thread.currentThread());
        }
        try {
            return (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, 0, nice) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle setPriority() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("setpriority").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
