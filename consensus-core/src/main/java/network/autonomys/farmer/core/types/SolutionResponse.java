package network.autonomys.farmer.core.types;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What a farmer submits: a solution for a slot; 420 bytes (node-rpc §1.4.3).
 *
 * @param slotNumber u64
 * @param solution the claim
 */
public record SolutionResponse(long slotNumber, Solution solution) implements ScaleEncodable {
    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static SolutionResponse read(ScaleReader in) {
        return new SolutionResponse(in.readU64(), Solution.read(in));
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(slotNumber);
        solution.write(out);
    }
}
