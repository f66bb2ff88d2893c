package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Request to sign a block or vote; 64 bytes (node-rpc §1.4.4).
 *
 * @param hash the message, 32 bytes
 * @param publicKey whose signature is wanted, 32 bytes
 */
public record RewardSigningInfo(Bytes hash, Bytes publicKey) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public RewardSigningInfo {
        Checks.length(hash, 32, "hash");
        Checks.length(publicKey, 32, "publicKey");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static RewardSigningInfo read(ScaleReader in) {
        return new RewardSigningInfo(in.readBytes(32), in.readBytes(32));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(hash);
        out.writeBytes(publicKey);
    }
}
