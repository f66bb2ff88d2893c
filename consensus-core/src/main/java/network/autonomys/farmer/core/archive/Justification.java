package network.autonomys.farmer.core.archive;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;

/**
 * What an engine adds to a block to justify it (primitives §7.5).
 *
 * @param engine 4 bytes
 * @param data whatever the engine defines
 */
public record Justification(Bytes engine, Bytes data) implements ScaleEncodable {
    /** Checks lengths; {@link IllegalArgumentException} for what has no encoding. */
    public Justification {
        Checks.length(engine, 4, "engine");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static Justification read(ScaleReader in) {
        return new Justification(in.readBytes(4), Bytes.of(in.readVec()));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeBytes(engine).writeVec(data);
    }
}
