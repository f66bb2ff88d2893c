package network.autonomys.farmer.storage.io;

import static network.autonomys.farmer.storage.io.Libc.INT;
import static network.autonomys.farmer.storage.io.Libc.KEEP_ERRNO;
import static network.autonomys.farmer.storage.io.Libc.LONG;
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
import java.lang.invoke.VarHandle;

/**
 * Reads that the kernel does by itself, many at once: io_uring(7) of Linux 5.12 and later. Wishes go into one ring that both sides see, results come
 * back through another; a system call is made only where there is something to wait for. For one thread at a time.
 */
final class IoUring implements AutoCloseable {
    private static final long SETUP = 425;
    private static final long ENTER = 426;
    private static final int ENTER_GETEVENTS = 1;
    /** Linux 5.19: the kernel does not interrupt a busy thread to finish its reads, which are asked for anyway. */
    private static final int SETUP_COOP_TASKRUN = 1 << 8;

    private static final int FEATURE_SINGLE_MMAP = 1;
    private static final int FEATURE_NODROP = 1 << 1;
    /** Linux 5.12, since which rings do not count as locked memory, of which most processes may have very little. */
    private static final int FEATURE_NATIVE_WORKERS = 1 << 9;

    private static final int NEEDED = FEATURE_SINGLE_MMAP | FEATURE_NODROP | FEATURE_NATIVE_WORKERS;

    private static final byte OP_READ = 22;
    private static final int EINTR = 4;
    private static final int EINVAL = 22;

    /** Lengths and places in struct io_uring_params. */
    private static final int PARAMS = 120;

    private static final int FLAGS = 8;
    private static final int FEATURES = 20;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;

    /** Lengths and places in struct io_uring_sqe and io_uring_cqe. */
    private static final int SQE = 64;

