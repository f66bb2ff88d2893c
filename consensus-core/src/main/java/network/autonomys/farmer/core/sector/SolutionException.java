package network.autonomys.farmer.core.sector;

/** A solution that does not verify, and the first check it fails (primitives §8.1). */
public final class SolutionException extends Exception {
    private static final long serialVersionUID = 1;

    /** The checks in their order; the names are those of the node's log. */
    public enum Reason {
        INVALID_PROOF_OF_SPACE("InvalidProofOfSpace"),
        OUTSIDE_SOLUTION_RANGE("OutsideSolutionRange"),
        INVALID_CHUNK("InvalidChunk"),
        INVALID_CHUNK_WITNESS("InvalidChunkWitness"),
        FUTURE_HISTORY_SIZE("FutureHistorySize"),
        INVALID_PIECE_OFFSET("InvalidPieceOffset"),
        INVALID_HISTORY_SIZE("InvalidHistorySize"),
        SECTOR_EXPIRED("SectorExpired"),
        INVALID_PIECE("InvalidPiece");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final Reason reason;

    SolutionException(Reason reason, String detail) {
        super(detail.isEmpty() ? reason.label() : reason.label() + ": " + detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
