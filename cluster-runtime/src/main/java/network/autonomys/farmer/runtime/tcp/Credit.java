package network.autonomys.farmer.runtime.tcp;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import network.autonomys.farmer.protocol.ReasonCode;

/** Body bytes that a sender may still send in a stream; it waits for more where there are too few. */
final class Credit {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long bytes;
    private boolean cancelled;

    Credit(long bytes) {
        this.bytes = bytes;
    }

    void add(long more) {
        lock.lock();
        try {
            bytes = Math.min(bytes + Math.max(0, more), Long.MAX_VALUE / 4);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many bytes may be sent and takes them.
     *
     * @return false where the stream was cancelled
     * @throws TransferException with {@code TIMEOUT} where no credit came within the time
     */
    boolean take(long wanted, long limitNanos) throws InterruptedException, TransferException {
        long left = limitNanos;
        lock.lock();
        try {
            while (bytes < wanted && !cancelled) {
                if (left <= 0) {
                    throw new TransferException(ReasonCode.TIMEOUT, "the receiver gave no more credit");
                }
                left = changed.awaitNanos(left);
            }
            if (cancelled) {
                return false;
            }
            bytes -= wanted;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
