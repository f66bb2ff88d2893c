package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The claim in the header of a block, version 0.
 *
 * @param slot u64
 * @param solution the claim
 * @param potInfo proofs of time
 */
public record PreDigest(long slot, Solution solution, PreDigestPotInfo potInfo) implements ScaleEncodable {
    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PreDigest read(ScaleReader in) {
        in.readVariant("PreDigest", 1);
        return new PreDigest(in.readU64(), Solution.read(in), PreDigestPotInfo.read(in));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeU64(slot);
        solution.write(out);
        potInfo.write(out);
    }
}
