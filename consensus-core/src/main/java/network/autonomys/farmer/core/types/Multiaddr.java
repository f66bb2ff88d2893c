package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Address of a node of the piece network, in its binary form.
 *
 * @param bytes the protocols with their values, joined
 */
public record Multiaddr(Bytes bytes) implements ScaleEncodable {

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static Multiaddr read(ScaleReader in) {
        return new Multiaddr(Bytes.of(in.readVec()));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeVec(bytes);
    }
}
