package network.autonomys.farmer.cuda;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import network.autonomys.farmer.cuda.GpuStatus.State;
import org.jspecify.annotations.Nullable;

/** A card's health: it works, or it failed and waits for another try, or it failed three times and is left out. */
final class Gpu {
    /** Failures after which a card is left out. */
    private static final int MOST_FAILURES = 3;
    /** Records in a row after which earlier failures no longer count. */
    private static final long FORGIVEN_AFTER = 10_000;

    private final GpuInfo info;
    private final GpuSettings settings;
    private final Limits limits;
    private final GoldenRecord golden;
    private final GpuObserver observer;
    private final LongSupplier nanoTime;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong redone = new AtomicLong();
    private final AtomicLong checked = new AtomicLong();

    private volatile @Nullable GpuSession session;
    private volatile String reason = "";
    private volatile State state = State.FAILED;
    private long failures;
    private int failuresThatCount;
    private long recordsAtFailure;
    private volatile long retryAt;

    Gpu(
            GpuInfo info,
            GpuSettings settings,
            Limits limits,
            GoldenRecord golden,
            GpuObserver observer,
            LongSupplier nanoTime) {
        this.info = info;
        this.settings = settings;
        this.limits = limits;
        this.golden = golden;
        this.observer = observer;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the card for the first time.
     *
     * @throws GpuUnavailableException where the settings do not fit it; a failure of the card itself is noted and tried again later
     */
    void open() throws GpuUnavailableException {
        try {
            begin();
        } catch (GpuFailure e) {
            failed(null, e);
        }
    }

    private void begin() throws GpuUnavailableException {
        GpuSession opened = GpuSession.open(info, settings, limits, nanoTime);
        boolean good = false;
        try {
            test(opened);
            good = true;
        } finally {
            if (!good) {
                opened.end(false);
            }
        }
        synchronized (this) {
            session = opened;
            state = State.READY;
            reason = "";
        }
        observer.opened(info, opened.slots());
    }

    private void test(GpuSession opened) {
        RecordSlot slot = opened.take();
        if (slot == null) {
            throw new GpuFailure("the card was given up while it was tested");
        }
        try {
            golden.tryOn(slot);
        } catch (Patience.HungException e) {
            opened.end(true);
            throw new GpuFailure("in its test " + e.getMessage(), e);
        } finally {
            opened.giveBack(slot);
        }
    }

    /** The open card, tried again if it is time for that; null where it cannot be used now. */
    @Nullable
    GpuSession session() {
        GpuSession open = session;
        if (open == null && state == State.FAILED && nanoTime.getAsLong() - retryAt >= 0 && opening.tryLock()) {
            try {
                if (session == null && state == State.FAILED) {
                    tryAgain();
                }
            } finally {
                opening.unlock();
            }
            open = session;
        }
        return open;
    }

    private void tryAgain() {
        try {
            begin();
        } catch (GpuFailure e) {
            failed(null, e);
        } catch (GpuUnavailableException e) {
            failed(null, new GpuFailure(String.valueOf(e.getMessage()), e));
        }
    }

    /** Notes a failure. Of several threads that fail on one session the first counts. */
    void failed(@Nullable GpuSession on, GpuFailure failure) {
        boolean leftOut;
        synchronized (this) {
            if (on != session) {
                return;
            }
            session = null;
            reason = String.valueOf(failure.getMessage());
            failures++;
            long done = records.get();
            failuresThatCount = done - recordsAtFailure >= FORGIVEN_AFTER ? 1 : failuresThatCount + 1;
            recordsAtFailure = done;
            leftOut = failuresThatCount >= MOST_FAILURES;
            retryAt = nanoTime.getAsLong() + settings.retryAfter().toNanos();
            state = leftOut ? State.LEFT_OUT : State.FAILED;
        }
        observer.failed(info, reason, leftOut);
    }

    void done() {
        records.incrementAndGet();
    }

    void redone() {
        redone.incrementAndGet();
    }

    void agreed() {
        checked.incrementAndGet();
    }

    GpuInfo info() {
        return info;
    }

    synchronized GpuStatus status() {
        GpuSession open = session;
        return new GpuStatus(
                info,
                state,
                reason,
                open == null ? 0 : open.slots(),
                open == null ? 0 : open.load(),
                records.get(),
                redone.get(),
                checked.get(),
                failures,
                open == null ? 0 : open.memoryUsed());
    }

    synchronized void close() {
        GpuSession open = session;
        session = null;
        state = State.LEFT_OUT;
        reason = "closed";
        if (open != null) {
            open.end(false);
        }
    }
}
