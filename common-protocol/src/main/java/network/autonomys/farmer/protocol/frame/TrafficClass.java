package network.autonomys.farmer.protocol.frame;

/** How urgent a request for pieces is (cluster-and-cli §3.7). The ordinal is the number on the wire. */
public enum TrafficClass {
    /** A proof waits for it. */
    PROOF,
    /** {@code --priority-cache}: a plot server that wants to be served first. */
    PLOT_PRIORITY,
    /** Plotting. */
    PLOT,
    /** A cache fills up. */
    FILL
}
