package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Proofs of time of a block, version 0; 33 bytes.
 *
 * @param proofOfTime of the slot, 16 bytes
 * @param futureProofOfTime of the slot that is the authoring delay later, 16 bytes
 */
public record PreDigestPotInfo(Bytes proofOfTime, Bytes futureProofOfTime) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PreDigestPotInfo {
        Checks.length(proofOfTime, 16, "proofOfTime");
        Checks.length(futureProofOfTime, 16, "futureProofOfTime");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PreDigestPotInfo read(ScaleReader in) {
        in.readVariant("PreDigestPotInfo", 1);
        return new PreDigestPotInfo(in.readBytes(16), in.readBytes(16));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeBytes(proofOfTime);
        out.writeBytes(futureProofOfTime);
    }
}
