package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A new slot, as announced by each controller (cluster-and-cli §3.6).
 *
 * @param controller who announces
 * @param info slot, challenge and ranges
 * @param bestBlock height of the node
 * @param synced false: the node is still syncing, ignore the slot if another controller is synced
 * @param sentAtMillis sending time by the controller's clock, for figures only
 */
public record Slot(InstanceId controller, SlotInfo info, long bestBlock, boolean synced, long sentAtMillis)
        implements Message {
    public static Slot read(ScaleReader in) {
        return new Slot(InstanceId.read(in), SlotInfo.read(in), in.readU64(), in.readBool(), in.readU64());
    }

    @Override
    public MessageType type() {
        return MessageType.SLOT;
    }

    @Override
    public void write(ScaleWriter out) {
        controller.write(out);
        info.write(out);
        out.writeU64(bestBlock);
        out.writeBool(synced);
        out.writeU64(sentAtMillis);
    }
}
