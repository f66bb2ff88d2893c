package network.autonomys.farmer.core.types;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The objects of a block, version 0.
 *
 * @param objects in order
 */
public record BlockObjectMapping(List<BlockObject> objects) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public BlockObjectMapping {
        objects = List.copyOf(objects);
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static BlockObjectMapping read(ScaleReader in) {
        in.readVariant("BlockObjectMapping", 1);
        return new BlockObjectMapping(in.readList(36, BlockObject::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeList(objects);
    }
}
