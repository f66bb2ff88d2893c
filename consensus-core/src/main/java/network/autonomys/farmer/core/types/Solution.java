package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A claim that a stored chunk wins a slot (primitives-archiving-kzg §4.8); 412 bytes.
 *
 * @param publicKey the farm's sr25519 public key, 32 bytes
 * @param rewardAddress who is paid, any 32 bytes
 * @param sectorIndex index of the sector in its farm, u16
 * @param historySize segments of history when the sector was plotted, u64, not 0
 * @param pieceOffset offset of the record in the sector, u16
 * @param recordCommitment 48 bytes
 * @param recordWitness proof that the record is in its segment, 48 bytes
 * @param chunk the plain chunk of the extended record, a scalar, 32 bytes big-endian
 * @param chunkWitness proof that the chunk is in the record, 48 bytes
 * @param proofOfSpace 160 bytes
 */
public record Solution(
        Bytes publicKey,
        Bytes rewardAddress,
        int sectorIndex,
        long historySize,
        int pieceOffset,
        Bytes recordCommitment,
        Bytes recordWitness,
        Bytes chunk,
        Bytes chunkWitness,
        Bytes proofOfSpace)
        implements ScaleEncodable {
    /** Bytes of the encoding. */
    public static final int SIZE = Constants.SOLUTION_SIZE;

    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public Solution {
        Checks.length(publicKey, 32, "publicKey");
        Checks.length(rewardAddress, 32, "rewardAddress");
        Checks.u16(sectorIndex, "sectorIndex");
        Checks.nonZero(historySize, "historySize");
        Checks.u16(pieceOffset, "pieceOffset");
        Checks.length(recordCommitment, 48, "recordCommitment");
        Checks.length(recordWitness, 48, "recordWitness");
        Checks.length(chunk, 32, "chunk");
        Checks.length(chunkWitness, 48, "chunkWitness");
        Checks.length(proofOfSpace, 160, "proofOfSpace");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static Solution read(ScaleReader in) {
        return new Solution(
                in.readBytes(32),
                in.readBytes(32),
                in.readU16(),
                in.readNonZeroU64(),
                in.readU16(),
                in.readBytes(48),
                in.readBytes(48),
                in.readBytes(32),
                in.readBytes(48),
                in.readBytes(160));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(publicKey);
        out.writeBytes(rewardAddress);
        out.writeU16(sectorIndex);
        out.writeU64(historySize);
        out.writeU16(pieceOffset);
        out.writeBytes(recordCommitment);
        out.writeBytes(recordWitness);
        out.writeBytes(chunk);
        out.writeBytes(chunkWitness);
        out.writeBytes(proofOfSpace);
    }

    /** The placeholder of the genesis block: history size 1, everything else of the claim zero. */
    public static Solution genesis(Bytes publicKey, Bytes rewardAddress) {
        Bytes point = Bytes.zeros(Constants.G1_SIZE);
        return new Solution(
                publicKey,
                rewardAddress,
                0,
                1,
                0,
                point,
                point,
                Bytes.zeros(Constants.SCALAR_SIZE),
                point,
                Bytes.zeros(Constants.POS_PROOF_SIZE));
    }
}
