package network.autonomys.farmer.core.types;

import java.util.OptionalLong;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * The solution ranges that a runtime reports ({@code SolutionRanges} upstream).
 *
 * @param current u64
 * @param next of the next era, once known
 * @param votingCurrent u64
 * @param votingNext of the next era, once known
 */
public record RuntimeSolutionRanges(long current, OptionalLong next, long votingCurrent, OptionalLong votingNext)
        implements ScaleEncodable {
    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    public static RuntimeSolutionRanges read(ScaleReader in) {
        return new RuntimeSolutionRanges(in.readU64(), in.readOptionU64(), in.readU64(), in.readOptionU64());
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU64(current);
        out.writeOptionU64(next);
        out.writeU64(votingCurrent);
        out.writeOptionU64(votingNext);
    }
}
