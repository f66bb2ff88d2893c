package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;

/**
 * What a process says to a command.
 *
 * @param member process
 * @param role its role
 * @param host host name
 * @param done false: refused or failed
 * @param text details for people
 */
public record CommandAnswer(InstanceId member, Role role, String host, boolean done, String text) implements Message {
    public CommandAnswer {
        Wire.requireText(host, 255);
        text = Wire.clip(text, 4096);
    }

    public static CommandAnswer read(ScaleReader in) {
        return new CommandAnswer(
                InstanceId.read(in),
                Wire.constant(in, Role.values()),
                Wire.text(in, 255),
                in.readBool(),
                Wire.text(in, 4096));
    }

    @Override
    public MessageType type() {
        return MessageType.COMMAND_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        member.write(out);
        out.writeU8(Wire.number(role));
        out.writeString(host);
        out.writeBool(done);
        out.writeString(text);
    }
}
