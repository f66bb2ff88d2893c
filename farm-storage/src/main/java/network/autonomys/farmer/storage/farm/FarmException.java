package network.autonomys.farmer.storage.farm;

import java.io.IOException;

/** A farm cannot be opened or created as asked; the message says what, where and what to do. */
public final class FarmException extends IOException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Kind {
        INSUFFICIENT_SPACE,
        TOO_LARGE,
        WRONG_CHAIN,
        IDENTITY_MISMATCH,
        INVALID_PIECES_IN_SECTOR,
        UNEXPECTED_VERSION,
        LOCKED,
        MISSING,
        CORRUPT
    }

    private final Kind kind;

    FarmException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    FarmException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
