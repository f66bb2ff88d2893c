package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes proof requests: fetches the source piece while others are computed, lets a bounded number wait for the engine in order of their
 * deadlines, and answers each one, with "busy" at once where it could not be in time (cluster-and-cli §3.6).
 */
final class ProofDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProofDesk.class);

    /** What came of a request, and whether its piece was at fault. */
    private record Outcome(ProofAnswer answer, boolean badPiece) {
        static Outcome of(ReasonCode reason, String text) {
            return new Outcome(ProofAnswer.refused(reason, text), false);
        }
    }

    /** A request with its piece, waiting for the engine. */
    private static final class Job {
        private final ProofRequest request;
        private final byte[] piece;
        private final long arrived;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        Job(ProofRequest request, byte[] piece, long arrived) {
            this.request = request;
            this.piece = piece;
            this.arrived = arrived;
        }

        void cancelled() {
            outcome.complete(Outcome.of(ReasonCode.CANCELLED, "no longer wanted"));
        }
    }

    private final PieceLookup pieces;
    private final RecentPieces recent;
    private final Semaphore fetches;
    private final SolutionMaker solver;
    private final LongSupplier clock;
    private final LongConsumer served;
    private final DeadlineQueue<Job> queue;
    private final List<Thread> workers;
    private final Set<Job> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts the workers.
     *
     * @param clock a nanosecond clock
     * @param served hears the milliseconds of each proof made
     */
    ProofDesk(
            PieceLookup pieces,
            SolutionMaker solver,
            ProofServerSettings settings,
            LongSupplier clock,
            LongConsumer served) {
        this.pieces = pieces;
        this.recent = new RecentPieces(settings.recentBytes());
        this.fetches = new Semaphore(settings.fetches());
        this.solver = solver;
        this.clock = clock;
        this.served = served;
        this.queue = new DeadlineQueue<>(
                settings.queue(), settings.proofs(), settings.firstEstimate().toNanos(), clock);
        this.workers = IntStream.range(0, settings.proofs())
                .mapToObj(i -> Thread.ofPlatform().name("proof-" + i).start(this::work))
                .toList();
    }

    /** Requests waiting for the engine. */
    int waiting() {
        return queue.waiting();
    }

    /** Bytes of pieces kept. */
    long recentBytes() {
        return recent.bytes();
    }

    /** Requests being computed. */
    long running() {
        return running.size();
    }

    /**
     * Answers one request. Blocks until the answer is there or the deadline has passed; called on virtual threads.
     *
     * @param deadline clock value until which the requester waits
     */
    ProofAnswer answer(ProofRequest request, long deadline) throws InterruptedException {
        long arrived = clock.getAsLong();
        while (true) {
            if (deadline - clock.getAsLong() <= 0) {
                return ProofAnswer.refused(ReasonCode.LATE, "not in time");
            }
            DeadlineQueue.Admission admission = queue.estimate(deadline);
            if (!admission.accepted()) {
                return ProofAnswer.busy(millis(admission.estimatedWaitNanos()));
            }
            Optional<byte[]> known = recent.get(request.pieceIndex());
            if (known.isPresent()) {
                return compute(new Job(request, known.get(), arrived), deadline).answer();
            }
            if (!fetches.tryAcquire()) {
                return ProofAnswer.busy(millis(admission.estimatedWaitNanos() + queue.serviceNanos()));
            }
            Optional<PieceFinder.Found> found;
            try {
                long left = deadline - clock.getAsLong() - queue.serviceNanos();
                found = pieces.piece(request.pieceIndex(), Duration.ofNanos(Math.max(1, left)));
            } finally {
                fetches.release();
            }
            if (found.isEmpty()) {
                return ProofAnswer.refused(
                        ReasonCode.NO_PIECE, "nobody gave piece " + Long.toUnsignedString(request.pieceIndex()));
            }
            Outcome outcome = compute(new Job(request, found.get().bytes(), arrived), deadline);
            if (!outcome.badPiece()) {
                return outcome.answer();
            }
            pieces.refuse(request.pieceIndex(), found.get().source());
        }
    }

    /** Lets a request wait for the engine, and for its outcome. */
    private Outcome compute(Job job, long deadline) throws InterruptedException {
        DeadlineQueue.Admission admission = queue.offer(job, deadline);
        if (!admission.accepted()) {
            return new Outcome(ProofAnswer.busy(millis(admission.estimatedWaitNanos())), false);
        }
        try {
            return job.outcome.get(Math.max(1, deadline - clock.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            queue.cancel(other -> other.equals(job));
            return Outcome.of(ReasonCode.LATE, "not in time");
        } catch (ExecutionException e) {
            return Outcome.of(ReasonCode.INTERNAL, String.valueOf(e.getCause()));
        }
    }

    /** Drops a request that is no longer wanted; one that is computed ends with its next step. */
    void cancel(ProofCancel cancel) {
        queue.cancel(job -> matches(job.request, cancel)).forEach(Job::cancelled);
        running.stream().filter(job -> matches(job.request, cancel)).forEach(Job::cancelled);
    }

    private void work() {
        try {
            Optional<DeadlineQueue.Entry<Job>> next = queue.take();
            while (next.isPresent()) {
                compute(next.get());
                next = queue.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compute(DeadlineQueue.Entry<Job> entry) {
        Job job = entry.work();
        long start = clock.getAsLong();
        if (entry.deadlineNanos() - start <= 0) {
            queue.done(false, 0);
            job.outcome.complete(Outcome.of(ReasonCode.LATE, "the deadline passed while it waited"));
            return;
        }
        running.add(job);
        boolean completed = false;
        try {
            Outcome outcome = prove(job, start, entry.deadlineNanos());
            completed = outcome.answer().solution().isPresent();
            if (completed) {
                served.accept(millis(clock.getAsLong() - start));
            }
            job.outcome.complete(outcome);
        } catch (CancellationException e) {
            job.outcome.complete(Outcome.of(ReasonCode.LATE, "not in time"));
        } catch (RuntimeException e) {
            LOG.error("proof for sector {} failed", job.request.sectorIndex(), e);
            job.outcome.complete(Outcome.of(ReasonCode.INTERNAL, String.valueOf(e.getMessage())));
        } finally {
            running.remove(job);
            queue.done(completed, clock.getAsLong() - start);
        }
    }

    /** Makes a solution and checks it; where that fails it tells whether the piece or the request is to blame. */
    private Outcome prove(Job job, long start, long deadline) {
        Optional<Solution> solution;
        try {
            solution = solver.solve(
                    job.request, job.piece, () -> !job.outcome.isDone() && deadline - clock.getAsLong() > 0);
        } catch (IllegalArgumentException e) {
            return new Outcome(ProofAnswer.refused(ReasonCode.CORRUPT, String.valueOf(e.getMessage())), true);
        }
        if (solution.isPresent() && solver.isSound(job.request, solution.get())) {
            recent.put(job.request.pieceIndex(), job.piece);
            List<Long> stages = List.of(millis(start - job.arrived), millis(clock.getAsLong() - start));
            LOG.info(
                    "solution for slot {}: {} ms until its piece and the engine were there, {} ms of computing",
                    job.request.slot(),
                    stages.get(0),
                    stages.get(1));
            return new Outcome(ProofAnswer.solved(solution.get(), stages), false);
        }
        if (solution.isPresent() || !solver.isGood(job.request.pieceIndex(), job.piece)) {
            return new Outcome(ProofAnswer.refused(ReasonCode.CORRUPT, "the piece is damaged"), true);
        }
        return Outcome.of(ReasonCode.NO_SOLUTION, "the piece does not give the chunk of the request");
    }

    private static boolean matches(ProofRequest request, ProofCancel cancel) {
        return request.client().equals(cancel.client())
                && request.slot() == cancel.slot()
                && request.publicKey().equals(cancel.publicKey())
                && request.sectorIndex() == cancel.sectorIndex()
                && request.sBucket() == cancel.sBucket();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Answers what waits with "draining" and lets what is computed end. */
    @Override
    public void close() {
        queue.close().forEach(job -> job.outcome.complete(Outcome.of(ReasonCode.DRAINING, "stopping")));
        for (Thread worker : workers) {
            try {
                worker.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
