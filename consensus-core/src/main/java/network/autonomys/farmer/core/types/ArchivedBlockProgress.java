package network.autonomys.farmer.core.types;

import java.util.OptionalLong;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/** How much of a block is archived; 1 or 5 bytes (primitives-archiving-kzg §4.1). */
public sealed interface ArchivedBlockProgress extends ScaleEncodable {

    /** All of it. */
    record Complete() implements ArchivedBlockProgress {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(0);
        }
    }

    /**
     * A part of it.
     *
     * @param bytes how many bytes of the encoded block are in segments already, u32; may be 0
     */
    record Partial(long bytes) implements ArchivedBlockProgress {
        public Partial {
            Checks.u32(bytes, "bytes");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(1).writeU32(bytes);
        }
    }

    /** The bytes archived of a block that is cut, empty for a complete one. */
    default OptionalLong partial() {
        return this instanceof Partial part ? OptionalLong.of(part.bytes()) : OptionalLong.empty();
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    static ArchivedBlockProgress read(ScaleReader in) {
        return in.readVariant("ArchivedBlockProgress", 2) == 0 ? new Complete() : new Partial(in.readU32());
    }
}
