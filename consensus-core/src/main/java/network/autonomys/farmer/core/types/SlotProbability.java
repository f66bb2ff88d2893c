package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A ratio of plain numbers.
 *
 * @param numerator u64
 * @param denominator u64
 */
public record SlotProbability(long numerator, long denominator) implements ScaleEncodable {
    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SlotProbability read(ScaleReader in) {
        return new SlotProbability(in.readU64(), in.readU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(numerator);
        out.writeU64(denominator);
    }
}
