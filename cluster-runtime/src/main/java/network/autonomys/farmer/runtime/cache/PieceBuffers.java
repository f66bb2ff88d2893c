package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * A bounded pool of piece-sized buffers outside the heap. Whoever needs one more than the pool has waits; so memory never grows with
 * load (cluster-and-cli §3.14 row 34). Buffers are made on first use and given back to the system by {@link #trim()}.
 */
public final class PieceBuffers implements AutoCloseable {
    private final int pieceSize;
    private final int capacity;
    private final Semaphore permits;
    private final Deque<Buffer> idle = new ArrayDeque<>();
    private boolean closed;

    /** One buffer; {@link #close()} gives it back. */
    public final class Buffer implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment bytes = arena.allocate(pieceSize, 64);

        private Buffer() {}

        /** The buffer's memory, one piece long. */
        public MemorySegment bytes() {
            return bytes;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /**
     * A pool.
     *
     * @param pieceSize bytes of one buffer
     * @param capacity buffers in use at one time, at least 1
     */
    public PieceBuffers(int pieceSize, int capacity) {
        if (pieceSize < 1 || capacity < 1) {
            throw new IllegalArgumentException("pool of " + capacity + " buffers of " + pieceSize + " bytes");
        }
        this.pieceSize = pieceSize;
        this.capacity = capacity;
        this.permits = new Semaphore(capacity, true);
    }

    /** Waits for a free buffer. Its content is undefined. */
    public Buffer take() throws InterruptedException {
        permits.acquire();
        synchronized (idle) {
            Buffer buffer = idle.pollLast();
            return buffer != null ? buffer : new Buffer();
        }
    }

    /** Buffers in use at this moment. */
    public int inUse() {
        return capacity - permits.availablePermits();
    }

    /** Bytes of one buffer. */
    public int pieceSize() {
        return pieceSize;
    }

    /** Frees the memory of the buffers that nobody uses. */
    public void trim() {
        synchronized (idle) {
            idle.forEach(buffer -> buffer.arena.close());
            idle.clear();
        }
    }

    /** Frees idle buffers now and the others when they come back. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            trim();
        }
    }

    private void giveBack(Buffer buffer) {
        synchronized (idle) {
            if (closed) {
                buffer.arena.close();
            } else {
                idle.addLast(buffer);
            }
        }
        permits.release();
    }
}
