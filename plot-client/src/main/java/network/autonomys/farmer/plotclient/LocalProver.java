package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.message.ProofRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves from this process's own plots, the last resort of a race. A proof that nobody waits for any more is not begun, and one that is
 * computed ends with its next step: on a host that is short of processors it would be in the way of the next slot's.
 */
final class LocalProver {
    /** Proves from one farm's plot. */
    @FunctionalInterface
    interface Plot {
        /**
         * @param wanted asked now and then
         * @return empty where the chunk is stored unencoded and cannot be proven
         * @throws CancellationException where the solution is not wanted any more
         */
        Optional<Solution> prove(ProofRequest request, BooleanSupplier wanted) throws IOException, SectorException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LocalProver.class);

    private final Executor threads;
    private final LongSupplier clock;
    private final Map<Bytes, Plot> plots = new ConcurrentHashMap<>();
    private final Set<ProofRequest> wanted = ConcurrentHashMap.newKeySet();

    /**
     * @param threads where the proofs are computed
     * @param clock a nanosecond clock
     */
    LocalProver(Executor threads, LongSupplier clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** Proves for this key from this plot from now on. */
    void add(Bytes publicKey, Plot plot) {
        plots.put(publicKey, plot);
    }

    /** The answer arrives once, from the threads of this prover. */
    void ask(ProofRequest request, Duration budget, Consumer<ProofOutcome> answer) {
        long deadline = clock.getAsLong() + budget.toNanos();
        wanted.add(request);
        try {
            threads.execute(() -> answer.accept(prove(request, deadline)));
        } catch (RejectedExecutionException e) {
            wanted.remove(request);
            answer.accept(new ProofOutcome.Failed("stopping"));
        }
    }

    /** The answer to this request is not wanted any more. */
    void cancel(ProofRequest request) {
        wanted.remove(request);
    }

    private ProofOutcome prove(ProofRequest request, long deadline) {
        Plot plot = plots.get(request.publicKey());
        if (plot == null) {
            wanted.remove(request);
            return new ProofOutcome.Failed("no farm of this key");
        }
        BooleanSupplier isWanted = () -> wanted.contains(request) && deadline - clock.getAsLong() > 0;
        if (!isWanted.getAsBoolean()) {
            wanted.remove(request);
            return new ProofOutcome.Failed("late");
        }
        try {
            return plot.prove(request, isWanted)
                    .<ProofOutcome>map(solution -> new ProofOutcome.Proven(solution, true))
                    .orElseGet(() -> new ProofOutcome.Unprovable("stored unencoded"));
        } catch (CancellationException e) {
            return new ProofOutcome.Failed("late");
        } catch (SectorException e) {
            return new ProofOutcome.FarmFault("sector damaged: " + e.getMessage());
        } catch (IOException e) {
            return new ProofOutcome.FarmFault("cannot read the plot: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("proof for sector {} failed", request.sectorIndex(), e);
            return new ProofOutcome.Failed("internal");
        } finally {
            wanted.remove(request);
        }
    }
}
