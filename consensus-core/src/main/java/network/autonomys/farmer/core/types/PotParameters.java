package network.autonomys.farmer.core.types;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Parameters of the proof of time, version 0.
 *
 * @param slotIterations u32, not 0
 * @param nextChange the announced change, if any
 */
public record PotParameters(long slotIterations, Optional<PotParametersChange> nextChange) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PotParameters {
        Checks.nonZero(Checks.u32(slotIterations, "slotIterations"), "slotIterations");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PotParameters read(ScaleReader in) {
        in.readVariant("PotParameters", 1);
        return new PotParameters(in.readNonZeroU32(), in.readOption(PotParametersChange::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeU32(slotIterations);
        out.writeOption(nextChange, (w, v) -> v.write(w));
    }
}
