package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Generation of the cache tier: each cache re-announces and re-verifies when it applies a new one; nothing valid is deleted (cluster-and-cli §3.11).
 *
 * @param generation number, rising
 * @param startAtMillis when to start, milliseconds since 1970
 * @param scope role or instance, empty for all caches
 * @param verifyAll read and check every piece
 */
public record Reinitialization(long generation, long startAtMillis, String scope, boolean verifyAll)
        implements Message {
    public Reinitialization {
        Wire.requireText(scope, 255);
    }

    public static Reinitialization read(ScaleReader in) {
        return new Reinitialization(in.readU64(), in.readU64(), Wire.text(in, 255), in.readBool());
    }

    @Override
    public MessageType type() {
        return MessageType.REINITIALIZATION;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(generation);
        out.writeU64(startAtMillis);
        out.writeString(scope);
        out.writeBool(verifyAll);
    }
}
