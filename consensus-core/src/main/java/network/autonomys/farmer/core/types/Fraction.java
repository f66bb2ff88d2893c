package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A pair of numbers, as the runtime passes ratios. Neither is zero where SCALE says {@code HistorySize}.
 *
 * @param numerator u64, not 0
 * @param denominator u64, not 0
 */
public record Fraction(long numerator, long denominator) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public Fraction {
        Checks.nonZero(numerator, "numerator");
        Checks.nonZero(denominator, "denominator");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static Fraction read(ScaleReader in) {
        return new Fraction(in.readNonZeroU64(), in.readNonZeroU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(numerator);
        out.writeU64(denominator);
    }
}
