package network.autonomys.farmer.plotclient;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits an s-bucket of no meaning again and again after a start, until the code of audits is compiled: before that vector code takes milliseconds for a
 * sector, and the first slot seconds for a large farm. It ends when its time for a sector does not get shorter any more.
 */
final class AuditWarmUp implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWarmUp.class);

    /** Chunks in an s-bucket of a sector of 1000 pieces, on average. */
    private static final int CHUNKS = 500;

    /** Calls that are timed together. */
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);

    /** Rounds in a row that bring nothing more. */
    private static final int LAST_ROUNDS = 3;

    /** As many calls as make a method worth its best compilation, and more; few of them are needed where the code is slow, and the limit ends those. */
    private static final int LEAST_CALLS = 20_000;

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(15);

    private final Runnable audit;
    private final LongSupplier clock;
    private volatile boolean closed;

    /**
     * @param audit of one sector
     * @param clock a nanosecond clock
     */
    AuditWarmUp(Runnable audit, LongSupplier clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Starts to warm up on a thread that gives way to all others. */
    static AuditWarmUp start(LongSupplier clock) {
        byte[] chunks = new byte[SectorLayout.CHUNK * CHUNKS];
        new SplittableRandom(1).nextBytes(chunks);
        Bytes challenge = Bytes.zeros(32);
        Audit.Search search = new Audit.Search();
        AuditWarmUp warmUp =
                new AuditWarmUp(() -> search.winners(chunks, chunks.length, challenge, challenge, 0), clock);
        LowPriorityThreads.factory("audit-warm-up-").newThread(warmUp).start();
        return warmUp;
    }

    @Override
    public void run() {
        long start = clock.getAsLong();
        long roundStart = start;
        long now = start;
        long best = Long.MAX_VALUE;
        long calls = 0;
        long callsBefore = 0;
        int unchanged = 0;
        while (!closed && now - start < LIMIT && (unchanged < LAST_ROUNDS || calls < LEAST_CALLS)) {
            audit.run();
            calls++;
            now = clock.getAsLong();
            if (now - roundStart >= ROUND) {
                long each = (now - roundStart) / (calls - callsBefore);
                unchanged = each < best - best / 10 ? 0 : unchanged + 1;
                best = Math.min(best, each);
                roundStart = now;
                callsBefore = calls;
            }
        }
        if (!closed) {
            LOG.info(
                    "audits warmed up in {} ms, a sector takes {} µs",
                    TimeUnit.NANOSECONDS.toMillis(now - start),
                    TimeUnit.NANOSECONDS.toMicros(best));
        }
    }

    /** Ends with the sector at hand. */
    @Override
    public void close() {
        closed = true;
    }
}
