package network.autonomys.farmer.protocol.message;

import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * An administrative command (cluster-and-cli §3.11).
 *
 * @param command identifier, seen once
 * @param action what to do
 * @param arguments its arguments
 * @param issuer who gave it, for the log
 * @param issuedAtMillis milliseconds since 1970
 * @param signature Ed25519 signature of the command without this field, where the cluster has an admin key
 */
public record Command(
        InstanceId command,
        CommandAction action,
        Map<String, String> arguments,
        String issuer,
        long issuedAtMillis,
        Optional<Bytes> signature)
        implements Message {
    public Command {
        arguments = Wire.copy(arguments, 16);
        Wire.requireText(issuer, 255);
        signature.ifPresent(value -> Wire.requireLength(value, 64));
    }

    public static Command read(ScaleReader in) {
        return new Command(
                InstanceId.read(in),
                Wire.constant(in, CommandAction.values()),
                Wire.texts(in, 16),
                Wire.text(in, 255),
                in.readU64(),
                in.readOption(r -> r.readBytes(64)));
    }

    @Override
    public MessageType type() {
        return MessageType.COMMAND;
    }

    @Override
    public void write(ScaleWriter out) {
        command.write(out);
        out.writeU8(Wire.number(action));
        Wire.writeTexts(out, arguments);
        out.writeString(issuer);
        out.writeU64(issuedAtMillis);
        out.writeOption(signature, ScaleWriter::writeBytes);
    }
}
