package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Header of a segment of archived history, version 0; 94 or 98 bytes (primitives-archiving-kzg §4.1).
 *
 * @param segmentIndex u64
 * @param segmentCommitment 48 bytes
 * @param prevSegmentHeaderHash hash of the header before, zeros for segment 0
 * @param lastArchivedBlock where the segment ends in the chain
 */
public record SegmentHeader(
        long segmentIndex, Bytes segmentCommitment, Bytes prevSegmentHeaderHash, LastArchivedBlock lastArchivedBlock)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public SegmentHeader {
        Checks.length(segmentCommitment, 48, "segmentCommitment");
        Checks.length(prevSegmentHeaderHash, 32, "prevSegmentHeaderHash");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SegmentHeader read(ScaleReader in) {
        in.readVariant("SegmentHeader", 1);
        return new SegmentHeader(in.readU64(), in.readBytes(48), in.readBytes(32), LastArchivedBlock.read(in));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeU64(segmentIndex);
        out.writeBytes(segmentCommitment);
        out.writeBytes(prevSegmentHeaderHash);
        lastArchivedBlock.write(out);
    }

    /** BLAKE3 of the encoding, version byte included. */
    public Bytes hash() {
        return Bytes.of(Blake3.hash(encode()));
    }
}
