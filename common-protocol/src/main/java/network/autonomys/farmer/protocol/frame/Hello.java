package network.autonomys.farmer.protocol.frame;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * First frame of each side of a bulk connection.
 *
 * @param minVersion lowest protocol major it speaks, u16
 * @param maxVersion highest protocol major it speaks, u16
 * @param cluster name of its cluster, at most 32 characters
 * @param id its process
 * @param nonce 32 random bytes
 * @param secret true if it has a cluster secret and wants the other side to prove it
 */
public record Hello(int minVersion, int maxVersion, String cluster, InstanceId id, Bytes nonce, boolean secret)
        implements ScaleEncodable {
    private static final int MAX_NAME = 32;
    private static final int NONCE_SIZE = 32;

    public static Hello read(ScaleReader in) {
        int min = in.readU16();
        int max = in.readU16();
        String cluster = in.readString();
        if (cluster.length() > MAX_NAME) {
            throw new ScaleException("cluster name of " + cluster.length() + " characters");
        }
        return new Hello(min, max, cluster, InstanceId.read(in), in.readBytes(NONCE_SIZE), in.readBool());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU16(minVersion).writeU16(maxVersion).writeString(cluster);
        id.write(out);
        out.writeBytes(nonce).writeBool(secret);
    }

    /** True if both sides speak a common major version. */
    public boolean overlaps(Hello other) {
        return minVersion <= other.maxVersion && other.minVersion <= maxVersion;
    }
}
