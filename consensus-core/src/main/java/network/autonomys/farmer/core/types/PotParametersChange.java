package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * An announced change of the proof of time; 44 bytes.
 *
 * @param slot the first slot that it applies to, u64
 * @param slotIterations u32, not 0
 * @param entropy mixed into the seed of that slot, 32 bytes
 */
public record PotParametersChange(long slot, long slotIterations, Bytes entropy) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PotParametersChange {
        Checks.nonZero(Checks.u32(slotIterations, "slotIterations"), "slotIterations");
        Checks.length(entropy, 32, "entropy");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PotParametersChange read(ScaleReader in) {
        return new PotParametersChange(in.readU64(), in.readNonZeroU32(), in.readBytes(32));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(slot);
        out.writeU32(slotIterations);
        out.writeBytes(entropy);
    }
}
