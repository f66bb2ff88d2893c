package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every held piece again and again at a low rate, so that a disk which forgets is noticed before the piece is needed
 * (cluster-and-cli §3.7: everything within 14 days). A corrupt or unreadable piece leaves the vault by being read; the reconcile loop fetches
 * it again. A round begins anywhere, so that a process which is started often reads everything all the same.
 */
public final class Scrubber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final PieceVault vault;
    private final Duration round;
    private final OptionalLong bytesPerSecond;
    private final RandomGenerator random;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean closed;
    private long roundsAsked;
    private final AtomicLong roundsDone = new AtomicLong();
    private final AtomicLong piecesRead = new AtomicLong();

    /**
     * A scrubber; {@link #start()} sets it going.
     *
     * @param round time in which everything is read, whatever there is
     * @param bytesPerSecond reading rate, at least 1, instead of the one that follows from {@code round}
     * @param random chooses where a round begins
     */
    public Scrubber(PieceVault vault, Duration round, OptionalLong bytesPerSecond, RandomGenerator random) {
        if (!round.isPositive() || bytesPerSecond.orElse(1) < 1) {
            throw new IllegalArgumentException("scrubbing in " + round + " or at " + bytesPerSecond);
        }
        this.vault = vault;
        this.round = round;
        this.bytesPerSecond = bytesPerSecond;
        this.random = random;
        this.thread = Thread.ofPlatform().daemon().name("cache-scrub").unstarted(this::run);
    }

    /** Starts reading. */
    public void start() {
        thread.start();
    }

    /** Makes the next round begin now and read at full speed: re-initialisation with verification. */
    public void readAllNow() {
        lock.lock();
        try {
            roundsAsked = roundsDone.get() + 1;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Complete rounds so far. */
    public long rounds() {
        return roundsDone.get();
    }

    /** Pieces read so far. */
    public long piecesRead() {
        return piecesRead.get();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (PieceBuffers buffers = new PieceBuffers(vault.pieceSize(), 1)) {
            while (true) {
                long[] pieces = vault.held().toArray();
                if (pieces.length == 0) {
                    if (!pause(IDLE.toNanos())) {
                        return;
                    }
                    continue;
                }
                long gap = gapNanos(pieces.length);
                int start = random.nextInt(pieces.length);
                for (int i = 0; i < pieces.length; i++) {
                    long piece = pieces[(start + i) % pieces.length];
                    if (!hurried() && !pause(gap)) {
                        return;
                    }
                    try (PieceBuffers.Buffer buffer = buffers.take()) {
                        vault.check(piece, buffer.bytes());
                        piecesRead.incrementAndGet();
                    } catch (IOException e) {
                        LOG.warn("Piece {} cannot be read", piece, e);
                    }
                }
                roundsDone.incrementAndGet();
            }
        } catch (InterruptedException e) {
            LOG.debug("Scrubbing ends", e);
        }
    }

    private long gapNanos(int pieces) {
        return bytesPerSecond.isPresent()
                ? (long) (1e9 * vault.pieceSize() / bytesPerSecond.getAsLong())
                : round.toNanos() / pieces;
    }

    private boolean hurried() {
        lock.lock();
        try {
            return !closed && roundsAsked > roundsDone.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits; false at the end of the scrubber. A hurry ends the wait. */
    private boolean pause(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        lock.lock();
        try {
            while (!closed && roundsAsked <= roundsDone.get()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                woken.await(left, TimeUnit.NANOSECONDS);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
