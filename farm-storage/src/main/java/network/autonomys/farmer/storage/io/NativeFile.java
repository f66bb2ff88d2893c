package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** An open file of the operating system, for what Linux offers and Java's files do not. Not for use by several threads at once. */
public final class NativeFile implements AutoCloseable {
    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    /** The kernel's number is another one on some processors. */
    private static final int O_DIRECT = System.getProperty("os.arch", "").equals("aarch64") ? 0x10000 : 0x4000;
    /** A child process must not keep the file, nor a lock on it. */
    private static final int O_CLOEXEC = 0x80000;

    private static final int LOCK_EX_NB = 2 | 4;
    private static final int EWOULDBLOCK = 11;
    private static final int POSIX_FADV_DONTNEED = 4;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle OPEN = SystemCalls.function(
            "open",
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
            SystemCalls.KEEP_ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            SystemCalls.function("close", FunctionDescriptor.of(INT, INT), SystemCalls.KEEP_ERRNO);
    private static final MethodHandle FLOCK =
            SystemCalls.function("flock", FunctionDescriptor.of(INT, INT, INT), SystemCalls.KEEP_ERRNO);
    private static final MethodHandle FALLOCATE =
            SystemCalls.function("posix_fallocate", FunctionDescriptor.of(INT, INT, LONG, LONG));
    private static final MethodHandle ADVISE =
            SystemCalls.function("posix_fadvise", FunctionDescriptor.of(INT, INT, LONG, LONG, INT));

    private final Path path;
    private final int descriptor;
    private boolean closed;

    private NativeFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Opens an existing file for reading.
     *
     * @throws IOException where that cannot be; the message says why
     */
    public static NativeFile openForReading(Path path) throws IOException {
        return open(path, O_RDONLY);
    }

    /**
     * Opens an existing file for reading past the page cache, in whole pages.
     *
     * @throws IOException where that cannot be; the message says why
     */
    static NativeFile openForReadingPages(Path path) throws IOException {
        return open(path, O_RDONLY | O_DIRECT);
    }

    /**
     * Opens an existing file for reading and writing.
     *
     * @throws IOException where that cannot be; the message says why
     */
    public static NativeFile openForWriting(Path path) throws IOException {
        return open(path, O_RDWR);
    }

    private static NativeFile open(Path path, int access) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.STATE);
            MemorySegment name = arena.allocateFrom(path.toString());
            int descriptor = SystemCalls.call(() -> (int) OPEN.invokeExact(state, name, access | O_CLOEXEC));
            if (descriptor < 0) {
                throw SystemCalls.failure("cannot open " + path, SystemCalls.errno(state));
            }
            return new NativeFile(path, descriptor);
        }
    }

    /**
     * Takes the exclusive lock of flock(2), which lasts until this file is closed; Java's own locks are of another kind, which flock does not
     * see.
     *
     * @return false where somebody else has it
     * @throws IOException where the file system cannot lock
     */
    public boolean tryLock() throws IOException {
        int fd = descriptor();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.STATE);
            if (SystemCalls.call(() -> (int) FLOCK.invokeExact(state, fd, LOCK_EX_NB)) == 0) {
                return true;
            }
            if (SystemCalls.errno(state) == EWOULDBLOCK) {
                return false;
            }
            throw SystemCalls.failure("cannot lock " + path, SystemCalls.errno(state));
        }
    }

    /**
     * Makes the file at least this long, with its space really taken on disk: posix_fallocate(3).
     *
     * @throws IOException where the space is not there
     */
    public void reserve(long bytes) throws IOException {
        int fd = descriptor();
        int error = SystemCalls.call(() -> (int) FALLOCATE.invokeExact(fd, 0L, bytes));
        if (error != 0) {
            throw SystemCalls.failure("cannot reserve " + bytes + " bytes for " + path, error);
        }
    }

    /** Makes the kernel forget the pages of the file that are on disk too: posix_fadvise(2), which needs no rights. */
    public void dropCachedPages() throws IOException {
        int fd = descriptor();
        int error = SystemCalls.call(() -> (int) ADVISE.invokeExact(fd, 0L, 0L, POSIX_FADV_DONTNEED));
        if (error != 0) {
            throw SystemCalls.failure("cannot drop the pages of " + path, error);
        }
    }

    /** Closes the file, once. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        // Linux frees the descriptor whatever close says; a second one could hit a file of somebody else.
        closed = true;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.STATE);
            if (SystemCalls.call(() -> (int) CLOSE.invokeExact(state, descriptor)) != 0) {
                throw SystemCalls.failure("cannot close " + path, SystemCalls.errno(state));
            }
        }
    }

    /** The number by which the kernel knows the open file. */
    int descriptor() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        return descriptor;
    }
}
