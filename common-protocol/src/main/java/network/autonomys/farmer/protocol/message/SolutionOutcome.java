package network.autonomys.farmer.protocol.message;

/** What became of a solution. The ordinal is the number on the wire; new ones go to the end. */
public enum SolutionOutcome {
    /** The node handed it to its slot worker. */
    TAKEN,
    /** Too late, or too many for the slot. */
    IGNORED,
    /** The node refused or failed: it certainly does not have it. */
    NODE_ERROR,
    /** The node is not synced: it certainly does not have it. */
    UNSYNCED,
    /** The controller found that it does not verify. */
    INVALID,
    /** The controller did not announce this challenge. */
    WRONG_CHALLENGE,
    /** The node has not answered yet. */
    PENDING,
    /** The controller has not seen it. */
    UNKNOWN,
    /** The controller found that its sector has expired. */
    EXPIRED
}
