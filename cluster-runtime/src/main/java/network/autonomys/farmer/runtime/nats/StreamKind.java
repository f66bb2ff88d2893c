package network.autonomys.farmer.runtime.nats;

/** The streams (cluster-and-cli §3.5). */
public enum StreamKind {
    /** Segment headers: the last message of each subject. */
    HISTORY("hist"),
    /** Events: 14 days or 2 GiB. */
    EVENTS("events");

    private final String label;

    StreamKind(String label) {
        this.label = label;
    }

    /** Its name, to which {@code af_} is added. */
    public String label() {
        return label;
    }
}
