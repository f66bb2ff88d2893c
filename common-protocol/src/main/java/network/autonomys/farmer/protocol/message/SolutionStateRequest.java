package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Asks what became of the solution of a key in a slot, after silence; answered with {@link SolutionAnswer}.
 *
 * @param slot slot number
 * @param publicKey key of the farm
 */
public record SolutionStateRequest(long slot, Bytes publicKey) implements Message {
    public SolutionStateRequest {
        Wire.requireLength(publicKey, 32);
    }

    public static SolutionStateRequest read(ScaleReader in) {
        return new SolutionStateRequest(in.readU64(), in.readBytes(32));
    }

    @Override
    public MessageType type() {
        return MessageType.SOLUTION_STATE_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(slot);
        out.writeBytes(publicKey);
    }
}
