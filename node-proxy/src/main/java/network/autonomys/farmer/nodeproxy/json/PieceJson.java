package network.autonomys.farmer.nodeproxy.json;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import network.autonomys.farmer.core.types.Constants;

/** Pieces in JSON: 2 097 344 hexadecimal digits (node-rpc §1.3). */
public final class PieceJson {
    private static final byte[] DIGITS = digits();

    private PieceJson() {}

    /** Values of the digits by their character, -1 for what is no digit. */
    private static byte[] digits() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < values.length; i++) {
            if (HexFormat.isHexDigit(i)) {
                values[i] = (byte) HexFormat.fromHexDigit(i);
            }
        }
        return values;
    }

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
        // A segment is half a gigabyte of digits, which a controller reads when it has hardly been compiled: plain
        // arrays, and no call for a digit.
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] piece = new byte[Constants.PIECE_SIZE];
        if (decode(characters, piece) < 0) {
            // Says which one it is.
            Fields.digits(text);
        }
        MemorySegment.copy(piece, 0, target, ValueLayout.JAVA_BYTE, 0, piece.length);
    }

    /** Negative if one of the characters is no digit. */
    private static int decode(byte[] characters, byte[] bytes) {
        int all = 0;
        for (int i = 0; i < bytes.length; i++) {
            int value = DIGITS[characters[2 * i] & 0xff] << 4 | DIGITS[characters[2 * i + 1] & 0xff];
            bytes[i] = (byte) value;
            all |= value;
        }
        return all;
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
