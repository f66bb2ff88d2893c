package network.autonomys.farmer.protocol.frame;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * Why a stream or a connection ends early.
 *
 * @param reason why
 * @param retryAfterMillis earliest sensible repetition, u32; 0 for none
 * @param text details for people, cut to 512 characters
 */
public record TransferError(ReasonCode reason, long retryAfterMillis, String text) implements ScaleEncodable {
    private static final int MAX_TEXT = 512;

    public TransferError {
        text = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    public static TransferError read(ScaleReader in) {
        return new TransferError(ReasonCode.ofCode(in.readU16()), in.readU32(), in.readString());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU16(reason.code()).writeU32(retryAfterMillis).writeString(text);
    }
}
