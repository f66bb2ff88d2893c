package network.autonomys.farmer.protocol.frame;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Asks for pieces; each is answered by {@link FrameType#PIECE} or {@link FrameType#MISS}, in any order, the last with
 * {@link FrameHeader#END}.
 *
 * @param trafficClass how urgent it is
 * @param budgetMillis time the requester waits, u32
 * @param credit body bytes that may be sent before more credit comes, u32
 * @param pieceIndexes 1 to 1024 indexes
 */
public record PieceRequest(TrafficClass trafficClass, long budgetMillis, long credit, List<Long> pieceIndexes)
        implements ScaleEncodable {
    /** Most pieces in one request. */
    public static final int MAX_PIECES = 1024;

    private static final TrafficClass[] CLASSES = TrafficClass.values();

    public PieceRequest {
        pieceIndexes = List.copyOf(pieceIndexes);
        if (pieceIndexes.isEmpty() || pieceIndexes.size() > MAX_PIECES) {
            throw new IllegalArgumentException(pieceIndexes.size() + " pieces in a request, 1 to " + MAX_PIECES);
        }
    }

    public static PieceRequest read(ScaleReader in) {
        TrafficClass trafficClass = CLASSES[in.readVariant("TrafficClass", CLASSES.length)];
        long budget = in.readU32();
        long credit = in.readU32();
        List<Long> indexes = in.readList(Long.BYTES, ScaleReader::readU64);
        if (indexes.isEmpty() || indexes.size() > MAX_PIECES) {
            throw new ScaleException(indexes.size() + " pieces in a request, 1 to " + MAX_PIECES);
        }
        return new PieceRequest(trafficClass, budget, credit, indexes);
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // TrafficClass documents it as its number
    public void write(ScaleWriter out) {
        out.writeU8(trafficClass.ordinal()).writeU32(budgetMillis).writeU32(credit);
        out.writeList(pieceIndexes, ScaleWriter::writeU64);
    }
}
