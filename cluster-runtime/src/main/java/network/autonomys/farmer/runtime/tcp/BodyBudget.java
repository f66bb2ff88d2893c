package network.autonomys.farmer.runtime.tcp;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import network.autonomys.farmer.protocol.frame.TrafficClass;

/**
 * How many pieces and blocks a server holds in memory at a time, over all connections: requests wait, memory does not grow. Proofs may
 * use all places, plotting three quarters, the filling of caches half, so that the more urgent always finds room.
 */
final class BodyBudget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final int places;
    private int used;

    BodyBudget(int places) {
        this.places = places;
    }

    private int most(TrafficClass trafficClass) {
        return switch (trafficClass) {
            case PROOF -> places;
            case PLOT_PRIORITY, PLOT -> Math.max(1, places * 3 / 4);
            case FILL -> Math.max(1, places / 2);
        };
    }

    /** Waits for a place; false if there was none in time. */
    boolean acquire(TrafficClass trafficClass, long limitNanos) throws InterruptedException {
        int most = most(trafficClass);
        long left = limitNanos;
        lock.lockInterruptibly();
        try {
            while (used >= most) {
                if (left <= 0) {
                    return false;
                }
                left = freed.awaitNanos(left);
            }
            used++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            used--;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }
}
