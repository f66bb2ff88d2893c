package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * The node of a controller wants a reward signature (cluster-and-cli §3.6: 400 ms in all).
 *
 * @param controller who asks
 * @param hash what to sign
 * @param publicKey key to sign with
 */
public record SignRequest(InstanceId controller, Bytes hash, Bytes publicKey) implements Message {
    public SignRequest {
        Wire.requireLength(hash, 32);
        Wire.requireLength(publicKey, 32);
    }

    public static SignRequest read(ScaleReader in) {
        return new SignRequest(InstanceId.read(in), in.readBytes(32), in.readBytes(32));
    }

    @Override
    public MessageType type() {
        return MessageType.SIGN_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {
        controller.write(out);
        out.writeBytes(hash);
        out.writeBytes(publicKey);
    }
}
