package network.autonomys.farmer.protocol;

import java.util.Optional;

/** What a process does in the cluster (cluster-and-cli §3.2). The ordinal is its number on the wire; new roles go to the end. */
public enum Role {
    CONTROLLER("controller"),
    PROOF_SERVER("proof-server"),
    SHARDED_CACHE("sharded-cache"),
    FULL_PIECE_CACHE("full-piece-cache"),
    PLOT_SERVER("plot-server"),
    PLOT_CLIENT("plot-client"),
    /** Command line tools; they listen, and are not listed as members. */
    TOOL("tool");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** The name in subjects, metrics and logs. */
    public String label() {
        return label;
    }

    /** The role of a {@link #label()}. */
    public static Optional<Role> ofLabel(String label) {
        for (Role role : values()) {
            if (role.label.equals(label)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
