package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many small pieces of a file by many reads at once, past the page cache. Pieces that lie close together are read in one go: a disk gives
 * {@value #WINDOW} bytes hardly later than a single page.
 */
public final class ScatteredReads {
    private static final int WINDOW = 16 * 1024;
    /** Reads under way of a thread that has the kernel do many. */
    private static final int AT_ONCE = 128;

    private static final Logger LOG = LoggerFactory.getLogger(ScatteredReads.class);

    private final DirectFile file;
    private final ReadMethod method;
    private final ExecutorService executor;
    private final int threads;

    /**
     * Reads from a file.
     *
     * @param file stays open while anything is read; it is read by handles of their own
     * @param executor whose threads read; the caller keeps it
     * @param threads how many of them, at least 1; where each has many reads under way, one does
     */
    public ScatteredReads(DirectFile file, ReadMethod method, ExecutorService executor, int threads) {
        this.file = file;
        this.method = method;
        this.executor = executor;
        this.threads = method == ReadMethod.RING ? 1 : threads;
    }

    /** Pieces from {@code from} to before {@code to} that one read covers. */
    private record Run(int from, int to) {}

    /**
     * Begins to read pieces of one size.
     *
     * @param base position from which the offsets count
     * @param offsets where the pieces begin, ascending
     * @param size bytes of a piece, at most a page
     * @return the reads under way; the caller closes it
     * @throws IOException where the executor takes no more work
     */
    public Reading begin(long base, long[] offsets, int size) throws IOException {
        if (size < 1 || size > DirectFile.PAGE) {
            throw new IllegalArgumentException("pieces of " + size + " bytes");
        }
        Reading reading = new Reading(base, offsets, size);
        boolean begun = false;
        try {
            reading.start();
            begun = true;
            return reading;
        } finally {
            if (!begun) {
                reading.close();
            }
        }
    }

    /** Reads that are under way on the executor's threads. For one thread. */
    public final class Reading implements AutoCloseable {
        private final long base;
        private final long[] offsets;
        private final int size;
        private final List<Run> runs;
        /** The caller's buffer may be one that only its own thread can reach. */
        private final MemorySegment gathered;

        private final AtomicInteger next = new AtomicInteger();
        private final List<Future<Boolean>> tasks = new ArrayList<>();

        private Reading(long base, long[] offsets, int size) {
            this.base = base;
            this.offsets = offsets;
            this.size = size;
            runs = runs(base, offsets, size);
            gathered = MemorySegment.ofArray(new byte[Math.multiplyExact(size, offsets.length)]);
        }

        private void start() throws IOException {
            try {
                for (int i = 0; i < Math.min(threads, runs.size()); i++) {
                    tasks.add(executor.submit(this::work));
                }
            } catch (RejectedExecutionException e) {
                throw new IOException(file.path() + ": its readers are stopping", e);
            }
        }

        private boolean work() throws IOException {
            try (PageReads reads = open(Math.min(AT_ONCE, runs.size()))) {
                Run[] reading = new Run[reads.slots()];
                int underWay = 0;
                for (int slot = 0; slot < reading.length && begin(reads, reading, slot); slot++) {
                    underWay++;
                }
                IOException failure = null;
                while (underWay > 0) {
                    int slot = reads.next();
                    try {
                        copy(reading[slot], reads.bytes(slot));
                    } catch (IOException e) {
                        failure = failure == null ? e : failure;
                        next.set(runs.size());
                    }
                    if (!begin(reads, reading, slot)) {
                        underWay--;
                    }
                }
                if (failure != null) {
                    throw failure;
                }
                return true;
            }
        }

        /** Begins the next read; false where there is none left. */
        private boolean begin(PageReads reads, Run[] reading, int slot) throws IOException {
            int i = next.getAndIncrement();
            if (i >= runs.size()) {
                return false;
            }
            Run run = runs.get(i);
            long start = offsets[run.from];
            reading[slot] = run;
            reads.begin(slot, base + start, Math.toIntExact(offsets[run.to - 1] + size - start));
            return true;
        }

        private void copy(Run run, MemorySegment bytes) {
            for (int i = run.from; i < run.to; i++) {
                MemorySegment.copy(bytes, offsets[i] - offsets[run.from], gathered, (long) size * i, size);
            }
        }

        /**
         * Waits for all pieces.
         *
         * @param into receives the pieces one after the other
         * @throws IOException where one of them cannot be read
         */
        public void await(MemorySegment into) throws IOException {
            if (into.byteSize() < gathered.byteSize()) {
                throw new IllegalArgumentException(gathered.byteSize() + " bytes into " + into.byteSize());
            }
            awaitAll(tasks, next, runs.size());
            MemorySegment.copy(gathered, 0, into, 0, gathered.byteSize());
        }

        /** Begins no further read, and waits for those that have begun: the file may be closed afterwards. */
        @Override
        public void close() {
            next.set(runs.size());
            boolean interrupted = false;
            for (Future<Boolean> task : tasks) {
                while (!task.isDone()) {
                    try {
                        task.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        // Whoever awaited has heard of it; nobody else wants these bytes.
                        break;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Run> runs(long base, long[] offsets, int size) {
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < offsets.length; ) {
            long start = pageOf(base + offsets[from]);
            int to = from + 1;
            while (to < offsets.length
                    && offsets[to] >= offsets[to - 1]
                    && base + offsets[to] + size - start <= WINDOW) {
                to++;
            }
            runs.add(new Run(from, to));
            from = to;
        }
        return runs;
    }

    /** A process that has no descriptor left must not take its disks for damaged: it reads by the handle that it has. */
    private PageReads open(int atOnce) {
        try {
            return method.openDirect(file.path(), atOnce, WINDOW);
        } catch (IOException e) {
            LOG.warn("Reads one after the other: {}", e.getMessage());
            return PlainReads.sharing(file, WINDOW);
        }
    }

    /** All threads have ended when this returns: nobody writes to the buffer after that. */
    private static void awaitAll(List<Future<Boolean>> tasks, AtomicInteger next, int end) throws IOException {
        IOException failure = null;
        boolean interrupted = false;
        for (Future<Boolean> task : tasks) {
            boolean done = false;
            while (!done) {
                try {
                    task.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    next.set(end);
                } catch (ExecutionException e) {
                    failure = failure == null ? asIo(e) : failure;
                    next.set(end);
                    done = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static IOException asIo(ExecutionException failure) {
        return failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
    }

    private static long pageOf(long position) {
        return position / DirectFile.PAGE * DirectFile.PAGE;
    }
}
