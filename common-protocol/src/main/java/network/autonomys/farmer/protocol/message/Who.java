package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * "Announce yourselves": answers are presence beats, spread over half a second (cluster-and-cli §3.3).
 */
public record Who() implements Message {
    public static Who read(ScaleReader in) {
        return new Who();
    }

    @Override
    public MessageType type() {
        return MessageType.WHO;
    }

    @Override
    public void write(ScaleWriter out) {}
}
