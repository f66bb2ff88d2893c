package network.autonomys.farmer.devnode.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.sector.SolutionRanges;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.ConsensusLog;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.RuntimeSolutionRanges;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;

/**
 * What a block does to the state, and what its header must say of it (node-rpc §3.6, §3.9).
 *
 * @param logs the consensus items of the digest, in order
 * @param state after the block
 */
record Transition(List<ConsensusLog> logs, ChainState state) {
    /**
     * Applies a block.
     *
     * @param parent state of the parent
     * @param claim of the block
     * @param override new solution range from the next block on, by hand
     */
    static Transition of(
            ChainSpec spec,
            ChainState parent,
            PreDigest claim,
            List<SegmentHeader> headers,
            List<SignedVote> votes,
            OptionalLong override) {
        long number = parent.number() + 1;
        long range = parent.nextRange();
        long votingRange = parent.nextVotingRange();
        List<ConsensusLog> logs = new ArrayList<>();
        logs.add(new ConsensusLog.PotSlotIterations(spec.potIterations()));
        logs.add(new ConsensusLog.SolutionRange(range));

        NavigableMap<Long, ChainState.Entropy> entropies = new TreeMap<>(parent.entropies());
        injectEntropy(spec, number, claim, entropies)
                .ifPresent(change -> logs.add(new ConsensusLog.ParametersChange(change)));

        OptionalLong next = OptionalLong.empty();
        OptionalLong votingNext = OptionalLong.empty();
        OptionalLong eraStart = parent.eraStartSlot();
        if (number % spec.eraBlocks() == 0) {
            long adjusted = spec.adjustRange()
                    ? SolutionRanges.next(
                            eraStart.orElse(0), claim.slot(), spec.slotProbability(), range, spec.eraBlocks())
                    : range;
            next = OptionalLong.of(adjusted);
            votingNext = OptionalLong.of(spec.votingRange(adjusted));
            eraStart = OptionalLong.of(claim.slot());
        }
        if (override.isPresent()) {
            next = override;
            votingNext = OptionalLong.of(spec.votingRange(override.getAsLong()));
        }
        next.ifPresent(value -> logs.add(new ConsensusLog.NextSolutionRange(value)));
        headers.forEach(header ->
                logs.add(new ConsensusLog.SegmentCommitment(header.segmentIndex(), header.segmentCommitment())));
        if (override.isPresent()) {
            logs.add(new ConsensusLog.EnableSolutionRangeAdjustment(override));
        }

        Optional<Bytes> rootKey = parent.rootKey();
        if (spec.authoring().firstFarmer() && number == 1) {
            rootKey = Optional.of(claim.solution().publicKey());
            logs.add(new ConsensusLog.RootPlotPublicKeyUpdate(rootKey));
        }
        Map<Bytes, Bytes> claims = new LinkedHashMap<>();
        claims.put(VoteRules.claimKey(claim.solution(), claim.slot()), Bytes.EMPTY);
        votes.forEach(vote -> claims.put(
                VoteRules.claimKey(vote.vote().solution(), vote.vote().slot()), vote.signature()));
        ChainState state = new ChainState(
                number,
                claim.slot(),
                claim.potInfo().proofOfTime(),
                new RuntimeSolutionRanges(range, next, votingRange, votingNext),
                eraStart,
                entropies,
                parent.segments() + headers.size(),
                rootKey,
                claims,
                parent.claims());
        return new Transition(logs, state);
    }

    private static Optional<PotParametersChange> injectEntropy(
            ChainSpec spec, long number, PreDigest claim, NavigableMap<Long, ChainState.Entropy> entropies) {
        int interval = spec.entropy().interval();
        long back = (long) spec.entropy().lookBack() * interval;
        long slot = claim.slot();
        if (number % interval == 0) {
            Bytes value =
                    PotInputs.entropy(claim.solution().chunk(), claim.potInfo().proofOfTime());
            entropies.put(number, new ChainState.Entropy(OptionalLong.empty(), value));
            ChainState.Entropy source = entropies.get(number - back);
            if (source != null) {
                long target = slot + spec.entropy().delay();
                entropies.put(number - back, new ChainState.Entropy(OptionalLong.of(target), source.value()));
            }
        }
        ChainState.Entropy announced = entropies.get(number / interval * interval - back);
        Optional<PotParametersChange> change =
                announced == null || announced.target().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PotParametersChange(
                                announced.target().getAsLong(), spec.potIterations(), announced.value()));
        if (!entropies.isEmpty()) {
            OptionalLong lowest = entropies.firstEntry().getValue().target();
            if (lowest.isPresent() && Long.compareUnsigned(lowest.getAsLong(), slot) < 0) {
                entropies.pollFirstEntry();
            }
        }
        return change;
    }
}
