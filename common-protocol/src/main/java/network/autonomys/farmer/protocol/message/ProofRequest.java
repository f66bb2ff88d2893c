package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A candidate of an audit that shall become a solution (cluster-and-cli §3.6). At most 512 bytes; the deadline is the time budget of the envelope.
 *
 * @param client plot client
 * @param publicKey key of the farm
 * @param rewardAddress payee
 * @param sectorIndex sector in the farm
 * @param historySize history size of the sector in segments
 * @param piecesInSector records of the sector
 * @param pieceOffset record in the sector
 * @param pieceIndex index of that piece, as derived from sector and history size
 * @param sBucket s-bucket of the challenge
 * @param chunk chunk as stored in the plot
 * @param posVersion proof-of-space rule of the sector
 * @param slot slot number
 * @param challenge global challenge of the slot
 * @param distance solution distance, unsigned; smaller is better
 * @param solutionRange range of the slot for blocks
 * @param votingRange range of the slot for votes
 */
public record ProofRequest(
        InstanceId client,
        Bytes publicKey,
        Bytes rewardAddress,
        int sectorIndex,
        long historySize,
        int piecesInSector,
        int pieceOffset,
        long pieceIndex,
        int sBucket,
        Bytes chunk,
        PosVersion posVersion,
        long slot,
        Bytes challenge,
        long distance,
        long solutionRange,
        long votingRange)
        implements Message {
    public ProofRequest {
        Wire.requireLength(publicKey, 32);
        Wire.requireLength(rewardAddress, 32);
        Wire.requireLength(chunk, 32);
        Wire.requireLength(challenge, 32);
    }

    public static ProofRequest read(ScaleReader in) {
        return new ProofRequest(
                InstanceId.read(in),
                in.readBytes(32),
                in.readBytes(32),
                in.readU16(),
                in.readU64(),
                in.readU16(),
                in.readU16(),
                in.readU64(),
                in.readU16(),
                in.readBytes(32),
                Wire.constant(in, PosVersion.values()),
                in.readU64(),
                in.readBytes(32),
                in.readU64(),
                in.readU64(),
                in.readU64());
    }

    @Override
    public MessageType type() {
        return MessageType.PROOF_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {
        client.write(out);
        out.writeBytes(publicKey);
        out.writeBytes(rewardAddress);
        out.writeU16(sectorIndex);
        out.writeU64(historySize);
        out.writeU16(piecesInSector);
        out.writeU16(pieceOffset);
        out.writeU64(pieceIndex);
        out.writeU16(sBucket);
        out.writeBytes(chunk);
        out.writeU8(Wire.number(posVersion));
        out.writeU64(slot);
        out.writeBytes(challenge);
        out.writeU64(distance);
        out.writeU64(solutionRange);
        out.writeU64(votingRange);
    }

    /** True if the solution may author a block and not only vote. */
    public boolean forBlock() {
        return Long.compareUnsigned(distance, solutionRange >>> 1) <= 0;
    }
}
