package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pieces the other caches hold, by their own word: the bitmaps that each answers to a STAT request (cluster-and-cli §3.7, §3.9).
 * A cache that does not answer counts as holding nothing new; what it said before is kept for finding pieces, not for counting copies.
 */
public final class PeerHoldings {
    private static final Logger LOG = LoggerFactory.getLogger(PeerHoldings.class);
    private static final int SEGMENTS_PER_REQUEST = 1024;

    private final Probe probe;
    private final ExecutorService threads;
    private final Duration limit;
    private final Map<InstanceId, PieceSet> known = new ConcurrentHashMap<>();

    /** Asks one cache for its bitmaps. */
    @FunctionalInterface
    public interface Probe {
        /**
         * The bitmaps of consecutive segments, 32 bytes each.
         *
         * @param count at most 1024
         */
        byte[] bitmaps(Presence cache, long firstSegment, int count) throws IOException, InterruptedException;
    }

    /**
     * An empty picture.
     *
     * @param threads runs the probes, one task each
     * @param limit time that all answers of one refresh get
     */
    public PeerHoldings(Probe probe, ExecutorService threads, Duration limit) {
        this.probe = probe;
        this.threads = threads;
        this.limit = limit;
    }

    /**
     * Asks caches about a range of segments, all at once.
     *
     * @return the caches that answered
     */
    public List<Presence> refresh(Collection<Presence> caches, long firstSegment, long count)
            throws InterruptedException {
        List<Presence> asked = List.copyOf(caches);
        List<Callable<Void>> probes = new ArrayList<>();
        for (Presence cache : asked) {
            probes.add(() -> {
                refresh(cache, firstSegment, count);
                return null;
            });
        }
        List<Future<Void>> answers = threads.invokeAll(probes, limit.toNanos(), TimeUnit.NANOSECONDS);
        List<Presence> answered = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                answers.get(i).get();
                answered.add(asked.get(i));
            } catch (ExecutionException | CancellationException e) {
                LOG.debug("{} did not say what it holds", asked.get(i).id(), e);
            }
        }
        return answered;
    }

    /** What a cache held when it last answered; empty for one that never did. */
    public PieceSet of(InstanceId cache) {
        return known.computeIfAbsent(cache, id -> new PieceSet());
    }

    /** Notes that a cache lacks a piece after all. */
    public void missed(InstanceId cache, long piece) {
        of(cache).remove(piece);
    }

    /** Forgets caches that are gone. */
    public void retain(Collection<InstanceId> members) {
        known.keySet().retainAll(members);
    }

    private void refresh(Presence cache, long firstSegment, long count) throws IOException, InterruptedException {
        for (long done = 0; done < count; done += SEGMENTS_PER_REQUEST) {
            int step = (int) Math.min(SEGMENTS_PER_REQUEST, count - done);
            byte[] bitmaps = probe.bitmaps(cache, firstSegment + done, step);
            if (bitmaps.length != step * PieceSet.BITMAP_SIZE) {
                throw new IOException("bitmaps of " + bitmaps.length + " bytes for " + step + " segments");
            }
            of(cache.id()).setBitmaps(firstSegment + done, bitmaps);
        }
    }
}
