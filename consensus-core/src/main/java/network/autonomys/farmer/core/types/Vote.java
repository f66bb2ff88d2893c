package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A solution that is good enough for a vote, as it is signed, version 0; 489 bytes.
 *
 * @param height number of the block voted for, u32
 * @param parentHash hash of the block before it, 32 bytes
 * @param slot u64
 * @param solution the claim
 * @param proofOfTime 16 bytes
 * @param futureProofOfTime 16 bytes
 */
public record Vote(
        long height, Bytes parentHash, long slot, Solution solution, Bytes proofOfTime, Bytes futureProofOfTime)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public Vote {
        Checks.u32(height, "height");
        Checks.length(parentHash, 32, "parentHash");
        Checks.length(proofOfTime, 16, "proofOfTime");
        Checks.length(futureProofOfTime, 16, "futureProofOfTime");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static Vote read(ScaleReader in) {
        in.readVariant("Vote", 1);
        return new Vote(
                in.readU32(), in.readBytes(32), in.readU64(), Solution.read(in), in.readBytes(16), in.readBytes(16));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(0);
        out.writeU32(height);
        out.writeBytes(parentHash);
        out.writeU64(slot);
        solution.write(out);
        out.writeBytes(proofOfTime);
        out.writeBytes(futureProofOfTime);
    }

    /** BLAKE2b-256 of the encoding: the message that the farmer signs (primitives-archiving-kzg §4.9). */
    public Bytes hash() {
        return Bytes.of(Blake2b.hash256(encode()));
    }
}
