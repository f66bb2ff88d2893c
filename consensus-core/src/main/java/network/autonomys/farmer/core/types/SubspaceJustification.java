package network.autonomys.farmer.core.types;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The only kind of justification that is archived: the proofs of time since the parent block.
 *
 * @param seed seed of the first slot, 16 bytes
 * @param checkpoints one for each slot
 */
public record SubspaceJustification(Bytes seed, List<PotCheckpoints> checkpoints) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public SubspaceJustification {
        Checks.length(seed, 16, "seed");
        checkpoints = List.copyOf(checkpoints);
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SubspaceJustification read(ScaleReader in) {
        in.readVariant("SubspaceJustification", 1);
        return new SubspaceJustification(in.readBytes(16), in.readList(128, PotCheckpoints::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeBytes(seed);
        out.writeList(checkpoints);
    }
}
