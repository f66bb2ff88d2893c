package network.autonomys.farmer.protocol.message;

import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * Segment headers in the order of the request.
 *
 * @param headers empty where the node has none
 */
public record HeadersAnswer(List<Optional<SegmentHeader>> headers) implements Message {
    public HeadersAnswer {
        headers = Wire.copy(headers, 1000);
    }

    public static HeadersAnswer read(ScaleReader in) {
        return new HeadersAnswer(Wire.list(in, 1000, 1, r -> r.readOption(SegmentHeader::read)));
    }

    @Override
    public MessageType type() {
        return MessageType.HEADERS_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeList(headers, (o, v) -> o.writeOption(v, (p, w) -> w.write(p)));
    }
}
