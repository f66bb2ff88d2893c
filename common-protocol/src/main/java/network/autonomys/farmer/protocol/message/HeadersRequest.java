package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Asks any controller for segment headers.
 *
 * @param segmentIndexes at most 1000
 */
public record HeadersRequest(List<Long> segmentIndexes) implements Message {
    public HeadersRequest {
        segmentIndexes = Wire.copy(segmentIndexes, 1000);
    }

    public static HeadersRequest read(ScaleReader in) {
        return new HeadersRequest(Wire.list(in, 1000, 8, ScaleReader::readU64));
    }

    @Override
    public MessageType type() {
        return MessageType.HEADERS_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeList(segmentIndexes, ScaleWriter::writeU64);
    }
}
