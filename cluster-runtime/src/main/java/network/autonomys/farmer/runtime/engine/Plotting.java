package network.autonomys.farmer.runtime.engine;

import java.util.Set;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;

/**
 * What a host plots and with what.
 *
 * @param versions the rules whose sectors it takes
 * @param engine encodes their records; closed by its owner
 */
public record Plotting(Set<PosVersion> versions, RecordEngine engine) {
    /** Rules are copied. */
    public Plotting {
        versions = Set.copyOf(versions);
    }
}
