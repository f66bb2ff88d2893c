package network.autonomys.farmer.protocol.message;

/** How bad an event is. The ordinal is the number on the wire; new ones go to the end. */
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    /** Rewards are being lost. */
    CRITICAL
}
