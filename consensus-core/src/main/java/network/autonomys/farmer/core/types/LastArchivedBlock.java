package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The last block that a segment holds, wholly or in part; 5 or 9 bytes.
 *
 * @param number block number, u32
 * @param archivedProgress how much of it is archived
 */
public record LastArchivedBlock(long number, ArchivedBlockProgress archivedProgress) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public LastArchivedBlock {
        Checks.u32(number, "number");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static LastArchivedBlock read(ScaleReader in) {
        return new LastArchivedBlock(in.readU32(), ArchivedBlockProgress.read(in));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU32(number);
        archivedProgress.write(out);
    }
}