    private static final int CQE = 16;

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final long AT_RINGS = 0;
    private static final long AT_SQES = 0x10000000;

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private static final MethodHandle SYSCALL_2 = function(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS),
            KEEP_ERRNO,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL_6 = function(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, INT, INT, INT, LONG, LONG),
            KEEP_ERRNO,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MMAP =
            function("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG), KEEP_ERRNO);
    private static final MethodHandle MUNMAP = function("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private final int descriptor;
    private final int entries;
    private final MemorySegment rings;
    private final MemorySegment sqes;
    private final long sqTail;
    private final int sqMask;
    private final long sqArray;
    private final long cqHead;
    private final long cqTail;
    private final int cqMask;
    private final long cqes;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Libc.allocateState(arena);

    private int tail;
    private int head;
    private int unsubmitted;
    private int underWay;
    private long tag;
    private int result;
    private boolean closed;

    private IoUring(int descriptor, MemorySegment params) throws IOException {
        this.descriptor = descriptor;
        entries = params.get(INT, 0);
        long sqBytes = params.get(INT, SQ_OFFSETS + 24) + 4L * entries;
        long cqBytes = params.get(INT, CQ_OFFSETS + 20) + (long) CQE * params.get(INT, 4);
        rings = map(AT_RINGS, Math.max(sqBytes, cqBytes));
        sqes = map(AT_SQES, (long) SQE * entries);
        sqTail = params.get(INT, SQ_OFFSETS + 4);
        sqMask = rings.get(INT, params.get(INT, SQ_OFFSETS + 8));
        sqArray = params.get(INT, SQ_OFFSETS + 24);
        cqHead = params.get(INT, CQ_OFFSETS);
        cqTail = params.get(INT, CQ_OFFSETS + 4);
        cqMask = rings.get(INT, params.get(INT, CQ_OFFSETS + 8));
        cqes = params.get(INT, CQ_OFFSETS + 20);
        tail = rings.get(INT, sqTail);
        head = rings.get(INT, cqHead);
    }

    /**
     * Opens a pair of rings.
     *
     * @param reads at once, 1 to 4096
     * @throws IOException where the kernel has no io_uring, or does not let us have one; the message says which
     */
    static IoUring open(int reads) throws IOException {
        if (reads < 1 || reads > 4096) {
            throw new IllegalArgumentException(reads + " reads at once");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.allocateState(arena);
            MemorySegment params = arena.allocate(PARAMS, 8);
            params.set(INT, FLAGS, SETUP_COOP_TASKRUN);
            int descriptor = setup(reads, params, state);
            if (descriptor < 0 && errno(state) == EINVAL) {
                params.fill((byte) 0);
                descriptor = setup(reads, params, state);
            }
            if (descriptor < 0) {
                throw failure("no io_uring", errno(state));
            }
            boolean usable = false;
            try {
                if ((params.get(INT, FEATURES) & NEEDED) != NEEDED) {
                    throw new IOException("this io_uring is too old: it takes Linux 5.12");
                }
                IoUring ring = new IoUring(descriptor, params);
                usable = true;
                return ring;
            } finally {
                if (!usable) {
                    closeDescriptor(descriptor);
                }
            }
        }
    }

    private static int setup(int reads, MemorySegment params, MemorySegment state) {
        return (int) (long) call(() -> (long) SYSCALL_2.invokeExact(state, SETUP, reads, params));
    }

    /** Mapped until it is unmapped; where the second cannot be had, the first goes with the process, which is short of memory then. */
    @SuppressWarnings("restricted")
    private MemorySegment map(long which, long bytes) throws IOException {
        int protection = PROT_READ_WRITE;
        int flags = MAP_SHARED_POPULATE;
        long address = call(() -> (long) MMAP.invokeExact(state, 0L, bytes, protection, flags, descriptor, which));
        if (address == -1) {
            throw failure("cannot map the rings of io_uring", errno(state));
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /** Most reads under way at once. */
    int entries() {
        return entries;
    }

    /** Reads that were begun and have not come back by {@link #poll}. */
    int underWay() {
        return underWay;
    }

    /**
     * Writes down a read; {@link #enter} tells the kernel.
     *
     * @param into stays allocated until the read has come back
     * @param mark comes back with the result
     */
    void read(int file, long position, MemorySegment into, long mark) {
        if (underWay == entries || closed) {
            throw new IllegalStateException(closed ? "closed" : underWay + " reads are under way");
        }
        int index = tail & sqMask;
        long at = (long) SQE * index;
        sqes.asSlice(at, SQE).fill((byte) 0);
        sqes.set(ValueLayout.JAVA_BYTE, at, OP_READ);
        sqes.set(INT, at + 4, file);
        sqes.set(LONG, at + 8, position);
        sqes.set(LONG, at + 16, into.address());
        sqes.set(INT, at + 24, (int) into.byteSize());
        sqes.set(LONG, at + 32, mark);
        rings.set(INT, sqArray + 4L * index, index);
        tail++;
        WORD.setRelease(rings, sqTail, tail);
        unsubmitted++;
        underWay++;
    }

    /**
     * Tells the kernel of all reads written down.
     *
     * @param atLeast results to wait for, 0 to {@link #underWay}
     */
    void enter(int atLeast) throws IOException {
        while (unsubmitted > 0 || atLeast > available()) {
            int count = unsubmitted;
            int flags = atLeast > 0 ? ENTER_GETEVENTS : 0;
            long taken =
                    call(() -> (long) SYSCALL_6.invokeExact(state, ENTER, descriptor, count, atLeast, flags, 0L, 0L));
            if (taken >= 0) {
                unsubmitted -= (int) taken;
            } else if (errno(state) != EINTR) {
                throw failure("io_uring takes no reads", errno(state));
            }
        }
    }

    /** True where a read has come back, whose {@link #tag} and {@link #result} are then there. */
    boolean poll() {
        if (available() == 0) {
            return false;
        }
        long at = cqes + (long) CQE * (head & cqMask);
        tag = rings.get(LONG, at);
        result = rings.get(INT, at + 8);
        head++;
        WORD.setRelease(rings, cqHead, head);
        underWay--;
        return true;
    }

    private int available() {
        return (int) WORD.getAcquire(rings, cqTail) - head;
    }

    /** The mark of the read that {@link #poll} has found. */
    long tag() {
        return tag;
    }

    /** Bytes that were read, or an error of the operating system below 0. */
    int result() {
        return result;
    }

    /** Reads that the kernel knows of, and whose memory it may write to. */
    int submitted() {
        return underWay - unsubmitted;
    }

    /** Gives the rings back; the kernel may know of no read that is under way. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (submitted() > 0) {
            throw new IllegalStateException(submitted() + " reads are under way");
        }
        closed = true;
        for (MemorySegment mapped : new MemorySegment[] {sqes, rings}) {
            long address = mapped.address();
            long bytes = mapped.byteSize();
            int ignored = call(() -> (int) MUNMAP.invokeExact(address, bytes));
        }
        closeDescriptor(descriptor);
        arena.close();
    }

    private static void closeDescriptor(int descriptor) {
        int ignored = call(() -> (int) CLOSE.invokeExact(descriptor));
    }
}
