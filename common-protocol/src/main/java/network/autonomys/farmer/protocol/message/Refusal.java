package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * The answer to a request that is not served.
 *
 * @param reason why
 * @param retryAfterMillis earliest sensible repetition, 0 for never
 * @param text details for people
 */
public record Refusal(ReasonCode reason, long retryAfterMillis, String text) implements Message {
    public Refusal {
        text = Wire.clip(text, 512);
    }

    public static Refusal read(ScaleReader in) {
        return new Refusal(ReasonCode.ofCode(in.readU16()), in.readU32(), Wire.text(in, 512));
    }

    @Override
    public MessageType type() {
        return MessageType.REFUSAL;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU16(reason.code());
        out.writeU32(retryAfterMillis);
        out.writeString(text);
    }
}
