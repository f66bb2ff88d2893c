package network.autonomys.farmer.devnode.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import network.autonomys.farmer.devnode.rpc.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who still has to acknowledge the segment announced last (node-rpc §1.4.5): one call for each subscription, or its end, or two minutes. */
public final class Acknowledgements {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Topic.Subscriber> missing = new ArrayList<>();
    private long segment = -1;

    /** @param limit the most that is waited */
    public Acknowledgements(Duration limit) {
        this.limit = limit;
    }

    /** A segment is about to be announced to these. */
    public void expect(long newSegment, List<Topic.Subscriber> subscribers) {
        lock.lock();
        try {
            segment = newSegment;
            missing.clear();
            missing.addAll(subscribers);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is missing. */
    public void await() throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!missing.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Segment {} was not acknowledged by {} subscribers within {} s",
                        segment,
                        missing.size(),
                        TimeUnit.NANOSECONDS.toSeconds(limit.toNanos()));
                missing.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One call; it does not say for which subscription. */
    public void acknowledge(long acknowledged) {
        lock.lock();
        try {
            if (acknowledged == segment && !missing.isEmpty()) {
                missing.removeLast();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A subscription ended. */
    public void gone(Topic.Subscriber subscriber) {
        lock.lock();
        try {
            if (missing.remove(subscriber)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
