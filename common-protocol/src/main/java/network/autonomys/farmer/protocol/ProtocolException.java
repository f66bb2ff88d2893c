package network.autonomys.farmer.protocol;

/** Bytes from another process are not what the protocol allows. The only exception of this module's decoders. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong, so that the receiver can answer with the fitting refusal. */
    public enum Kind {
        /** Not a message of this protocol, damaged, or with values out of range. */
        MALFORMED,
        /** A message of another major version. */
        WRONG_VERSION,
        /** A message type that this version does not know. */
        UNKNOWN_TYPE,
        /** A known message, but not one that belongs here. */
        UNEXPECTED_TYPE,
        /** More bytes than the protocol allows. */
        TOO_LONG
    }

    private final Kind kind;

    public ProtocolException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ProtocolException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
