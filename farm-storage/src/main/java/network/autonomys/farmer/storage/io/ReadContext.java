package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A place in the kernel for reads under way: io_setup(2). Reads of a file past the page cache are begun there without waiting, many by one call, and
 * what has ended is asked for, again many by one call. For one thread at a time.
 */
final class ReadContext implements AutoCloseable {
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    /** glibc has no functions of these names. */
    private static final MethodHandle CALL = SystemCalls.function(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG),
            SystemCalls.KEEP_ERRNO,
            Linker.Option.firstVariadicArg(1));

    /** The kernel does not read in this way. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(IOException reason) {
            super(reason.getMessage(), reason);
        }
    }

    /** The kernel's numbers for its calls. */
    private record Numbers(long setup, long destroy, long submit, long events) {}

    private final Numbers numbers;
    private final int depth;
    private final long id;

    private ReadContext(Numbers numbers, int depth, long id) {
        this.numbers = numbers;
        this.depth = depth;
        this.id = id;
    }

    /**
     * Makes a context.
     *
     * @param depth reads that may be under way at once
     * @throws IOException where the kernel has none to give, or the processor is one for which its numbers are not known here
     */
    static ReadContext open(int depth) throws IOException {
        Numbers numbers = switch (System.getProperty("os.arch", "")) {
            case "amd64" -> new Numbers(206, 207, 209, 208);
            case "aarch64" -> new Numbers(0, 1, 2, 4);
            default -> throw new IOException("no reads in the background on this processor");
        };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.STATE);
            MemorySegment id = arena.allocate(LONG);
            long result = call(state, numbers.setup, depth, id.address(), 0, 0, 0);
            if (result < 0) {
                throw SystemCalls.failure("cannot read in the background", SystemCalls.errno(state));
            }
            return new ReadContext(numbers, depth, id.get(LONG, 0));
        }
    }

    /** Reads that may be under way at once. */
    int depth() {
        return depth;
    }

    /**
     * Begins reads.
     *
     * @param requests addresses of requests
     * @return how many of them have begun, from the first; 0 where the kernel takes more only when others have ended
     * @throws RefusedException where the kernel refuses the first
     */
    int submit(MemorySegment state, int count, MemorySegment requests) throws RefusedException {
        long begun = call(state, numbers.submit, id, count, requests.address(), 0, 0);
        if (begun >= 0) {
            return (int) begun;
        }
        int error = SystemCalls.errno(state);
        if (error == EAGAIN || error == EINTR) {
            return 0;
        }
        throw new RefusedException(SystemCalls.failure("cannot begin to read", error));
    }

    /**
     * Waits for reads.
     *
     * @param least so many must have ended
     * @param most room in {@code events}
     * @return how many have ended
     */
    int await(MemorySegment state, int least, int most, MemorySegment events) throws IOException {
        while (true) {
            long ended = call(state, numbers.events, id, least, most, events.address(), 0);
            if (ended >= 0) {
                return (int) ended;
            }
            if (SystemCalls.errno(state) != EINTR) {
                throw SystemCalls.failure("cannot wait for reads", SystemCalls.errno(state));
            }
        }
    }

    /** Waits for reads under way; nobody asks for them any more. */
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            call(arena.allocate(SystemCalls.STATE), numbers.destroy, id, 0, 0, 0, 0);
        }
    }

    private static long call(MemorySegment state, long number, long a, long b, long c, long d, long e) {
        return SystemCalls.call(() -> (long) CALL.invokeExact(state, number, a, b, c, d, e));
    }
}
