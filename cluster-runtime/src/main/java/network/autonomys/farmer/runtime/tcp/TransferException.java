package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import network.autonomys.farmer.protocol.ReasonCode;

/** A transfer ended early. */
public final class TransferException extends IOException {
    private static final long serialVersionUID = 1;

    private final ReasonCode reason;
    private final Duration retryAfter;

    public TransferException(ReasonCode reason, String message) {
        this(reason, Duration.ZERO, message);
    }

    public TransferException(ReasonCode reason, Duration retryAfter, String message) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Why, for counters and decisions. */
    public ReasonCode reason() {
        return reason;
    }

    /** Earliest sensible repetition, zero where none was named. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
