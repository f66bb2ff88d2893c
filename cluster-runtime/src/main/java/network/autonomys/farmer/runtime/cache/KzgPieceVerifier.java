package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The real verification: each record against its commitment, each commitment against its segment's, a batch together (primitives §11.1).
 * A batch costs one multiplication over 32 768 points, about a second of one core; so it has threads of its own.
 */
public final class KzgPieceVerifier implements PieceVerifier {
    private final PieceChecks checks;
    private final HeaderChain chain;
    private final RandomGenerator random;
    private final ExecutorService threads;

    /**
     * A verifier.
     *
     * @param random unpredictable for whoever sends pieces; used by several threads
     * @param threads that check; their number bounds the batches in work at one time
     */
    public KzgPieceVerifier(PieceChecks checks, HeaderChain chain, RandomGenerator random, ExecutorService threads) {
        this.checks = checks;
        this.chain = chain;
        this.random = random;
        this.threads = threads;
    }

    @Override
    public BitSet invalid(long[] indexes, List<MemorySegment> pieces) {
        BitSet invalid = new BitSet();
        List<PieceChecks.Candidate> candidates = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < indexes.length; i++) {
            Optional<Bytes> commitment = chain.commitment(indexes[i] / PieceSet.PIECES_PER_SEGMENT);
            if (commitment.isEmpty()) {
                invalid.set(i);
                continue;
            }
            int position = (int) (indexes[i] % PieceSet.PIECES_PER_SEGMENT);
            candidates.add(new PieceChecks.Candidate(pieces.get(i), commitment.get(), position));
            places.add(i);
        }
        if (!candidates.isEmpty()) {
            check(candidates).stream().forEach(i -> invalid.set(places.get(i)));
        }
        return invalid;
    }

    /** Waits without heeding interruptions: the pieces' memory is in use until the check has ended. */
    private BitSet check(List<PieceChecks.Candidate> candidates) {
        Future<BitSet> work = threads.submit(() -> checks.invalid(candidates, random));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("pieces cannot be checked: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
