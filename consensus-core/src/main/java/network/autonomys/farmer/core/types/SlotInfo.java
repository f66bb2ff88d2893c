package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Announcement of a slot to farmers; 56 bytes (node-rpc §1.4.2).
 *
 * @param slotNumber u64
 * @param globalChallenge 32 bytes
 * @param solutionRange u64: a distance of at most half of it makes a block
 * @param votingSolutionRange u64: a distance of at most half of it makes a vote
 */
public record SlotInfo(long slotNumber, Bytes globalChallenge, long solutionRange, long votingSolutionRange)
        implements ScaleEncodable {
    /** Checks lengths and ranges; {@link IllegalArgumentException} for what has no encoding. */
    public SlotInfo {
        Checks.length(globalChallenge, 32, "globalChallenge");
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SlotInfo read(ScaleReader in) {
        return new SlotInfo(in.readU64(), in.readBytes(32), in.readU64(), in.readU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(slotNumber);
        out.writeBytes(globalChallenge);
        out.writeU64(solutionRange);
        out.writeU64(votingSolutionRange);
    }
}
