package network.autonomys.farmer.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.FrameType;
import network.autonomys.farmer.protocol.frame.TransferError;
import org.jspecify.annotations.Nullable;

/** One stream at its requester: frames as they arrive, never more than the credit that was given. */
final class ClientStream {
    /** Bodies of misses, errors and bitmaps need no credit, but are bounded too. */
    private static final long CONTROL_BYTES = 64L << 10;

    private static final int MOST_WAITING = 2048;

    private final int id;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private long allowed;
    private boolean closed;

    /**
     * @param credit body bytes that the other side may send at first
     */
    ClientStream(int id, long credit) {
        this.id = id;
        this.allowed = credit + CONTROL_BYTES;
    }

    int id() {
        return id;
    }

    /** More credit is about to be given. */
    synchronized void allow(long bytes) {
        allowed += bytes;
    }

    /**
     * Takes a frame.
     *
     * @return false if the other side sends more than it may
     */
    synchronized boolean arrived(Frame frame) {
        allowed -= frame.header().bodyLength();
        boolean fits = allowed >= 0 && arrived.size() < MOST_WAITING;
        if (closed || !fits) {
            frame.release();
        } else {
            arrived.add(frame);
        }
        return fits;
    }

    void broken(TransferException why) {
        arrived.add(why);
    }

    /**
     * Waits for the next frame, which the caller gives back.
     *
     * @throws TransferException where none comes in time, the other side ends the stream early, or the connection breaks
     */
    Frame next(Duration limit) throws TransferException, InterruptedException {
        Object next = arrived.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new TransferException(ReasonCode.TIMEOUT, "nothing arrived for " + limit);
        }
        if (next instanceof TransferException broken) {
            throw new TransferException(broken.reason(), broken.retryAfter(), String.valueOf(broken.getMessage()));
        }
        Frame frame = (Frame) next;
        if (frame.header().type() == FrameType.ERROR) {
            try {
                throw error(frame);
            } finally {
                frame.release();
            }
        }
        return frame;
    }

    /** Gives back what nobody took, and what still comes. */
    synchronized void drop() {
        closed = true;
        @Nullable Object left = arrived.poll();
        while (left != null) {
            if (left instanceof Frame frame) {
                frame.release();
            }
            left = arrived.poll();
        }
    }

    static TransferException error(Frame frame) {
        try {
            TransferError error = ScaleReader.decode(frame.bytes(), TransferError::read);
            return new TransferException(error.reason(), Duration.ofMillis(error.retryAfterMillis()), error.text());
        } catch (ScaleException e) {
            return new TransferException(ReasonCode.MALFORMED, "an error that cannot be read: " + e.getMessage());
        }
    }
}
