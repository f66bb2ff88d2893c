package network.autonomys.farmer.protocol.message;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * A reward signature, or why there is none.
 *
 * @param signature sr25519 signature
 * @param refused why not
 * @param text details for people
 */
public record SignAnswer(Optional<Bytes> signature, Optional<ReasonCode> refused, String text) implements Message {
    public SignAnswer {
        signature.ifPresent(value -> Wire.requireLength(value, 64));
        text = Wire.clip(text, 512);
    }

    public static SignAnswer read(ScaleReader in) {
        return new SignAnswer(
                in.readOption(r -> r.readBytes(64)),
                in.readOption(r -> ReasonCode.ofCode(r.readU16())),
                Wire.text(in, 512));
    }

    @Override
    public MessageType type() {
        return MessageType.SIGN_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeOption(signature, ScaleWriter::writeBytes);
        out.writeOption(refused, (o, v) -> o.writeU16(v.code()));
        out.writeString(text);
    }

    /** The signature. */
    public static SignAnswer signed(Bytes signature) {
        return new SignAnswer(Optional.of(signature), Optional.empty(), "");
    }

    /** A refusal. */
    public static SignAnswer refused(ReasonCode reason, String text) {
        return new SignAnswer(Optional.empty(), Optional.of(reason), text);
    }
}
