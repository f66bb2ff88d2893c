package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Where the pieces can be fetched, in the order of the request.
 *
 * @param locations one for each piece asked for
 */
public record PieceSourceAnswer(List<PieceLocation> locations) implements Message {
    public PieceSourceAnswer {
        locations = Wire.copy(locations, 1024);
    }

    public static PieceSourceAnswer read(ScaleReader in) {
        return new PieceSourceAnswer(Wire.list(in, 1024, 11, PieceLocation::read));
    }

    @Override
    public MessageType type() {
        return MessageType.PIECE_SOURCE_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeList(locations);
    }
}
