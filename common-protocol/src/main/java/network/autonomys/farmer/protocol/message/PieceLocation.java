package network.autonomys.farmer.protocol.message;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * Where a piece can be fetched.
 *
 * @param pieceIndex the piece
 * @param address bulk listener {@code host:port}, empty for none
 * @param holder the process behind it
 * @param refused why there is none
 */
public record PieceLocation(long pieceIndex, String address, Optional<InstanceId> holder, Optional<ReasonCode> refused)
        implements ScaleEncodable {
    public PieceLocation {
        Wire.requireText(address, 300);
    }

    public static PieceLocation read(ScaleReader in) {
        return new PieceLocation(
                in.readU64(),
                Wire.text(in, 300),
                in.readOption(InstanceId::read),
                in.readOption(r -> ReasonCode.ofCode(r.readU16())));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(pieceIndex);
        out.writeString(address);
        out.writeOption(holder, (o, v) -> v.write(o));
        out.writeOption(refused, (o, v) -> o.writeU16(v.code()));
    }
}
