package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * Asks a controller to bring pieces within reach (cluster-and-cli §3.4).
 *
 * @param requester who asks
 * @param pieceIndexes at most 1024
 */
public record PieceSourceRequest(InstanceId requester, List<Long> pieceIndexes) implements Message {
    public PieceSourceRequest {
        pieceIndexes = Wire.copy(pieceIndexes, 1024);
    }

    public static PieceSourceRequest read(ScaleReader in) {
        return new PieceSourceRequest(InstanceId.read(in), Wire.list(in, 1024, 8, ScaleReader::readU64));
    }

    @Override
    public MessageType type() {
        return MessageType.PIECE_SOURCE_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {
        requester.write(out);
        out.writeList(pieceIndexes, ScaleWriter::writeU64);
    }
}
