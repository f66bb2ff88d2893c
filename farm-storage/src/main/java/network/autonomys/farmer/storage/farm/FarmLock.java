package network.autonomys.farmer.storage.farm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The exclusive lock of a farm: flock(2) on its info file, which the reference farmer takes too (sectors-farms §7.3). Java's own file locks are
 * of another kind that flock does not see.
 */
final class FarmLock implements AutoCloseable {
    /** O_RDWR | O_CLOEXEC: a child process must not keep the lock. */
    private static final int OPEN_FLAGS = 2 | 0x80000;

    private static final int LOCK_EX_NB = 2 | 4;
    private static final MethodHandle OPEN = handle(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle FLOCK =
            handle("flock", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private int descriptor;

    private FarmLock(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Takes the lock.
     *
     * @param info the farm's info file, which exists
     * @throws FarmException where somebody has it
     */
    static FarmLock take(Path info) throws FarmException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(info.toString()), OPEN_FLAGS);
            if (descriptor < 0) {
                throw new FarmException(FarmException.Kind.MISSING, "cannot open " + info + " to lock it");
            }
            if ((int) FLOCK.invokeExact(descriptor, LOCK_EX_NB) != 0) {
                int closed = (int) CLOSE.invokeExact(descriptor);
                throw new FarmException(
                        FarmException.Kind.LOCKED,
                        "the farm of " + info + " is likely in use by another process"
                                + (closed == 0 ? "" : " (and its file could not be closed)"));
            }
            return new FarmLock(descriptor);
        } catch (FarmException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (descriptor < 0) {
            return;
        }
        try {
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (closed != 0) {
                throw new IllegalStateException("close of the lock file failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            descriptor = -1;
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
    }
}
