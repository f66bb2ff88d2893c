package network.autonomys.farmer.core.types;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Objects within archived history, version 0.
 *
 * @param objects in order
 */
public record GlobalObjectMapping(List<GlobalObject> objects) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public GlobalObjectMapping {
        objects = List.copyOf(objects);
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static GlobalObjectMapping read(ScaleReader in) {
        in.readVariant("GlobalObjectMapping", 1);
        return new GlobalObjectMapping(in.readList(44, GlobalObject::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeList(objects);
    }
}
