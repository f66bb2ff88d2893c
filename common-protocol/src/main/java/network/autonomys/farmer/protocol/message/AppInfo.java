package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * What a farmer must know about the chain (design §5).
 *
 * @param controller who answers
 * @param info the node's farmer app info
 * @param chain name of the chain
 * @param kzgDigest SHA-256 of the KZG parameters of the chain; a role with others ends with exit code 2
 */
public record AppInfo(InstanceId controller, FarmerAppInfo info, String chain, Bytes kzgDigest) implements Message {
    public AppInfo {
        Wire.requireText(chain, 64);
        Wire.requireLength(kzgDigest, 32);
    }

    public static AppInfo read(ScaleReader in) {
        return new AppInfo(InstanceId.read(in), FarmerAppInfo.read(in), Wire.text(in, 64), in.readBytes(32));
    }

    @Override
    public MessageType type() {
        return MessageType.APP_INFO;
    }

    @Override
    public void write(ScaleWriter out) {
        controller.write(out);
        info.write(out);
        out.writeString(chain);
        out.writeBytes(kzgDigest);
    }
}
