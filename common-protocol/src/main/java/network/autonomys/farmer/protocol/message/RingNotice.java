package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A new ring epoch is in the key-value store.
 *
 * @param epoch its number
 */
public record RingNotice(long epoch) implements Message {
    public static RingNotice read(ScaleReader in) {
        return new RingNotice(in.readU64());
    }

    @Override
    public MessageType type() {
        return MessageType.RING;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(epoch);
    }
}
