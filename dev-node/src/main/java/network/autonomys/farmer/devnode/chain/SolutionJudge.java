package network.autonomys.farmer.devnode.chain;

import java.util.Optional;
import java.util.function.LongFunction;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SolutionException;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.HistorySizes;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.VerifySolutionParams;

/** Judges solutions in full, in the order of node-rpc §3.5. May be used by several threads at once. */
public final class SolutionJudge {
    private final ChainSpec spec;
    private final SolutionVerifier verifier;
    private final LongFunction<Optional<SegmentHeader>> headers;

    /** @param headers the node's segment headers by index */
    public SolutionJudge(ChainSpec spec, SolutionVerifier verifier, LongFunction<Optional<SegmentHeader>> headers) {
        this.spec = spec;
        this.verifier = verifier;
        this.headers = headers;
    }

    /** A verdict: a distance, or the reason against. */
    public sealed interface Verdict {
        /** Valid, at this distance (unsigned). */
        record Valid(long distance) implements Verdict {}

        /** Not valid. */
        record Invalid(Outcome outcome) implements Verdict {}
    }

    /**
     * Judges a solution on top of a parent.
     *
     * @param range the solution range that it must be within
     */
    public Verdict judge(Solution solution, long slot, Bytes proofOfTime, long range, ChainState parent) {
        if (parent.rootKey().isPresent() && !parent.rootKey().get().equals(solution.publicKey())) {
            return invalid(Outcome.Code.ROOT_PLOT_ONLY);
        }
        if (Long.compareUnsigned(slot, parent.slot()) <= 0) {
            return invalid(Outcome.Code.SLOT_NOT_AFTER_PARENT);
        }
        Optional<SegmentHeader> segment = headers.apply(PieceIndexes.segment(pieceIndex(solution)));
        if (segment.isEmpty()) {
            return invalid(Outcome.Code.SEGMENT_COMMITMENT_NOT_FOUND);
        }
        var check = HistorySizes.expirationCheck(solution.historySize(), spec.minSectorLifetime());
        if (check.isEmpty()) {
            return invalid(Outcome.Code.HISTORY_SIZE_OVERFLOW);
        }
        PieceCheckParams piece = new PieceCheckParams(
                spec.maxPiecesInSector(),
                segment.get().segmentCommitment(),
                spec.recentSegments(),
                spec.recentFraction(),
                spec.minSectorLifetime(),
                parent.historySize(),
                headers.apply(check.getAsLong() - 1).map(SegmentHeader::segmentCommitment));
        try {
            return new Verdict.Valid(
                    verifier.verify(solution, slot, new VerifySolutionParams(proofOfTime, range, Optional.of(piece))));
        } catch (SolutionException e) {
            return new Verdict.Invalid(new Outcome(code(e.reason()), detail(e)));
        }
    }

    private long pieceIndex(Solution solution) {
        Bytes sector = SectorIds.sectorId(
                SectorIds.publicKeyHash(solution.publicKey()), solution.sectorIndex(), solution.historySize());
        return SectorIds.pieceIndex(
                sector,
                solution.pieceOffset(),
                solution.historySize(),
                spec.maxPiecesInSector(),
                spec.recentSegments(),
                spec.recentFraction());
    }

    private static Verdict invalid(Outcome.Code code) {
        return new Verdict.Invalid(Outcome.of(code));
    }

    private static String detail(SolutionException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.indexOf(": ");
        return colon < 0 ? "" : message.substring(colon + 2);
    }

    private static Outcome.Code code(SolutionException.Reason reason) {
        return switch (reason) {
            case INVALID_PROOF_OF_SPACE -> Outcome.Code.INVALID_PROOF_OF_SPACE;
            case OUTSIDE_SOLUTION_RANGE -> Outcome.Code.OUTSIDE_SOLUTION_RANGE;
            case INVALID_CHUNK -> Outcome.Code.INVALID_CHUNK;
            case INVALID_CHUNK_WITNESS -> Outcome.Code.INVALID_CHUNK_WITNESS;
            case FUTURE_HISTORY_SIZE -> Outcome.Code.FUTURE_HISTORY_SIZE;
            case INVALID_PIECE_OFFSET -> Outcome.Code.INVALID_PIECE_OFFSET;
            case INVALID_HISTORY_SIZE -> Outcome.Code.INVALID_HISTORY_SIZE;
            case SECTOR_EXPIRED -> Outcome.Code.SECTOR_EXPIRED;
            case INVALID_PIECE -> Outcome.Code.INVALID_PIECE;
        };
    }
}
