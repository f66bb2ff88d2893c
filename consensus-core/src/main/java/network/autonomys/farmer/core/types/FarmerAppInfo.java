package network.autonomys.farmer.core.types;

import java.time.Duration;
import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What a node tells a farmer that connects (node-rpc §1.4.1).
 *
 * @param genesisHash 32 bytes
 * @param dsnBootstrapNodes addresses of the piece network
 * @param syncing whether the node is still catching up
 * @param farmingTimeout how long after its slot a solution may arrive
 * @param protocolInfo parameters of the protocol
 */
public record FarmerAppInfo(
        Bytes genesisHash,
        List<Multiaddr> dsnBootstrapNodes,
        boolean syncing,
        Duration farmingTimeout,
        FarmerProtocolInfo protocolInfo)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public FarmerAppInfo {
        Checks.length(genesisHash, 32, "genesisHash");
        dsnBootstrapNodes = List.copyOf(dsnBootstrapNodes);
        if (farmingTimeout.isNegative()) {
            throw new IllegalArgumentException("farmingTimeout " + farmingTimeout);
        }
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static FarmerAppInfo read(ScaleReader in) {
        return new FarmerAppInfo(
                in.readBytes(32),
                in.readList(1, Multiaddr::read),
                in.readBool(),
                in.readDuration(),
                FarmerProtocolInfo.read(in));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(genesisHash);
        out.writeList(dsnBootstrapNodes);
        out.writeBool(syncing);
        out.writeDuration(farmingTimeout);
        protocolInfo.write(out);
    }
}
