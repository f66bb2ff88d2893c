package network.autonomys.farmer.core.archive;

/** Pieces or segments do not give what was asked for: too few of them, damaged, or in the wrong order. */
public final class ReconstructionException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** Less than 128 pieces. */
        TOO_FEW_PIECES,
        /** A chunk of a piece is not below the modulus. */
        INVALID_CHUNK,
        /** The commitment in a piece is no point. */
        INVALID_COMMITMENT,
        /** The bytes of the segment are no items. */
        INVALID_SEGMENT,
        /** The segment does not follow the one before. */
        WRONG_SEGMENT_ORDER
    }

    private final Reason reason;

    public ReconstructionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }
}
