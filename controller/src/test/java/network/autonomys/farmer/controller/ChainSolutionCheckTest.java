package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import org.junit.jupiter.api.Test;

/** Solutions that no farm can have made: each gets a reason, none an exception. */
class ChainSolutionCheckTest {
    private static final SlotInfo SLOT = new SlotInfo(7, Bytes.fromHex("ab".repeat(32)), -1L, -1L);

    @Test
    void everyFigureIsJudged() throws Exception {
        HeaderChain chain = new HeaderChain();
        FakeNode.chain(5, 99, 0).forEach(chain::offer);
        try (Kzg kzg = Kzg.cpu(TestChain.PARAMETERS)) {
            for (boolean space : new boolean[] {false, true}) {
                ChainSolutionCheck check = new ChainSolutionCheck(
                        new SolutionVerifier(kzg, (seed, challenge, proof) -> space),
                        chain,
                        () -> Optional.of(new FarmerProtocolInfo(5, 1000, 5, new Fraction(1, 10), 4)));
                Random random = new Random(3);
                Solution genesis = Solution.genesis(Bytes.fromHex("01".repeat(32)), Bytes.zeros(32));
                byte[] encoded = genesis.encode();
                assertThat(check.problem(SLOT, genesis)).isPresent();
                int judged = 0;
                for (int i = 0; i < 300; i++) {
                    byte[] changed = encoded.clone();
                    for (int n = random.nextInt(1, 30); n > 0; n--) {
                        changed[random.nextInt(changed.length)] =
                                (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                    }
                    Optional<Solution> solution = parse(changed);
                    if (solution.isPresent()) {
                        judged++;
                        assertThat(check.problem(SLOT, solution.get())).isPresent();
                    }
                }
                assertThat(judged).isGreaterThan(100);
            }
        }
    }

    private static Optional<Solution> parse(byte[] encoded) {
        try {
            return Optional.of(Solution.read(new ScaleReader(encoded)));
        } catch (ScaleException e) {
            return Optional.empty();
        }
    }
}
