package network.autonomys.farmer.storage.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** Many reads at once by the kernel itself, past the page cache where the file system can do that. */
final class RingReads implements PageReads {
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private final Path path;
    private final NativeFile file;
    private final IoUring ring;
    /** Left to the kernel for ever where reads are under way when this is closed. */
    private final Arena arena = Arena.ofShared();

    private final MemorySegment buffer;
    /** Reads begin and end at multiples of this many bytes. */
    private final int unit;

    private final int slotBytes;
    private final int slots;
    private final int batch;
    private final int[] lengths;
    private final long[] positions;
    private final int[] done;
    private final int[] errors;
    private final boolean[] busy;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private RingReads(Path path, NativeFile file, IoUring ring, int unit, int slots, int bytes) {
        this.path = path;
        this.file = file;
        this.ring = ring;
        this.unit = unit;
        this.slots = slots;
        // With what nobody asked for at both ends.
        this.slotBytes = (bytes + 2 * unit - 2) / unit * unit;
        this.buffer = arena.allocate((long) slotBytes * slots, DirectFile.PAGE);
        this.batch = Math.max(1, slots / 4);
        this.lengths = new int[slots];
        this.positions = new long[slots];
        this.done = new int[slots];
        this.errors = new int[slots];
        this.busy = new boolean[slots];
    }

    /**
     * Opens a file for reading past the page cache, where the file system can do that.
     *
     * @param slots reads at once, 1 to 4096
     * @param bytes of the longest read
     * @throws IOException where the file cannot be opened or the kernel gives no ring
     */
    static RingReads openDirect(Path path, int slots, int bytes) throws IOException {
        NativeFile file;
        try {
            file = NativeFile.openDirect(path);
        } catch (IOException e) {
            // Memory file systems refuse direct access; whatever else is wrong will show again.
            file = NativeFile.openForReading(path);
        }
        return over(path, file, DirectFile.PAGE, slots, bytes);
    }

    /** As {@link #openDirect}, but through the page cache. */
    static RingReads openCached(Path path, int slots, int bytes) throws IOException {
        return over(path, NativeFile.openForReading(path), 1, slots, bytes);
    }

    private static RingReads over(Path path, NativeFile file, int unit, int slots, int bytes) throws IOException {
        try {
            return new RingReads(path, file, IoUring.open(slots), unit, slots, bytes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void begin(int slot, long position, int length) throws IOException {
        lock.lock();
        try {
            requireOpen();
            if (busy[slot]) {
                throw new IllegalStateException("slot " + slot + " is not free");
            }
            int skip = skip(position);
            if (position < 0 || length < 1 || skip + length > slotBytes) {
                throw new IllegalArgumentException(length + " bytes at " + position);
            }
            positions[slot] = position;
            lengths[slot] = length;
            done[slot] = 0;
            errors[slot] = 0;
            busy[slot] = true;
            ask(slot);
        } finally {
            lock.unlock();
        }
    }

    /** What is left of a read, in whole pages. */
    private void ask(int slot) {
        int skip = skip(positions[slot]);
        int covered = (skip + lengths[slot] + unit - 1) / unit * unit;
        ring.read(
                file.descriptor(),
                positions[slot] - skip + done[slot],
                buffer.asSlice((long) slotBytes * slot + done[slot], covered - done[slot]),
                slot);
    }

    @Override
    public void submit() throws IOException {
        lock.lock();
        try {
            requireOpen();
            ring.enter(0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int next() throws IOException {
        lock.lock();
        try {
            requireOpen();
            while (true) {
                if (ring.underWay() == 0) {
                    throw new IllegalStateException("nothing is read");
                }
                if (!ring.poll()) {
                    // A call for each single read would cost more than the read.
                    ring.enter(Math.min(batch, ring.underWay()));
                } else if (isOver((int) ring.tag(), ring.result())) {
                    busy[(int) ring.tag()] = false;
                    return (int) ring.tag();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of what the kernel says; a read that was not finished is asked for again. */
    private boolean isOver(int slot, int result) {
        if (result == -EINTR || result == -EAGAIN) {
            ask(slot);
            return false;
        }
        if (result < 0) {
            errors[slot] = -result;
            return true;
        }
        done[slot] += result;
        boolean wanted = done[slot] < skip(positions[slot]) + lengths[slot];
        if (wanted && result > 0 && result % unit == 0) {
            ask(slot);
            return false;
        }
        return true;
    }

    @Override
    public MemorySegment bytes(int slot) throws IOException {
        long end = positions[slot] + lengths[slot];
        if (busy[slot]) {
            throw new IllegalStateException("slot " + slot + " is being read");
        }
        if (errors[slot] != 0) {
            throw Libc.failure(path + ": cannot read " + lengths[slot] + " bytes at " + positions[slot], errors[slot]);
        }
        int skip = skip(positions[slot]);
        if (done[slot] < skip + lengths[slot]) {
            throw new EOFException(path + " ends at " + (positions[slot] - skip + done[slot]) + ", before " + end);
        }
        return buffer.asSlice((long) slotBytes * slot + skip, lengths[slot]);
    }

    private int skip(long position) {
        return (int) (position % unit);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(path + " is closed");
        }
    }

    @Override
    public void close() throws IOException {
        // Somebody who waits for a disk that does not answer has the lock, and keeps everything.
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (ring.submitted() == 0) {
                ring.close();
                arena.close();
            }
            file.close();
        } finally {
            lock.unlock();
        }
    }
}
