package network.autonomys.farmer.devnode;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.SlotProbability;
import network.autonomys.farmer.devnode.chain.ChainSpec;

/** The dev chain's KZG parameters, made once, and a quick chain. */
final class TestParameters {
    static final KzgParameters DEV = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));

    private TestParameters() {}

    /** Slots of 150 ms, a block in every fourth slot that a record answers, a vote in the others. */
    static ChainSpec quick(String seed) {
        return new ChainSpec(
                seed,
                150,
                16_000,
                "",
                2,
                4,
                new SlotProbability(1, 1),
                2016,
                true,
                4,
                9,
                2,
                5,
                new Fraction(1, 10),
                4,
                new ChainSpec.EntropyTiming(50, 2, 15),
                new ChainSpec.Authoring(false, Optional.empty()),
                DEV.digest());
    }
}
