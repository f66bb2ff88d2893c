package network.autonomys.farmer.protocol.message;

/** Why a sector is plotted, most urgent first. The ordinal is the number on the wire; new ones go to the end. */
public enum JobPriority {
    /** Its content is no longer valid. */
    EXPIRED,
    /** Its content is valid for a short time only. */
    ABOUT_TO_EXPIRE,
    /** Its content could not be proven or read. */
    DAMAGED,
    /** There was none. */
    NEW
}
