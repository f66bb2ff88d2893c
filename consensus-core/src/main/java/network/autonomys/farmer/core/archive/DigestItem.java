package network.autonomys.farmer.core.archive;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;

/** An entry in the digest of a block header (primitives §7.5). An engine is named by 4 bytes. */
public sealed interface DigestItem extends ScaleEncodable {
    /** Data of no engine. */
    record Other(Bytes data) implements DigestItem {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(0).writeVec(data);
        }
    }

    /** A message of the runtime to the consensus engine. */
    record Consensus(Bytes engine, Bytes data) implements DigestItem {
        public Consensus {
            Checks.length(engine, 4, "engine");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(4).writeBytes(engine).writeVec(data);
        }
    }

    /** The author's signature; the last item. */
    record Seal(Bytes engine, Bytes data) implements DigestItem {
        public Seal {
            Checks.length(engine, 4, "engine");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(5).writeBytes(engine).writeVec(data);
        }
    }

    /** A message of the consensus engine to the runtime. */
    record PreRuntime(Bytes engine, Bytes data) implements DigestItem {
        public PreRuntime {
            Checks.length(engine, 4, "engine");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(6).writeBytes(engine).writeVec(data);
        }
    }

    /** Code or heap size of the runtime changed. */
    record RuntimeEnvironmentUpdated() implements DigestItem {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(8);
        }
    }

    /** Decodes one item, or throws {@link ScaleException}. */
    static DigestItem read(ScaleReader in) {
        int tag = in.readU8();
        return switch (tag) {
            case 0 -> new Other(Bytes.of(in.readVec()));
            case 4 -> new Consensus(in.readBytes(4), Bytes.of(in.readVec()));
            case 5 -> new Seal(in.readBytes(4), Bytes.of(in.readVec()));
            case 6 -> new PreRuntime(in.readBytes(4), Bytes.of(in.readVec()));
            case 8 -> new RuntimeEnvironmentUpdated();
            default -> throw new ScaleException("DigestItem has no variant " + tag);
        };
    }
}
