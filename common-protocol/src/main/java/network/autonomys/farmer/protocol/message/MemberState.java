package network.autonomys.farmer.protocol.message;

/** What a process can do. The ordinal is the number on the wire; new ones go to the end. */
public enum MemberState {
    /** Not yet. */
    STARTING,
    /** Everything. */
    READY,
    /** Less than it should; the reason says what. */
    DEGRADED,
    /** By order, nothing new. */
    PAUSED,
    /** Finishes what it has, takes nothing new. */
    DRAINING,
    /** The last beat of a process. */
    STOPPED
}
