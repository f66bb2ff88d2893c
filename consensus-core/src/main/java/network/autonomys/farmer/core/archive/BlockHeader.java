package network.autonomys.farmer.core.archive;

import java.util.List;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;

/**
 * The header of a block (primitives §7.5).
 *
 * @param parentHash 32 bytes
 * @param number u32, compact in the encoding
 * @param stateRoot 32 bytes
 * @param extrinsicsRoot 32 bytes
 * @param digest in order, a seal last
 */
public record BlockHeader(Bytes parentHash, long number, Bytes stateRoot, Bytes extrinsicsRoot, List<DigestItem> digest)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public BlockHeader {
        Checks.length(parentHash, 32, "parentHash");
        Checks.u32(number, "number");
        Checks.length(stateRoot, 32, "stateRoot");
        Checks.length(extrinsicsRoot, 32, "extrinsicsRoot");
        digest = List.copyOf(digest);
    }

    /** Decodes one header, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static BlockHeader read(ScaleReader in) {
        return new BlockHeader(
                in.readBytes(32),
                in.readCompactU32(),
                in.readBytes(32),
                in.readBytes(32),
                in.readList(1, DigestItem::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(parentHash).writeCompact(number).writeBytes(stateRoot).writeBytes(extrinsicsRoot);
        out.writeList(digest);
    }

    /** The block's hash: Blake2b-256 of the encoded header. */
    public Bytes hash() {
        return Bytes.of(Blake2b.hash256(encode()));
    }

    /** The header without its seal, if the last item is one: what the author signed the hash of. */
    public BlockHeader withoutSeal() {
        boolean sealed = !digest.isEmpty() && digest.getLast() instanceof DigestItem.Seal;
        return sealed
                ? new BlockHeader(parentHash, number, stateRoot, extrinsicsRoot, digest.subList(0, digest.size() - 1))
                : this;
    }
}
