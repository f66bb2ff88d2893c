package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes proof requests: fetches the source piece while others are computed, lets a bounded number wait for the engine in order of their
 * deadlines, and answers each one, with "busy" at once where it could not be in time (cluster-and-cli §3.6).
 */
final class ProofDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProofDesk.class);

    /** A request with its piece, waiting for the engine. */
    private static final class Job {
        private final ProofRequest request;
        private final byte[] piece;
        private final long arrived;
        private final CompletableFuture<ProofAnswer> answer = new CompletableFuture<>();

        Job(ProofRequest request, byte[] piece, long arrived) {
            this.request = request;
            this.piece = piece;
            this.arrived = arrived;
        }
    }

    private final PieceLookup pieces;
    private final SolutionMaker solver;
    private final LongSupplier clock;
    private final LongConsumer served;
    private final DeadlineQueue<Job> queue;
    private final List<Thread> workers;
    private final AtomicLong running = new AtomicLong();

    /**
     * Starts the workers.
     *
     * @param capacity requests that may wait for the engine
     * @param threads proofs computed at once
     * @param firstEstimate how long a proof is taken to need until one was made
     * @param clock a nanosecond clock
     * @param served hears the milliseconds of each proof made
     */
    ProofDesk(
            PieceLookup pieces,
            SolutionMaker solver,
            int capacity,
            int threads,
            Duration firstEstimate,
            LongSupplier clock,
            LongConsumer served) {
        this.pieces = pieces;
        this.solver = solver;
        this.clock = clock;
        this.served = served;
        this.queue = new DeadlineQueue<>(capacity, threads, firstEstimate.toNanos(), clock);
        this.workers = java.util.stream.IntStream.range(0, threads)
                .mapToObj(i -> Thread.ofPlatform().name("proof-" + i).start(this::work))
                .toList();
    }

    /** Requests waiting for the engine. */
    long waiting() {
        return queue.waiting();
    }

    /** Requests being computed. */
    long running() {
        return running.get();
    }

    /**
     * Answers one request. Blocks until the answer is there or the deadline has passed; called on virtual threads.
     *
     * @param deadline clock value until which the requester waits
     */
    ProofAnswer answer(ProofRequest request, long deadline) throws InterruptedException {
        long arrived = clock.getAsLong();
        if (deadline - arrived <= queue.serviceNanos()) {
            return ProofAnswer.busy(millis(queue.serviceNanos()));
        }
        Optional<byte[]> piece = pieces.piece(request.pieceIndex(), Duration.ofNanos(deadline - arrived));
        if (piece.isEmpty()) {
            return ProofAnswer.refused(
                    ReasonCode.NO_PIECE, "nobody gave piece " + Long.toUnsignedString(request.pieceIndex()));
        }
        Job job = new Job(request, piece.get(), arrived);
        DeadlineQueue.Admission admission = queue.offer(job, deadline);
        if (!admission.accepted()) {
            return ProofAnswer.busy(millis(admission.estimatedWaitNanos()));
        }
        try {
            return job.answer.get(Math.max(1, deadline - clock.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            queue.cancel(other -> other.equals(job));
            return ProofAnswer.refused(ReasonCode.LATE, "not in time");
        } catch (ExecutionException e) {
            return ProofAnswer.refused(ReasonCode.INTERNAL, String.valueOf(e.getCause()));
        }
    }

    /** Drops a request that is no longer wanted, if it still waits. */
    void cancel(ProofCancel cancel) {
        queue.cancel(job -> matches(job.request, cancel))
                .forEach(job -> job.answer.complete(ProofAnswer.refused(ReasonCode.CANCELLED, "no longer wanted")));
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
            job.answer.complete(ProofAnswer.refused(ReasonCode.LATE, "the deadline passed while it waited"));
            return;
        }
        running.incrementAndGet();
        boolean completed = false;
        try {
            Optional<Solution> solution = solver.solve(job.request, job.piece);
            completed = true;
            long took = clock.getAsLong() - start;
            List<Long> stages = List.of(millis(start - job.arrived), millis(took));
            job.answer.complete(solution.map(s -> ProofAnswer.solved(s, stages))
                    .orElseGet(() -> ProofAnswer.refused(
                            ReasonCode.NO_SOLUTION, "the piece does not give the chunk of the request")));
            served.accept(millis(took));
        } catch (RuntimeException e) {
            LOG.error("proof for sector {} failed", job.request.sectorIndex(), e);
            job.answer.complete(ProofAnswer.refused(ReasonCode.CORRUPT, String.valueOf(e.getMessage())));
        } finally {
            running.decrementAndGet();
            queue.done(completed, clock.getAsLong() - start);
        }
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
        queue.close().forEach(job -> job.answer.complete(ProofAnswer.refused(ReasonCode.DRAINING, "stopping")));
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
