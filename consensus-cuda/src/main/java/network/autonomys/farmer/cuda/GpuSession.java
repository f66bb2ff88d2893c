package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import network.autonomys.farmer.cuda.RecordKernels.FieldTables;
import org.jspecify.annotations.Nullable;

/**
 * A card from the moment it is opened until it is given up: its context and a fixed number of slots. Ended by {@link #end}; the memory goes when the
 * last slot in use has come back.
 */
final class GpuSession {
    /** Left free on the card for the driver and for others. */
    private static final long RESERVE = 384L << 20;

    private static final long WAIT_MILLIS = 50;

    private final GpuContext context;
    private final Patience patience;
    private final BlockingQueue<RecordSlot> idle;
    private final int slots;
    private final AtomicInteger held = new AtomicInteger(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean hung = new AtomicBoolean();

    private @Nullable PointSums sums;
    private @Nullable CardField field;

    private GpuSession(GpuContext context, BlockingQueue<RecordSlot> idle, Patience patience) {
        this.context = context;
        this.patience = patience;
        this.idle = idle;
        this.slots = idle.size();
    }

    /**
     * Opens a card and gets all the memory that it will use.
     *
     * @throws GpuFailure where the driver refuses
     * @throws GpuUnavailableException where the wanted number of records does not fit
     */
    static GpuSession open(GpuInfo info, GpuSettings settings, Limits limits, LongSupplier nanoTime)
            throws GpuUnavailableException {
        GpuContext context = new GpuContext(info.ordinal());
        boolean opened = false;
        try {
            FieldTables field = FieldTables.on(context);
            int slots = slots(info, settings, context.memory()[0]);
            BlockingQueue<RecordSlot> idle = new ArrayBlockingQueue<>(slots);
            Patience patience = new Patience(settings.watchdog(), nanoTime);
            for (int i = 0; i < slots; i++) {
                idle.add(new RecordSlot(context, field, limits, patience));
            }
            opened = true;
            return new GpuSession(context, idle, patience);
        } finally {
            if (!opened) {
                context.close();
            }
        }
    }

    private static int slots(GpuInfo info, GpuSettings settings, long free) throws GpuUnavailableException {
        int fit = (int) Math.min(Integer.MAX_VALUE, Math.max(0, (free - RESERVE) / SlotMemory.BYTES));
        if (fit == 0) {
            throw new GpuUnavailableException(info + ": " + (free >> 20) + " MiB are free, one record needs "
                    + ((SlotMemory.BYTES + RESERVE) >> 20));
        }
        if (settings.concurrency().isPresent() && settings.concurrency().getAsInt() > fit) {
            throw GpuUnavailableException.ofSettings("GPU_CONCURRENCY="
                    + settings.concurrency().getAsInt() + " does not fit on " + info + ": " + (free >> 20)
                    + " MiB are free, enough for " + fit);
        }
        return settings.concurrency().orElse(Math.min(GpuSettings.USUAL_CONCURRENCY, fit));
    }

    /** A slot, with the context made the calling thread's own; null once the session has ended. Waits where all are in use. */
    @Nullable
    RecordSlot take() {
        if (!hold()) {
            return null;
        }
        waiting.incrementAndGet();
        boolean interrupted = false;
        RecordSlot slot = null;
        try {
            while (slot == null && !ended.get()) {
                try {
                    slot = idle.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    // The caller's work is not undone halfway; it sees the interrupt when the record is done.
                    interrupted = true;
                }
            }
        } finally {
            waiting.decrementAndGet();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (slot == null) {
                letGo();
            }
        }
        return slot == null ? null : bound(slot);
    }

    /** Another slot, only if one is idle. */
    @Nullable
    RecordSlot tryTake() {
        if (ended.get() || !hold()) {
            return null;
        }
        RecordSlot slot = idle.poll();
        if (slot == null) {
            letGo();
        }
        return slot;
    }

    private RecordSlot bound(RecordSlot slot) {
        boolean bound = false;
        try {
            context.use();
            bound = true;
            return slot;
        } finally {
            if (!bound) {
                giveBack(slot);
            }
        }
    }

    void giveBack(RecordSlot slot) {
        idle.add(slot);
        letGo();
    }

    /** No slot is given out any more. A hung card's memory is never freed: it might still write there. */
    void end(boolean isHung) {
        hung.compareAndSet(false, isHung);
        if (ended.compareAndSet(false, true)) {
            letGo();
        }
    }

    int slots() {
        return slots;
    }

    /** Slots in use and callers waiting for one. */
    int load() {
        return slots - idle.size() + waiting.get();
    }

    /** The sums of multiples of some points, made at the first call; for callers that {@link #hold} the session. */
    synchronized PointSums sums(MemorySegment affine, int points) {
        PointSums made = sums;
        if (made == null) {
            made = new PointSums(context, affine, points, patience);
            sums = made;
        }
        return made;
    }

    synchronized boolean hasSums() {
        return sums != null;
    }

    /** Transforms of polynomials, made at the first call; for callers that {@link #hold} the session. */
    synchronized CardField field() {
        CardField made = field;
        if (made == null) {
            made = new CardField(context, patience);
            field = made;
        }
        return made;
    }

    synchronized boolean hasField() {
        return field != null;
    }

    /** Bytes that this process has on the card. */
    long memoryUsed() {
        return context.allocated();
    }

    /** Keeps the memory until {@link #letGo}; false where it is gone. */
    boolean hold() {
        return held.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void letGo() {
        if (held.decrementAndGet() == 0 && !hung.get()) {
            // The driver wants the context current for the streams and pinned buffers that belong to it.
            context.tryToUse();
            closeParts();
            idle.forEach(RecordSlot::close);
            context.close();
        }
    }

    private synchronized void closeParts() {
        if (sums != null) {
            sums.close();
        }
        if (field != null) {
            field.close();
        }
    }
}
