package network.autonomys.farmer.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.ConsensusLog;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.PreDigestPotInfo;
import network.autonomys.farmer.core.types.SlotProbability;
import network.autonomys.farmer.core.types.Solution;
import org.junit.jupiter.api.Test;

class TransitionTest {
    private static final long MAINNET_RANGE = 6_148_914_691_236_495L;

    private static ChainSpec spec(int era, boolean adjust, ChainSpec.Authoring authoring) {
        return new ChainSpec(
                "rules",
                1000,
                1600,
                "",
                5,
                4,
                new SlotProbability(1, 6),
                era,
                adjust,
                1000,
                9,
                1000,
                5,
                new Fraction(1, 10),
                4,
                new ChainSpec.EntropyTiming(50, 2, 15),
                authoring,
                Bytes.zeros(32));
    }

    private static PreDigest claim(long slot) {
        Bytes key = Bytes.fromHex("%064x".formatted(slot));
        return new PreDigest(
                slot,
                Solution.genesis(key, key),
                new PreDigestPotInfo(Bytes.fromHex("%032x".formatted(slot)), Bytes.zeros(16)));
    }

    private static Transition apply(ChainSpec spec, ChainState parent, long slot) {
        return Transition.of(spec, parent, claim(slot), List.of(), List.of(), OptionalLong.empty());
    }

    @Test
    void theRangeOfTheNextEraFollowsTheFormula() {
        ChainSpec spec = spec(2016, true, ChainSpec.Authoring.ANYONE);
        ChainState state = ChainState.genesis(spec);
        assertThat(state.nextRange()).isEqualTo(MAINNET_RANGE);
        assertThat(state.nextVotingRange()).isEqualTo(10 * MAINNET_RANGE);
        for (int block = 1; block < 2016; block++) {
            Transition next = apply(spec, state, block);
            assertThat(next.logs())
                    .startsWith(
                            new ConsensusLog.PotSlotIterations(1600), new ConsensusLog.SolutionRange(MAINNET_RANGE));
            state = next.state();
        }
        // The values of node-rpc §7.5: half as many slots as planned halve the range.
        Transition last = apply(spec, state, 6048);
        assertThat(last.logs()).contains(new ConsensusLog.NextSolutionRange(3_074_457_345_618_247L));
        assertThat(last.state().ranges().current()).isEqualTo(MAINNET_RANGE);
        assertThat(last.state().nextRange()).isEqualTo(3_074_457_345_618_247L);
        assertThat(last.state().nextVotingRange()).isEqualTo(30_744_573_456_182_470L);
        assertThat(last.state().eraStartSlot()).hasValue(6048);
        ChainState after = apply(spec, last.state(), 6050).state();
        assertThat(after.ranges().current()).isEqualTo(3_074_457_345_618_247L);
        assertThat(after.ranges().next()).isEmpty();
    }

    @Test
    void withoutAdjustmentThereAreNoVotes() {
        ChainSpec spec = spec(2, false, ChainSpec.Authoring.ANYONE);
        ChainState state = ChainState.genesis(spec);
        assertThat(state.nextVotingRange()).isEqualTo(state.nextRange());
        for (int block = 1; block < 5; block++) {
            state = apply(spec, state, 100L * block).state();
            assertThat(state.nextRange()).isEqualTo(MAINNET_RANGE);
            assertThat(state.nextVotingRange()).isEqualTo(MAINNET_RANGE);
        }
    }

    /** Block 50's entropy is announced by block 150 and injected 15 slots after it (node-rpc §3.9). */
    @Test
    void entropyIsAnnouncedAfterTwoIntervals() {
        ChainSpec spec = spec(2016, true, ChainSpec.Authoring.ANYONE);
        ChainState state = ChainState.genesis(spec);
        for (int block = 1; block < 150; block++) {
            Transition next = apply(spec, state, 6L * block);
            assertThat(next.logs()).noneMatch(log -> log instanceof ConsensusLog.ParametersChange);
            state = next.state();
            assertThat(state.nextChange(spec)).isEmpty();
        }
        Bytes entropy = PotInputs.entropy(Bytes.zeros(32), Bytes.fromHex("%032x".formatted(300)));
        PotParametersChange change = new PotParametersChange(915, 1600, entropy);
        for (long block = 150; block <= 152; block++) {
            Transition next = apply(spec, state, 6 * block);
            assertThat(next.logs()).contains(new ConsensusLog.ParametersChange(change));
            state = next.state();
            assertThat(state.nextChange(spec)).contains(change);
        }
        // Slot 918 passes the target: logged once more, then forgotten.
        Transition passed = apply(spec, state, 918);
        assertThat(passed.logs()).contains(new ConsensusLog.ParametersChange(change));
        assertThat(passed.state().nextChange(spec)).isEmpty();
        assertThat(apply(spec, passed.state(), 924).logs())
                .noneMatch(log -> log instanceof ConsensusLog.ParametersChange);
    }

