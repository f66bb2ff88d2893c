package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The real verification: each record against its commitment, each commitment against its segment's, a batch together (primitives §11.1).
 * A batch costs one multiplication over 32 768 points, about a second of one core; so only so many run at one time.
 */
public final class KzgPieceVerifier implements PieceVerifier {
    private final PieceChecks checks;
    private final HeaderChain chain;
    private final RandomGenerator random;
    private final Semaphore running;

    /**
     * A verifier.
     *
     * @param random unpredictable for whoever sends pieces; used by several threads
     * @param parallel batches in work at one time, at least 1
     */
    public KzgPieceVerifier(PieceChecks checks, HeaderChain chain, RandomGenerator random, int parallel) {
        this.checks = checks;
        this.chain = chain;
        this.random = random;
        this.running = new Semaphore(parallel);
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
            running.acquireUninterruptibly();
            try {
                checks.invalid(candidates, random).stream().forEach(i -> invalid.set(places.get(i)));
            } finally {
                running.release();
            }
        }
        return invalid;
    }
}
