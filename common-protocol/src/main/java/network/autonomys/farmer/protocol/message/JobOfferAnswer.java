package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * Taken or not.
 *
 * @param accepted true: this server works on it
 * @param server plot server
 * @param retryAfterMillis earliest sensible repetition
 */
public record JobOfferAnswer(boolean accepted, InstanceId server, long retryAfterMillis) implements Message {
    public static JobOfferAnswer read(ScaleReader in) {
        return new JobOfferAnswer(in.readBool(), InstanceId.read(in), in.readU32());
    }

    @Override
    public MessageType type() {
        return MessageType.JOB_OFFER_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBool(accepted);
        server.write(out);
        out.writeU32(retryAfterMillis);
    }
}