    @Test
    void theRootHashesTheWholeState() {
        ChainSpec spec = spec(2016, true, ChainSpec.Authoring.ANYONE);
        ChainState genesis = ChainState.genesis(spec);
        ChainState one = apply(spec, genesis, 5).state();
        assertThat(apply(spec, genesis, 5).state().root()).isEqualTo(one.root());
        assertThat(apply(spec, genesis, 6).state().root()).isNotEqualTo(one.root());
        ChainState overridden = Transition.of(spec, genesis, claim(5), List.of(), List.of(), OptionalLong.of(12_345))
                .state();
        assertThat(overridden.nextRange()).isEqualTo(12_345);
        assertThat(overridden.root()).isNotEqualTo(one.root());
    }

    @Test
    void theFirstFarmerMayBeTheOnlyOne() {
        ChainSpec spec = spec(2016, true, new ChainSpec.Authoring(true, Optional.empty()));
        Transition first = apply(spec, ChainState.genesis(spec), 7);
        assertThat(first.state().rootKey()).contains(claim(7).solution().publicKey());
        assertThat(apply(spec, first.state(), 9).state().rootKey())
                .isEqualTo(first.state().rootKey());
    }

    @Test
    void equalSpecificationsHaveEqualGenesisBlocks() {
        ChainSpec spec = spec(2016, true, ChainSpec.Authoring.ANYONE);
        assertThat(spec.genesis().encode()).hasSize(98);
        assertThat(spec.genesis())
                .isEqualTo(spec(2016, true, ChainSpec.Authoring.ANYONE).genesis());
        assertThat(spec.genesis())
                .isNotEqualTo(spec(2015, true, ChainSpec.Authoring.ANYONE).genesis());
        assertThat(HexFormat.of().formatHex(spec.constants().encode()))
                .isEqualTo("00050000000400000000000000e007000001000000000000000600000000000000e803000000000000"
                        + "050000000000000001000000000000000a000000000000000400000000000000");
    }

    @Test
    void sanityOfSpecifications() {
        ChainSpec good = spec(2016, true, ChainSpec.Authoring.ANYONE);
        assertThatThrownBy(() -> new ChainSpec(
                        good.seed(),
                        1000,
                        1601,
                        "",
                        5,
                        4,
                        good.slotProbability(),
                        2016,
                        true,
                        1000,
                        9,
                        1000,
                        5,
                        good.recentFraction(),
                        4,
                        good.entropy(),
                        good.authoring(),
                        good.kzgDigest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 16");
    }

    @Test
    void fillerAndBodiesComeBackFromTheirExtrinsics() throws Exception {
        Body body = new Body(1234, List.of(), List.of(), 100_000);
        List<Bytes> extrinsics = body.extrinsics("rules", 7);
        assertThat(Body.of(extrinsics)).isEqualTo(body);
        assertThat(body.extrinsics("rules", 7)).isEqualTo(extrinsics);
        assertThat(body.extrinsics("rules", 8).getLast()).isNotEqualTo(extrinsics.getLast());
        assertThatThrownBy(() -> Body.of(List.of(Bytes.of(new byte[2])))).isInstanceOf(BlockException.class);
        assertThatThrownBy(() -> Body.of(List.of(Bytes.of(new byte[] {5, 9, 9, 9}))))
                .isInstanceOf(BlockException.class);
        assertThatThrownBy(() -> Body.of(List.of(Bytes.of(new byte[] {5, 2, 2, 9}))))
                .isInstanceOf(BlockException.class);
    }
}
