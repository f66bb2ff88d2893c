package network.autonomys.farmer.storage.io;

import static network.autonomys.farmer.storage.io.Libc.INT;
import static network.autonomys.farmer.storage.io.Libc.KEEP_ERRNO;
import static network.autonomys.farmer.storage.io.Libc.LONG;
import static network.autonomys.farmer.storage.io.Libc.allocateState;
import static network.autonomys.farmer.storage.io.Libc.call;
import static network.autonomys.farmer.storage.io.Libc.errno;
import static network.autonomys.farmer.storage.io.Libc.failure;
import static network.autonomys.farmer.storage.io.Libc.function;

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
    /** Past the page cache; the only one of these figures that is not the same on all processors. */
    private static final int O_DIRECT = System.getProperty("os.arch").matches("aarch64|arm.*") ? 0x10000 : 0x4000;
    /** A child process must not keep the file, nor a lock on it. */
    private static final int O_CLOEXEC = 0x80000;

    private static final int LOCK_EX_NB = 2 | 4;
    private static final int EWOULDBLOCK = 11;
    private static final int POSIX_FADV_DONTNEED = 4;

    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
            KEEP_ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT), KEEP_ERRNO);
    private static final MethodHandle FLOCK = function("flock", FunctionDescriptor.of(INT, INT, INT), KEEP_ERRNO);
    private static final MethodHandle FALLOCATE =
            function("posix_fallocate", FunctionDescriptor.of(INT, INT, LONG, LONG));
    private static final MethodHandle ADVISE =
            function("posix_fadvise", FunctionDescriptor.of(INT, INT, LONG, LONG, INT));

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
     * Opens an existing file for reading and writing.
     *
     * @throws IOException where that cannot be; the message says why
     */
    public static NativeFile openForWriting(Path path) throws IOException {
        return open(path, O_RDWR);
    }

    /**
     * Opens an existing file for reading past the page cache: in whole pages, to memory that is aligned like them.
     *
     * @throws IOException where that cannot be, or the file system does not offer it; the message says why
     */
    public static NativeFile openDirect(Path path) throws IOException {
        return open(path, O_RDONLY | O_DIRECT);
    }

    private static NativeFile open(Path path, int access) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = allocateState(arena);
            MemorySegment name = arena.allocateFrom(path.toString());
            int descriptor = call(() -> (int) OPEN.invokeExact(state, name, access | O_CLOEXEC));
            if (descriptor < 0) {
                throw failure("cannot open " + path, errno(state));
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
            MemorySegment state = allocateState(arena);
            if (call(() -> (int) FLOCK.invokeExact(state, fd, LOCK_EX_NB)) == 0) {
                return true;
            }
            if (errno(state) == EWOULDBLOCK) {
                return false;
            }
            throw failure("cannot lock " + path, errno(state));
        }
    }

    /**
     * Makes the file at least this long, with its space really taken on disk: posix_fallocate(3).
     *
     * @throws IOException where the space is not there
     */
    public void reserve(long bytes) throws IOException {
        int fd = descriptor();
        int error = call(() -> (int) FALLOCATE.invokeExact(fd, 0L, bytes));
        if (error != 0) {
            throw failure("cannot reserve " + bytes + " bytes for " + path, error);
        }
    }

    /** Makes the kernel forget the pages of the file that are on disk too: posix_fadvise(2), which needs no rights. */
    public void dropCachedPages() throws IOException {
        int fd = descriptor();
        int error = call(() -> (int) ADVISE.invokeExact(fd, 0L, 0L, POSIX_FADV_DONTNEED));
        if (error != 0) {
            throw failure("cannot drop the pages of " + path, error);
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
            MemorySegment state = allocateState(arena);
            if (call(() -> (int) CLOSE.invokeExact(state, descriptor)) != 0) {
                throw failure("cannot close " + path, errno(state));
            }
        }
    }

    /** What the operating system calls the file by, while it is open. */
    int descriptor() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        return descriptor;
    }
}
