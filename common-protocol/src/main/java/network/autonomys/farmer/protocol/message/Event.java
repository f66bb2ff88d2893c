package network.autonomys.farmer.protocol.message;

import java.util.Map;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;

/**
 * Something worth keeping (cluster-and-cli §3.5, af_events).
 *
 * @param severity how bad
 * @param kind dotted name, e.g. {@code solution.taken}
 * @param source process
 * @param role its role
 * @param host host name
 * @param atMillis milliseconds since 1970
 * @param text one line for people
 * @param fields further fields, at most 32
 */
public record Event(
        Severity severity,
        String kind,
        InstanceId source,
        Role role,
        String host,
        long atMillis,
        String text,
        Map<String, String> fields)
        implements Message {
    public Event {
        Wire.requireText(kind, 64);
        Wire.requireText(host, 255);
        text = Wire.clip(text, 1024);
        fields = Wire.copy(fields, 32);
    }

    public static Event read(ScaleReader in) {
        return new Event(
                Wire.constant(in, Severity.values()),
                Wire.text(in, 64),
                InstanceId.read(in),
                Wire.constant(in, Role.values()),
                Wire.text(in, 255),
                in.readU64(),
                Wire.text(in, 1024),
                Wire.texts(in, 32));
    }

    @Override
    public MessageType type() {
        return MessageType.EVENT;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(Wire.number(severity));
        out.writeString(kind);
        source.write(out);
        out.writeU8(Wire.number(role));
        out.writeString(host);
        out.writeU64(atMillis);
        out.writeString(text);
        Wire.writeTexts(out, fields);
    }
}
