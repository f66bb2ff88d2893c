package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * An object within a block; 36 bytes.
 *
 * @param hash BLAKE3 of the object, 32 bytes
 * @param offset offset in the encoded block, u32
 */
public record BlockObject(Bytes hash, long offset) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public BlockObject {
        Checks.length(hash, 32, "hash");
        Checks.u32(offset, "offset");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static BlockObject read(ScaleReader in) {
        return new BlockObject(in.readBytes(32), in.readU32());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(hash);
        out.writeU32(offset);
    }
}
