package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A cache in the ring.
 *
 * @param id process
 * @param host host name
 * @param zone rack or site
 * @param weight usable bytes, above 0 and below 2^63
 * @param addresses bulk listeners as {@code host:port}
 */
public record RingMember(InstanceId id, String host, String zone, long weight, List<String> addresses)
        implements ScaleEncodable {
    public RingMember {
        if (weight <= 0) {
            throw new IllegalArgumentException("weight " + weight);
        }
        Wire.requireText(host, 255);
        Wire.requireText(zone, 64);
        addresses = Wire.copy(addresses, 8);
    }

    public static RingMember read(ScaleReader in) {
        return new RingMember(
                InstanceId.read(in),
                Wire.text(in, 255),
                Wire.text(in, 64),
                in.readU64(),
                Wire.list(in, 8, 1, r -> Wire.text(r, 300)));
    }

    @Override
    public void write(ScaleWriter out) {
        id.write(out);
        out.writeString(host);
        out.writeString(zone);
        out.writeU64(weight);
        out.writeList(addresses, ScaleWriter::writeString);
    }
}
