package network.autonomys.farmer.core.types;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What verifying the piece of a solution needs (primitives-archiving-kzg §8.1).
 *
 * @param maxPiecesInSector u16
 * @param segmentCommitment of the segment that holds the piece, 48 bytes
 * @param recentSegments u64, not 0
 * @param recentHistoryFraction share of a sector that is filled from recent history
 * @param minSectorLifetime segments, u64, not 0
 * @param currentHistorySize segments, u64, not 0
 * @param sectorExpirationCheckSegmentCommitment of segment historySize + minSectorLifetime - 1, where it is archived
 */
public record PieceCheckParams(
        int maxPiecesInSector,
        Bytes segmentCommitment,
        long recentSegments,
        Fraction recentHistoryFraction,
        long minSectorLifetime,
        long currentHistorySize,
        Optional<Bytes> sectorExpirationCheckSegmentCommitment)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PieceCheckParams {
        Checks.u16(maxPiecesInSector, "maxPiecesInSector");
        Checks.length(segmentCommitment, 48, "segmentCommitment");
        Checks.nonZero(recentSegments, "recentSegments");
        Checks.nonZero(minSectorLifetime, "minSectorLifetime");
        Checks.nonZero(currentHistorySize, "currentHistorySize");
        sectorExpirationCheckSegmentCommitment.ifPresent(
                b -> Checks.length(b, 48, "sectorExpirationCheckSegmentCommitment"));
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PieceCheckParams read(ScaleReader in) {
        return new PieceCheckParams(
                in.readU16(),
                in.readBytes(48),
                in.readNonZeroU64(),
                Fraction.read(in),
                in.readNonZeroU64(),
                in.readNonZeroU64(),
                in.readOption(r -> r.readBytes(48)));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU16(maxPiecesInSector);
        out.writeBytes(segmentCommitment);
        out.writeU64(recentSegments);
        recentHistoryFraction.write(out);
        out.writeU64(minSectorLifetime);
        out.writeU64(currentHistorySize);
        out.writeOption(sectorExpirationCheckSegmentCommitment, ScaleWriter::writeBytes);
    }
}
