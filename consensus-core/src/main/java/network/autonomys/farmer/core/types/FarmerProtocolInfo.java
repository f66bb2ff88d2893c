package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Parameters of the protocol that farmers need; 42 bytes (node-rpc §1.3).
 *
 * @param historySize segments of archived history, u64, not 0
 * @param maxPiecesInSector u16
 * @param recentSegments how many segments count as recent, u64, not 0
 * @param recentHistoryFraction share of a sector that is filled from recent history
 * @param minSectorLifetime segments, u64, not 0
 */
public record FarmerProtocolInfo(
        long historySize,
        int maxPiecesInSector,
        long recentSegments,
        Fraction recentHistoryFraction,
        long minSectorLifetime)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public FarmerProtocolInfo {
        Checks.nonZero(historySize, "historySize");
        Checks.u16(maxPiecesInSector, "maxPiecesInSector");
        Checks.nonZero(recentSegments, "recentSegments");
        Checks.nonZero(minSectorLifetime, "minSectorLifetime");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static FarmerProtocolInfo read(ScaleReader in) {
        return new FarmerProtocolInfo(
                in.readNonZeroU64(), in.readU16(), in.readNonZeroU64(), Fraction.read(in), in.readNonZeroU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(historySize);
        out.writeU16(maxPiecesInSector);
        out.writeU64(recentSegments);
        recentHistoryFraction.write(out);
        out.writeU64(minSectorLifetime);
    }
}
