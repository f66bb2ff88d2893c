package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import network.autonomys.farmer.protocol.ReasonCode;

/** A request, or an access to stored state, did not succeed. */
public final class BusException extends Exception {
    private static final long serialVersionUID = 1;

    /** What happened. */
    public enum Kind {
        /** Nobody serves the subject: certainly not delivered. */
        NO_RESPONDERS,
        /** No answer in time: it may have been delivered. */
        TIMEOUT,
        /** There is no connection at the moment: certainly not delivered. */
        DISCONNECTED,
        /** The other side answered that it does not serve this; {@link #reason()} says why. */
        REFUSED,
        /** The answer could not be read. */
        MALFORMED,
        /** JetStream cannot be reached or has no majority. */
        STORE_UNAVAILABLE,
        /** Someone else changed or created the entry first. */
        CONFLICT
    }

    private final Kind kind;
    private final ReasonCode reason;
    private final Duration retryAfter;

    public BusException(Kind kind, String message) {
        this(kind, reasonOf(kind), Duration.ZERO, message);
    }

    public BusException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.reason = reasonOf(kind);
        this.retryAfter = Duration.ZERO;
    }

    public BusException(Kind kind, ReasonCode reason, Duration retryAfter, String message) {
        super(message);
        this.kind = kind;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** The refusal that a responder throws to answer with it. */
    public static BusException refused(ReasonCode reason, String message) {
        return new BusException(Kind.REFUSED, reason, Duration.ZERO, message);
    }

    public Kind kind() {
        return kind;
    }

    /** Why, for counters. */
    public ReasonCode reason() {
        return reason;
    }

    /** Earliest sensible repetition, zero where none was named. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** True if the request cannot have been acted upon, so that it may go to someone else. */
    public boolean certainlyNotDone() {
        return kind == Kind.NO_RESPONDERS || kind == Kind.DISCONNECTED || kind == Kind.REFUSED;
    }

    private static ReasonCode reasonOf(Kind kind) {
        return switch (kind) {
            case TIMEOUT -> ReasonCode.TIMEOUT;
            case MALFORMED -> ReasonCode.MALFORMED;
            case CONFLICT -> ReasonCode.DUPLICATE;
            default -> ReasonCode.UNREACHABLE;
        };
    }
}
