package network.autonomys.farmer.core.types;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A sector that is plotted (sectors-farms §2.1).
 *
 * @param sectorId 32 bytes
 * @param sectorIndex u16
 * @param metadata the sector's metadata with its checksum, 131 116 bytes
 * @param pieceIndexes in the order of offsets, u64 each
 */
public record PlottedSector(Bytes sectorId, int sectorIndex, Bytes metadata, List<Long> pieceIndexes)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PlottedSector {
        Checks.length(sectorId, Constants.HASH_SIZE, "sectorId");
        Checks.u16(sectorIndex, "sectorIndex");
        Checks.length(metadata, Constants.SECTOR_METADATA_SIZE, "metadata");
        pieceIndexes = List.copyOf(pieceIndexes);
    }

    /**
     * Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. The checksum of the metadata and its history size (not 0) are checked.
     */
    public static PlottedSector read(ScaleReader in) {
        Bytes sectorId = in.readBytes(Constants.HASH_SIZE);
        int sectorIndex = in.readU16();
        byte[] metadata = in.readByteArray(Constants.SECTOR_METADATA_SIZE);
        ScaleReader inner = new ScaleReader(metadata);
        inner.readChecksummed(PlottedSector::readHistorySize);
        return new PlottedSector(
                sectorId, sectorIndex, Bytes.of(metadata), in.readList(Long.BYTES, ScaleReader::readU64));
    }

    private static long readHistorySize(ScaleReader in) {
        in.skip(Constants.SECTOR_METADATA_SIZE - Constants.HASH_SIZE - Long.BYTES);
        return in.readNonZeroU64();
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(sectorId)
                .writeU16(sectorIndex)
                .writeBytes(metadata)
                .writeList(pieceIndexes, ScaleWriter::writeU64);
    }
}
