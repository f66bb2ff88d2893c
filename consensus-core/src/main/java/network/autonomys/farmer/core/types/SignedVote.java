package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A vote with its signature; 553 bytes.
 *
 * @param vote the vote
 * @param signature 64 bytes
 */
public record SignedVote(Vote vote, Bytes signature) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public SignedVote {
        Checks.length(signature, 64, "signature");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SignedVote read(ScaleReader in) {
        return new SignedVote(Vote.read(in), in.readBytes(64));
    }

    @Override
    public void write(ScaleWriter out) {
        vote.write(out);
        out.writeBytes(signature);
    }
}
