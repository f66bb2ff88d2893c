package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * The proof is no longer wanted: another server was faster, or a better candidate won.
 *
 * @param client plot client that asked
 * @param slot slot number
 * @param publicKey key of the farm
 * @param sectorIndex sector
 * @param sBucket s-bucket
 */
public record ProofCancel(InstanceId client, long slot, Bytes publicKey, int sectorIndex, int sBucket)
        implements Message {
    public ProofCancel {
        Wire.requireLength(publicKey, 32);
    }

    public static ProofCancel read(ScaleReader in) {
        return new ProofCancel(InstanceId.read(in), in.readU64(), in.readBytes(32), in.readU16(), in.readU16());
    }

    @Override
    public MessageType type() {
        return MessageType.PROOF_CANCEL;
    }

    @Override
    public void write(ScaleWriter out) {
        client.write(out);
        out.writeU64(slot);
        out.writeBytes(publicKey);
        out.writeU16(sectorIndex);
        out.writeU16(sBucket);
    }
}
