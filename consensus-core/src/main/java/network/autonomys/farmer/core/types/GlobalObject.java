package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * An object within archived history; 44 bytes.
 *
 * @param hash BLAKE3 of the object, 32 bytes
 * @param pieceIndex the piece it starts in, u64
 * @param offset offset in the raw record of that piece, u32
 */
public record GlobalObject(Bytes hash, long pieceIndex, long offset) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public GlobalObject {
        Checks.length(hash, 32, "hash");
        Checks.u32(offset, "offset");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static GlobalObject read(ScaleReader in) {
        return new GlobalObject(in.readBytes(32), in.readU64(), in.readU32());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(hash);
        out.writeU64(pieceIndex);
        out.writeU32(offset);
    }
}
