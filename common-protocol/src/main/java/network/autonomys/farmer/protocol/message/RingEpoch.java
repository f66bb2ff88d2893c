package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * Who holds which pieces from an epoch on (cluster-and-cli §3.7): {@link network.autonomys.farmer.protocol.Ring} computes the owners.
 *
 * @param epoch number, rising from 1
 * @param leader controller that computed it
 * @param createdAtMillis when, by its clock
 * @param replicas copies of each piece, 1 to 8
 * @param members sharded caches in ascending order of their ids
 */
public record RingEpoch(long epoch, InstanceId leader, long createdAtMillis, int replicas, List<RingMember> members)
        implements Message {
    public RingEpoch {
        if (replicas < 1 || replicas > 8) {
            throw new IllegalArgumentException(replicas + " copies, 1 to 8 are possible");
        }
        members = Wire.copy(members, 4096);
    }

    public static RingEpoch read(ScaleReader in) {
        return new RingEpoch(
                in.readU64(),
                InstanceId.read(in),
                in.readU64(),
                in.readU8(),
                Wire.list(in, 4096, 27, RingMember::read));
    }

    @Override
    public MessageType type() {
        return MessageType.RING_EPOCH;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(epoch);
        leader.write(out);
        out.writeU64(createdAtMillis);
        out.writeU8(replicas);
        out.writeList(members);
    }
}
