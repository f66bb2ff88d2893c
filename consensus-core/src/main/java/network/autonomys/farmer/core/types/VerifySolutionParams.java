package network.autonomys.farmer.core.types;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What verifying a solution needs (primitives-archiving-kzg §8.1).
 *
 * @param proofOfTime of the slot, 16 bytes
 * @param solutionRange u64
 * @param pieceCheckParams absent where the piece is not checked
 */
public record VerifySolutionParams(Bytes proofOfTime, long solutionRange, Optional<PieceCheckParams> pieceCheckParams)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public VerifySolutionParams {
        Checks.length(proofOfTime, 16, "proofOfTime");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static VerifySolutionParams read(ScaleReader in) {
        return new VerifySolutionParams(in.readBytes(16), in.readU64(), in.readOption(PieceCheckParams::read));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(proofOfTime);
        out.writeU64(solutionRange);
        out.writeOption(pieceCheckParams, (w, v) -> v.write(w));
    }
}
