package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The proof of time of a slot: eight outputs of 16 bytes, 128 bytes in all.
 *
 * @param bytes the outputs, joined
 */
public record PotCheckpoints(Bytes bytes) implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public PotCheckpoints {
        Checks.length(bytes, 128, "bytes");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static PotCheckpoints read(ScaleReader in) {
        return new PotCheckpoints(in.readBytes(128));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(bytes);
    }

    /** Output {@code index} of 0 to 7, 16 bytes. */
    public Bytes get(int index) {
        return bytes.slice(index * Constants.POT_SIZE, (index + 1) * Constants.POT_SIZE);
    }

    /** The output of the slot, which is the last of the eight. */
    public Bytes output() {
        return get(Constants.POT_CHECKPOINTS - 1);
    }
}
