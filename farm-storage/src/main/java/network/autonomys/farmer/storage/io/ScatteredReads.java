package network.autonomys.farmer.storage.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads many small pieces of a file by many reads at once, each of whole pages. Pieces that lie close together are read in one go: a disk gives
 * {@value #WINDOW} bytes hardly later than a single page. One thread has the kernel read in the background where it does that, else many threads wait
 * for a read each.
 */
public final class ScatteredReads {
    private static final int WINDOW = 16 * 1024;

    private final StoreFile file;
    private final @Nullable ReadContexts contexts;
    private final ExecutorService executor;
    private final int reads;

    /**
     * Reads from a file.
     *
     * @param executor whose threads read; the caller keeps it
     * @param reads by how many threads at once where the kernel does not read in the background, at least 1
     */
    public ScatteredReads(DirectFile file, ExecutorService executor, int reads) {
        this(file, file.contexts(), executor, reads);
    }

    /** @param contexts null to read by threads */
    ScatteredReads(DirectFile file, @Nullable ReadContexts contexts, ExecutorService executor, int reads) {
        this.file = file.file();
        this.contexts = contexts;
        this.executor = executor;
        this.reads = reads;
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
        private volatile boolean stopped;
        /** A task may add others before it ends. */
        private final Queue<Future<Boolean>> tasks = new ConcurrentLinkedQueue<>();

        private Reading(long base, long[] offsets, int size) {
            this.base = base;
            this.offsets = offsets;
            this.size = size;
            runs = runs(base, offsets, size);
            gathered = MemorySegment.ofArray(new byte[Math.multiplyExact(size, offsets.length)]);
        }

        private void start() throws IOException {
            if (contexts != null) {
                startOne(() -> workInBackground(contexts));
            } else {
                startThreads(reads);
            }
        }

        private void startThreads(int count) throws IOException {
            for (int i = 0; i < Math.min(count, runs.size()); i++) {
                startOne(this::work);
            }
        }

        private void startOne(Callable<Boolean> task) throws IOException {
            try {
                tasks.add(executor.submit(task));
            } catch (RejectedExecutionException e) {
                throw new IOException(file.path() + ": its readers are stopping", e);
            }
        }

        /** All reads by one thread, which has the kernel do many at once; or by this and others where the kernel does not do that. */
        private boolean workInBackground(ReadContexts contexts) throws IOException {
            ReadContexts.Lent lent = contexts.borrow();
            if (lent != null) {
                try (ReadQueue queue = new ReadQueue(lent.context(), lent.file(), WINDOW)) {
                    workInBackground(queue);
                    return true;
                } catch (ReadContext.RefusedException e) {
                    contexts.refused(e);
                    next.set(0);
                } finally {
                    contexts.giveBack(lent);
                }
            }
            startThreads(reads - 1);
            return work();
        }

        private void workInBackground(ReadQueue queue) throws IOException {
            while (true) {
                while (queue.hasRoom() && !stopped && next.get() < runs.size()) {
                    int i = next.getAndIncrement();
                    queue.add(i, start(runs.get(i)), length(runs.get(i)));
                }
                if (queue.isEmpty()) {
                    return;
                }
                queue.advance(this::take);
            }
        }

        private void take(int number, MemorySegment window, int bytes) throws IOException {
            Run run = runs.get(number);
            if (bytes >= end(run) - start(run)) {
                copy(run, window);
            } else if (!stopped) {
                // Whatever is wrong, the end of the file or a fault, shows again where it is told as an exception.
                read(run, window());
            }
        }

        private boolean work() throws IOException {
            ByteBuffer window = window();
            for (int i = next.getAndIncrement(); i < runs.size() && !stopped; i = next.getAndIncrement()) {
                read(runs.get(i), window);
            }
            return true;
        }

        private void read(Run run, ByteBuffer window) throws IOException {
            long start = start(run);
            int have = file.readUpTo(window.clear().limit(length(run)), start);
            if (have < end(run) - start) {
                throw new EOFException(file.path() + " ends at " + (start + have) + ", before " + end(run));
            }
            copy(run, MemorySegment.ofBuffer(window.clear()));
        }

        private void copy(Run run, MemorySegment window) {
            long start = start(run);
            for (int i = run.from; i < run.to; i++) {
                MemorySegment.copy(window, base + offsets[i] - start, gathered, (long) size * i, size);
            }
        }

        private long start(Run run) {
            return pageOf(base + offsets[run.from]);
        }

        private long end(Run run) {
            return base + offsets[run.to - 1] + size;
        }

        /** Bytes of whole pages. */
        private int length(Run run) {
            return Math.toIntExact(pageOf(end(run) + DirectFile.PAGE - 1) - start(run));
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
            awaitAll();
            MemorySegment.copy(gathered, 0, into, 0, gathered.byteSize());
        }

        /** All threads have ended when this returns: nobody writes to the buffer after that. */
        private void awaitAll() throws IOException {
            IOException failure = null;
            boolean interrupted = false;
            for (Future<Boolean> task = tasks.peek(); task != null; task = tasks.peek()) {
                try {
                    task.get();
                    tasks.remove();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopped = true;
                } catch (ExecutionException e) {
                    failure = failure == null ? asIo(e) : failure;
                    stopped = true;
                    tasks.remove();
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

        /** Begins no further read, and waits for those that have begun: the file may be closed afterwards. */
        @Override
        public void close() {
            stopped = true;
            boolean interrupted = false;
            for (Future<Boolean> task = tasks.peek(); task != null; task = tasks.peek()) {
                try {
                    task.get();
                    tasks.remove();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    // Whoever awaited has heard of it; nobody else wants these bytes.
                    tasks.remove();
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

    private static IOException asIo(ExecutionException failure) {
        return failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
    }

    private static ByteBuffer window() {
        return ByteBuffer.allocateDirect(WINDOW + DirectFile.PAGE).alignedSlice(DirectFile.PAGE);
    }

    private static long pageOf(long position) {
        return position / DirectFile.PAGE * DirectFile.PAGE;
    }
}
