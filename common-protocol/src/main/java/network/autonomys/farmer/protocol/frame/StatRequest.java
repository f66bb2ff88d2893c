package network.autonomys.farmer.protocol.frame;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Asks which pieces of segments are held; answered with one bitmap of 256 bits (32 bytes, bit p is byte p/8, bit p%8) per segment.
 *
 * @param segmentIndexes 1 to 1024 segments
 */
public record StatRequest(List<Long> segmentIndexes) implements ScaleEncodable {
    /** Most segments in one request. */
    public static final int MAX_SEGMENTS = 1024;

    /** Bytes of the answer for each segment. */
    public static final int BITMAP_SIZE = 32;

    public StatRequest {
        segmentIndexes = List.copyOf(segmentIndexes);
        if (segmentIndexes.isEmpty() || segmentIndexes.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException(segmentIndexes.size() + " segments, 1 to " + MAX_SEGMENTS);
        }
    }

    public static StatRequest read(ScaleReader in) {
        List<Long> indexes = in.readList(Long.BYTES, ScaleReader::readU64);
        if (indexes.isEmpty() || indexes.size() > MAX_SEGMENTS) {
            throw new ScaleException(indexes.size() + " segments, 1 to " + MAX_SEGMENTS);
        }
        return new StatRequest(indexes);
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeList(segmentIndexes, ScaleWriter::writeU64);
    }
}
