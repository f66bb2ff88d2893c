package network.autonomys.farmer.nodeproxy.json;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import network.autonomys.farmer.core.types.Constants;

/** Pieces in JSON: 2 097 344 hexadecimal digits (node-rpc §1.3). */
public final class PieceJson {
    private PieceJson() {}

    /**
     * Reads a piece into the caller's memory.
     *
     * @param target 1 048 672 bytes
     * @throws JsonException where the value is no piece
     */
    public static void read(Json json, MemorySegment target) {
        if (target.byteSize() != Constants.PIECE_SIZE) {
            throw new IllegalArgumentException(
                    "a piece has " + Constants.PIECE_SIZE + " bytes, not " + target.byteSize());
        }
        String text = Fields.text(json);
        if (text.length() != 2 * Constants.PIECE_SIZE) {
            throw new JsonException(
                    "invalid length " + text.length() / 2 + ", expected Expected " + Constants.PIECE_SIZE + " bytes");
        }
        Fields.digits(text);
        for (int i = 0; i < Constants.PIECE_SIZE; i++) {
            int value =
                    HexFormat.fromHexDigit(text.charAt(2 * i)) << 4 | HexFormat.fromHexDigit(text.charAt(2 * i + 1));
            target.set(ValueLayout.JAVA_BYTE, i, (byte) value);
        }
    }

    /** The JSON of a piece of 1 048 672 bytes. */
    public static Json of(MemorySegment piece) {
        if (piece.byteSize() != Constants.PIECE_SIZE) {
            throw new IllegalArgumentException(
                    "a piece has " + Constants.PIECE_SIZE + " bytes, not " + piece.byteSize());
        }
        return Json.string(HexFormat.of().formatHex(piece.toArray(ValueLayout.JAVA_BYTE)));
    }
}
