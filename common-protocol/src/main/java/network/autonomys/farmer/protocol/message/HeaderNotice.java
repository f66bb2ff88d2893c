package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A newly archived segment.
 *
 * @param controller who announces
 * @param header its header
 * @param source bulk listener {@code host:port} from which its pieces can be fetched now, empty for none
 */
public record HeaderNotice(InstanceId controller, SegmentHeader header, String source) implements Message {
    public HeaderNotice {
        Wire.requireText(source, 300);
    }

    public static HeaderNotice read(ScaleReader in) {
        return new HeaderNotice(InstanceId.read(in), SegmentHeader.read(in), Wire.text(in, 300));
    }

    @Override
    public MessageType type() {
        return MessageType.HEADER;
    }

    @Override
    public void write(ScaleWriter out) {
        controller.write(out);
        header.write(out);
        out.writeString(source);
    }
}
