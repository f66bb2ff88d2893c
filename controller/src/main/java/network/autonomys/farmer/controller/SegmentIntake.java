package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceBuffers;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;
import network.autonomys.farmer.runtime.cache.PieceVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a new segment from the node into the cluster (cluster-and-cli §3.7): checks its header, publishes it, fetches its pieces into
 * the window from which the caches take them, and acknowledges it to the node when the policy is met, or when the time is over.
 */
final class SegmentIntake {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentIntake.class);

    /** The reference node serves no more than this many at a time (node-rpc §1.4.7). */
    private static final int PIECES_AT_A_TIME = 10;

    private static final int HEADERS_AT_A_TIME = 1000;

    private final HeaderChain chain;
    private final NodePort node;
    private final PieceVault window;
    private final PieceVerifier verifier;
    private final SegmentCoverage coverage;
    private final IntakeEvents events;
    private final ExecutorService threads;
    private final IntakeSettings settings;
    private final Semaphore batches = new Semaphore(1, true);
    private final Semaphore nodeRequests = new Semaphore(PIECES_AT_A_TIME);

    SegmentIntake(
            HeaderChain chain,
            NodePort node,
            PieceVault window,
            PieceVerifier verifier,
            SegmentCoverage coverage,
            IntakeEvents events,
            ExecutorService threads,
            IntakeSettings settings) {
        this.chain = chain;
        this.node = node;
        this.window = window;
        this.verifier = verifier;
        this.coverage = coverage;
        this.events = events;
        this.threads = threads;
        this.settings = settings;
    }

    /** Takes the headers that the node has beyond the chain; what contradicts it is reported and not taken. */
    void catchUp() throws IOException, InterruptedException {
        while (true) {
            long from = chain.size();
            List<Long> wanted = new ArrayList<>();
            for (int i = 0; i < HEADERS_AT_A_TIME; i++) {
                wanted.add(from + i);
            }
            int taken = 0;
            for (Optional<SegmentHeader> header : node.headers(wanted)) {
                if (header.isEmpty() || !take(header.get())) {
                    return;
                }
                taken++;
            }
            if (taken < HEADERS_AT_A_TIME) {
                return;
            }
        }
    }

    /** Compares the node's last headers with the chain: a node on another fork is noticed even when it archives nothing. */
    void compare() throws IOException, InterruptedException {
        long last = chain.size() - 1;
        if (last < 0) {
            return;
        }
        Optional<SegmentHeader> theirs = node.headers(List.of(last)).getFirst();
        if (theirs.isPresent()) {
            take(theirs.get());
        }
    }

    /** A segment that the node archived just now. Returns after it was acknowledged. */
    void archived(SegmentHeader header) throws InterruptedException {
        long start = System.nanoTime();
        long segment = header.segmentIndex();
        if (!enter(header)) {
            // Holding up the node's archiver would not bring its fork nearer to ours.
            acknowledge(segment);
            return;
        }
        if (settings.policy().when() == AckPolicy.When.IMMEDIATE) {
            if (!fetchAll(segment, true)) {
                LOG.info("Segment {} is not complete in this cluster", segment);
            }
            acknowledge(segment);
            events.acknowledged(segment, since(start));
            return;
        }
        Future<Void> fetching = threads.submit(() -> {
            fetchWhileTimeAllows(segment, start);
            return null;
        });
        awaitSafety(segment, start);
        if (!fetching.isDone()) {
            LOG.debug("Segment {} is acknowledged while its pieces are still being fetched", segment);
        }
    }

    /** A node that stumbles is asked again: what it does not give before its acknowledgement, it may have forgotten afterwards. */
    private void fetchWhileTimeAllows(long segment, long start) throws InterruptedException {
        long deadline = start + settings.policy().limit().toNanos();
        boolean first = true;
        while (!fetchAll(segment, first) && System.nanoTime() - deadline < 0) {
            Thread.sleep(settings.poll());
            first = false;
        }
    }

    private boolean enter(SegmentHeader header) throws InterruptedException {
        HeaderChain.Outcome outcome = chain.offer(header);
        if (outcome == HeaderChain.Outcome.GAP) {
            try {
                catchUp();
            } catch (IOException e) {
                LOG.warn("Headers before segment {} cannot be had: {}", header.segmentIndex(), e.toString());
            }
            outcome = chain.offer(header);
        }
        switch (outcome) {
            case APPENDED -> events.appended(header);
            case FORK -> events.fork(header);
            case GAP -> events.gap(header, chain.size());
            case KNOWN -> LOG.debug("Segment header {} is known", header.segmentIndex());
        }
        return outcome == HeaderChain.Outcome.APPENDED || outcome == HeaderChain.Outcome.KNOWN;
    }

    private boolean take(SegmentHeader header) {
        return switch (chain.offer(header)) {
            case APPENDED -> {
                events.appended(header);
                yield true;
            }
            case KNOWN -> true;
            case GAP -> false;
            case FORK -> {
                events.fork(header);
                yield false;
            }
        };
    }

    private void awaitSafety(long segment, long start) throws InterruptedException {
        long deadline = start + settings.policy().limit().toNanos();
        int uncovered;
        while (true) {
            uncovered = PieceSet.PIECES_PER_SEGMENT - safe(segment);
            if (uncovered == 0) {
                acknowledge(segment);
                events.acknowledged(segment, since(start));
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                acknowledge(segment);
                events.acknowledgedUnsafe(segment, uncovered, since(start));
                return;
            }
            Thread.sleep(settings.poll());
        }
    }

    private int safe(long segment) throws InterruptedException {
        return switch (settings.policy().when()) {
            case DURABLE -> coverage.held(segment).countInSegment(segment);
            case FETCHED -> window.held().countInSegment(segment);
            case IMMEDIATE -> PieceSet.PIECES_PER_SEGMENT;
        };
    }

    /**
     * Fetches what neither the window nor any cache holds; a second controller so adds only what the first has not brought yet.
     *
     * @param tell whether a failure is worth a line in the log
     * @return whether every piece is in the window or in a cache now
     */
    private boolean fetchAll(long segment, boolean tell) throws InterruptedException {
        try (PieceBuffers buffers = new PieceBuffers(window.pieceSize(), settings.batchPieces())) {
            PieceSet elsewhere = coverage.held(segment);
            List<Long> batch = new ArrayList<>();
            for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
                // Controllers begin at different places, so that two of them share the work.
                int position = (i + settings.firstPosition()) % PieceSet.PIECES_PER_SEGMENT;
                long piece = segment * PieceSet.PIECES_PER_SEGMENT + position;
                if (!window.held().contains(piece) && !elsewhere.contains(piece)) {
                    batch.add(piece);
                }
                boolean last = i == PieceSet.PIECES_PER_SEGMENT - 1;
                if (batch.size() == settings.batchPieces() || (last && !batch.isEmpty())) {
                    fetchBatch(batch, buffers);
                    batch.clear();
                    elsewhere = coverage.held(segment);
                }
            }
            return lacking(segment, elsewhere) == 0;
        } catch (IOException | RuntimeException e) {
            if (tell) {
                LOG.warn("Pieces of segment {} cannot be brought from the node: {}", segment, e.toString());
            }
            return false;
        }
    }

    private int lacking(long segment, PieceSet elsewhere) {
        int lacking = 0;
        for (int i = 0; i < PieceSet.PIECES_PER_SEGMENT; i++) {
            long piece = segment * PieceSet.PIECES_PER_SEGMENT + i;
            lacking += window.held().contains(piece) || elsewhere.contains(piece) ? 0 : 1;
        }
        return lacking;
    }

    /** Fetches pieces that the node may still serve into the window. */
    void fetch(List<Long> pieces) throws IOException, InterruptedException {
        try (PieceBuffers buffers = new PieceBuffers(window.pieceSize(), settings.batchPieces())) {
            for (int from = 0; from < pieces.size(); from += settings.batchPieces()) {
                List<Long> batch = pieces.subList(from, Math.min(pieces.size(), from + settings.batchPieces()));
                fetchBatch(batch, buffers);
                if (batch.stream().noneMatch(window.held()::contains)) {
                    return;
                }
            }
        }
    }

    /** A piece, verified or not yet. */
    private record Candidate(long index, PieceBuffers.Buffer buffer) implements PieceVault.Piece {
        @Override
        public MemorySegment bytes() {
            return buffer.bytes();
        }
    }

    /** Batches go one after the other: caches ask for a new segment's pieces while they are being brought, and each is brought once. */
    private void fetchBatch(List<Long> pieces, PieceBuffers buffers) throws IOException, InterruptedException {
        batches.acquire();
        List<Candidate> got = new ArrayList<>();
        try {
            PieceSet held = window.held();
            askNode(pieces.stream().filter(piece -> !held.contains(piece)).toList(), buffers, got);
            keepValid(got);
        } finally {
            got.forEach(candidate -> candidate.buffer().close());
            batches.release();
        }
    }

    private void askNode(List<Long> pieces, PieceBuffers buffers, List<Candidate> got)
            throws IOException, InterruptedException {
        List<Future<Boolean>> answers = new ArrayList<>();
        List<Candidate> asked = new ArrayList<>();
        for (long piece : pieces) {
            Candidate candidate = new Candidate(piece, buffers.take());
            asked.add(candidate);
            Callable<Boolean> call = () -> {
                nodeRequests.acquire();
                try {
                    return node.piece(piece, candidate.bytes());
                } finally {
                    nodeRequests.release();
                }
            };
            answers.add(threads.submit(call));
        }
        IOException failure = null;
        for (int i = 0; i < asked.size(); i++) {
            boolean present = false;
            try {
                present = answers.get(i).get();
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
            if (present) {
                got.add(asked.get(i));
            } else {
                asked.get(i).buffer().close();
            }
        }
        if (failure != null && got.isEmpty()) {
            throw failure;
        }
    }

    private void keepValid(List<Candidate> got) throws IOException {
        long[] indexes = got.stream().mapToLong(Candidate::index).toArray();
        BitSet invalid =
                verifier.invalid(indexes, got.stream().map(Candidate::bytes).toList());
        List<Candidate> good = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
            if (invalid.get(i)) {
                events.wrongPiece(got.get(i).index());
            } else {
                good.add(got.get(i));
            }
        }
        if (!good.isEmpty()) {
            window.store(good);
        }
    }

    private void acknowledge(long segment) throws InterruptedException {
        try {
            node.acknowledge(segment);
        } catch (IOException e) {
            // A node that lost its line lost the pending acknowledgement with it.
            LOG.warn("Segment {} cannot be acknowledged: {}", segment, e.toString());
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
