package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;

/**
 * Content of a lease: who holds it.
 *
 * @param holder process
 * @param role its role
 * @param host host name
 * @param takenAtMillis when it was taken, by the holder's clock
 */
public record LeaseRecord(InstanceId holder, Role role, String host, long takenAtMillis) implements Message {
    public LeaseRecord {
        Wire.requireText(host, 255);
    }

    public static LeaseRecord read(ScaleReader in) {
        return new LeaseRecord(InstanceId.read(in), Wire.constant(in, Role.values()), Wire.text(in, 255), in.readU64());
    }

    @Override
    public MessageType type() {
        return MessageType.LEASE;
    }

    @Override
    public void write(ScaleWriter out) {
        holder.write(out);
        out.writeU8(Wire.number(role));
        out.writeString(host);
        out.writeU64(takenAtMillis);
    }
}
