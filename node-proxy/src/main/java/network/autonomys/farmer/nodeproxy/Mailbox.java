package network.autonomys.farmer.nodeproxy;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other on a thread of its own; beyond its capacity the oldest waiting task is dropped. */
final class Mailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final String name;
    private final int capacity;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Thread thread;
    private boolean closed;

    Mailbox(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    void put(Runnable task) {
        lock.lock();
        try {
            if (tasks.size() == capacity) {
                tasks.removeFirst();
                LOG.debug("{}: the listener is slow, one is dropped", name);
            }
            tasks.addLast(task);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Runnable task;
            lock.lock();
            try {
                while (tasks.isEmpty() && !closed) {
                    filled.await();
                }
                if (closed) {
                    return;
                }
                task = tasks.removeFirst();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("{}: the listener failed", name, e);
            }
        }
    }

    /** Drops what waits and interrupts what runs. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            filled.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
