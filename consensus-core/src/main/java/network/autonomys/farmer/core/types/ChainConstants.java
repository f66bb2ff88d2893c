package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Constants of the chain, version 0 (primitives-archiving-kzg §4.1).
 *
 * @param confirmationDepthK blocks, u32
 * @param blockAuthoringDelay slots, u64
 * @param eraDuration blocks, u32
 * @param slotProbability expected blocks per slot
 * @param slotDurationMillis milliseconds, u64
 * @param recentSegments how many segments count as recent, u64, not 0
 * @param recentHistoryFraction share of a sector that is filled from recent history
 * @param minSectorLifetime segments, u64, not 0
 */
public record ChainConstants(
        long confirmationDepthK,
        long blockAuthoringDelay,
        long eraDuration,
        SlotProbability slotProbability,
        long slotDurationMillis,
        long recentSegments,
        Fraction recentHistoryFraction,
        long minSectorLifetime)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public ChainConstants {
        Checks.u32(confirmationDepthK, "confirmationDepthK");
        Checks.u32(eraDuration, "eraDuration");
        Checks.nonZero(recentSegments, "recentSegments");
        Checks.nonZero(minSectorLifetime, "minSectorLifetime");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static ChainConstants read(ScaleReader in) {
        in.readVariant("ChainConstants", 1);
        return new ChainConstants(
                in.readU32(),
                in.readU64(),
                in.readU32(),
                SlotProbability.read(in),
                in.readU64(),
                in.readNonZeroU64(),
                Fraction.read(in),
                in.readNonZeroU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeU32(confirmationDepthK);
        out.writeU64(blockAuthoringDelay);
        out.writeU32(eraDuration);
        slotProbability.write(out);
        out.writeU64(slotDurationMillis);
        out.writeU64(recentSegments);
        recentHistoryFraction.write(out);
        out.writeU64(minSectorLifetime);
    }
}
