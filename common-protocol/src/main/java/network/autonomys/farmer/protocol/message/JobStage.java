package network.autonomys.farmer.protocol.message;

/** Where a plot job is. The ordinal is the number on the wire; new ones go to the end. */
public enum JobStage {
    TAKEN,
    DOWNLOADING,
    ENCODING,
    SPOOLING,
    /** This attempt is over; another may follow. */
    FAILED,
    /** It failed on several servers and is not tried again. */
    PARKED
}
