package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads of one file that the kernel has at once, each with a buffer of its own. One thread keeps a disk as busy as many that wait for a read each, and
 * for less than half of the processor time. For the thread that made it.
 */
final class ReadQueue implements AutoCloseable {
    // struct iocb of io_submit(2)
    private static final int REQUEST = 64;
    private static final int REQUEST_SLOT = 0;
    private static final int REQUEST_FILE = 20;
    private static final int REQUEST_BUFFER = 24;
    private static final int REQUEST_LENGTH = 32;
    private static final int REQUEST_POSITION = 40;
    // struct io_event of io_getevents(2)
    private static final int EVENT = 32;
    private static final int EVENT_SLOT = 0;
    private static final int EVENT_RESULT = 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final ReadContext context;
    private final NativeFile file;
    private final int window;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(SystemCalls.STATE);
    private final MemorySegment requests;
    private final MemorySegment buffers;
    private final MemorySegment events;
    /** Addresses of the requests that have not begun. */
    private final MemorySegment waiting;

    private int waitingCount;
    private final int[] free;
    private int freeCount;
    private final int[] tags;
    private int underWay;

    /** Takes what was read, all or a part of it. */
    @FunctionalInterface
    interface Reader {
        /**
         * A read has ended.
         *
         * @param tag as given to {@link #add}
         * @param bytes how many were read; below 0 where the read has failed
         */
        void take(int tag, MemorySegment buffer, int bytes) throws IOException;
    }

    /**
     * @param file opened for whole pages
     * @param window most bytes of a read
     */
    ReadQueue(ReadContext context, NativeFile file, int window) {
        this.context = context;
        this.file = file;
        this.window = window;
        int depth = context.depth();
        requests = arena.allocate((long) REQUEST * depth, Long.BYTES);
        buffers = arena.allocate((long) window * depth, DirectFile.PAGE);
        events = arena.allocate((long) EVENT * depth, Long.BYTES);
        waiting = arena.allocate(LONG, depth);
        free = new int[depth];
        tags = new int[depth];
        for (int slot = 0; slot < depth; slot++) {
            free[freeCount++] = slot;
        }
    }

    /** Whether one more read can be added. */
    boolean hasRoom() {
        return freeCount > 0;
    }

    /** Whether there are reads that {@link #advance} will bring. */
    boolean isEmpty() {
        return waitingCount + underWay == 0;
    }

    /**
     * Adds a read; it begins with the next {@link #advance}.
     *
     * @param position a multiple of 4096, as is the length
     */
    void add(int tag, long position, int length) {
        int slot = free[--freeCount];
        tags[slot] = tag;
        long at = (long) REQUEST * slot;
        requests.asSlice(at, REQUEST).fill((byte) 0);
        requests.set(LONG, at + REQUEST_SLOT, slot);
        // The operation is number 0, a read.
        requests.set(INT, at + REQUEST_FILE, file.descriptor());
        requests.set(LONG, at + REQUEST_BUFFER, buffers.address() + (long) window * slot);
        requests.set(LONG, at + REQUEST_LENGTH, length);
        requests.set(LONG, at + REQUEST_POSITION, position);
        waiting.setAtIndex(LONG, waitingCount++, requests.address() + at);
    }

    /**
     * Begins what was added, waits for a part of what is under way, and passes it on.
     *
     * @throws ReadContext.RefusedException where the kernel does not read in this way
     * @throws IOException from the reader
     */
    void advance(Reader reader) throws IOException {
        begin();
        int ended = context.await(state, Math.min(underWay, context.depth() / 4), context.depth(), events);
        underWay -= ended;
        for (int i = 0; i < ended; i++) {
            free[freeCount + i] = (int) events.get(LONG, (long) EVENT * i + EVENT_SLOT);
        }
        // No slot is taken before all are read.
        freeCount += ended;
        for (int i = 0; i < ended; i++) {
            int slot = (int) events.get(LONG, (long) EVENT * i + EVENT_SLOT);
            reader.take(tags[slot], buffers.asSlice((long) window * slot, window), (int)
                    events.get(LONG, (long) EVENT * i + EVENT_RESULT));
        }
    }

    private void begin() throws ReadContext.RefusedException {
        int begun = 0;
        while (begun < waitingCount) {
            int more = context.submit(state, waitingCount - begun, waiting.asSlice((long) Long.BYTES * begun));
            if (more == 0 && underWay == 0) {
                throw new ReadContext.RefusedException(new IOException("no read can begin"));
            }
            if (more == 0) {
                break;
            }
            begun += more;
            underWay += more;
        }
        waitingCount -= begun;
        MemorySegment.copy(waiting, (long) Long.BYTES * begun, waiting, 0, (long) Long.BYTES * waitingCount);
    }

    /** Waits for all reads that have begun: the kernel writes to no buffer afterwards. */
    @Override
    public void close() throws IOException {
        while (underWay > 0) {
            underWay -= context.await(state, underWay, context.depth(), events);
        }
        arena.close();
    }
}
