package network.autonomys.farmer.runtime.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Lowers the priority of the calling thread by the system call, since Java's own priorities do nothing on Linux without privileges. Plotting
 * runs at low priority, so that farming never waits for it.
 */
public final class ThreadNice {
    /** The lowest priority. */
    public static final int LOWEST = 19;

    private static final int PRIO_PROCESS = 0;
    private static final MethodHandle GET_PRIORITY = libc("getpriority", 2);
    private static final MethodHandle SET_PRIORITY = libc("setpriority", 3);

    private ThreadNice() {}

    /**
     * Makes the calling platform thread at least so nice; on Linux niceness is the thread's own. One that is nicer already, as in a process that was started with
     * a niceness of its own, stays as it is.
     *
     * @param nice 0 to 19, higher is less urgent
     * @return false where the system refused
     */
    public static boolean lower(int nice) {
        if (nice < 0 || nice > LOWEST || Thread.currentThread().isVirtual()) {
            throw new IllegalArgumentException("niceness " + nice + " of " + Thread.currentThread());
        }
        try {
            return (int) GET_PRIORITY.invokeExact(PRIO_PROCESS, 0) >= nice
                    || (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, 0, nice) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** A function of so many ints that returns one. */
    @SuppressWarnings("restricted")
    private static MethodHandle libc(String name, int ints) {
        MemoryLayout[] arguments = new MemoryLayout[ints];
        Arrays.fill(arguments, ValueLayout.JAVA_INT);
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
