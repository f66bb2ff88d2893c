package network.autonomys.farmer.devnode.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Misbehaviour that a test has asked for (node-rpc §6.6). All off at first. */
public final class Faults {
    private volatile long delayMillis;
    private volatile boolean syncing;
    private volatile boolean withholdPieces;
    private volatile boolean truncatePieces;
    private volatile boolean neverWaitForAck;
    private volatile boolean reorderHeaders;
    private final AtomicInteger duplicateSlots = new AtomicInteger();
    private final AtomicLong skipSlots = new AtomicLong();

    /** Time that every notification waits. */
    public long delayMillis() {
        return delayMillis;
    }

    public void delayNotifications(long millis) {
        delayMillis = millis;
    }

    /** Whether the node says that it is syncing, and announces nothing. */
    public boolean isSyncing() {
        return syncing;
    }

    public void syncing(boolean on) {
        syncing = on;
    }

    /** Whether every piece is answered with null. */
    public boolean withholdsPieces() {
        return withholdPieces;
    }

    public void withholdPieces(boolean on) {
        withholdPieces = on;
    }

    /** Whether every piece lacks its last byte. */
    public boolean truncatesPieces() {
        return truncatePieces;
    }

    public void truncatePieces(boolean on) {
        truncatePieces = on;
    }

    /** Whether archiving goes on at once. */
    public boolean neverWaitsForAck() {
        return neverWaitForAck;
    }

    public void neverWaitForAck(boolean on) {
        neverWaitForAck = on;
    }

    /** Whether lists of headers come in reverse order. */
    public boolean reordersHeaders() {
        return reorderHeaders;
    }

    public void reorderHeaders(boolean on) {
        reorderHeaders = on;
    }

    /** Announces the next slots twice. */
    public void duplicateSlots(int count) {
        duplicateSlots.set(count);
    }

    boolean takeDuplicate() {
        return duplicateSlots.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    /** Does not announce the next slots. */
    public void skipSlots(long count) {
        skipSlots.set(count);
    }

    boolean takeSkip() {
        return skipSlots.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
