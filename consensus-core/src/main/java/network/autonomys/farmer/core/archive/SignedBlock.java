package network.autonomys.farmer.core.archive;

import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/**
 * A block with its justifications (primitives §7.5).
 *
 * @param header with its seal
 * @param extrinsics as they stand in the block, each without its length
 * @param justifications empty where there are none; an empty list is something else and encoded differently
 */
public record SignedBlock(BlockHeader header, List<Bytes> extrinsics, Optional<List<Justification>> justifications)
        implements ScaleEncodable {
    public SignedBlock {
        extrinsics = List.copyOf(extrinsics);
        justifications = justifications.map(List::copyOf);
    }

    /** Decodes one block, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SignedBlock read(ScaleReader in) {
        return new SignedBlock(
                BlockHeader.read(in),
                in.readList(1, extrinsic -> Bytes.of(extrinsic.readVec())),
                in.readOption(list -> list.readList(5, Justification::read)));
    }

    @Override
    public void write(ScaleWriter out) {
        header.write(out);
        out.writeList(extrinsics, ScaleWriter::writeVec);
        out.writeOption(justifications, ScaleWriter::writeList);
    }
}
