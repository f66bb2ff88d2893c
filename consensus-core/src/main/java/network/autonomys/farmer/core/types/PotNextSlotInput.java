package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What the proof of time of a slot is made from; 28 bytes.
 *
 * @param slot u64
 * @param slotIterations u32, not 0
 * @param seed 16 bytes
 */
public record PotNextSlotInput(long slot, long slotIterations, Bytes seed) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PotNextSlotInput {
        Checks.nonZero(Checks.u32(slotIterations, "slotIterations"), "slotIterations");
        Checks.length(seed, 16, "seed");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PotNextSlotInput read(ScaleReader in) {
        return new PotNextSlotInput(in.readU64(), in.readNonZeroU32(), in.readBytes(16));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(slot);
        out.writeU32(slotIterations);
        out.writeBytes(seed);
    }
}
