package network.autonomys.farmer.core.types;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Answer to a {@link RewardSigningInfo} (node-rpc §1.4.4).
 *
 * @param hash the hash of the request, 32 bytes
 * @param signature 64 bytes, absent where the farmer does not sign
 */
public record RewardSignatureResponse(Bytes hash, Optional<Bytes> signature) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public RewardSignatureResponse {
        Checks.length(hash, 32, "hash");
        signature.ifPresent(b -> Checks.length(b, 64, "signature"));
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static RewardSignatureResponse read(ScaleReader in) {
        return new RewardSignatureResponse(in.readBytes(32), in.readOption(r -> r.readBytes(64)));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(hash);
        out.writeOption(signature, ScaleWriter::writeBytes);
    }
}
