package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.runtime.cache.ChainView;

/**
 * Checks the pieces of a whole sector together against the chain's segment headers: one multiplication over the parameter points for all of them
 * (primitives §11.1).
 */
final class ChainPieceCheck implements PieceCheck {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ChainView chain;
    private final PieceChecks checks;
    private final RandomGenerator random;

    /**
     * @param random unpredictable for whoever sends pieces; used by several threads
     */
    ChainPieceCheck(ChainView chain, PieceChecks checks, RandomGenerator random) {
        this.chain = chain;
        this.checks = checks;
        this.random = random;
    }

    @Override
    public void await(long[] pieceIndexes, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long index : pieceIndexes) {
            long segment = PieceIndexes.segment(index);
            while (chain.commitment(segment).isEmpty()) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException("no header of segment " + Long.toUnsignedString(segment) + " has arrived");
                }
                Thread.sleep(LOOK);
            }
        }
    }

    @Override
    public BitSet invalid(long[] pieceIndexes, List<MemorySegment> records, List<MemorySegment> points) {
        List<PieceChecks.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < pieceIndexes.length; i++) {
            Bytes commitment =
                    chain.commitment(PieceIndexes.segment(pieceIndexes[i])).orElseThrow();
            candidates.add(new PieceChecks.Candidate(
                    records.get(i), points.get(i), commitment, PieceIndexes.position(pieceIndexes[i])));
        }
        return checks.invalid(candidates, random);
    }
}
