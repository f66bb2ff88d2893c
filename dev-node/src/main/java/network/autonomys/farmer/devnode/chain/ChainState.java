package network.autonomys.farmer.devnode.chain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.core.types.RuntimeSolutionRanges;

/**
 * The consensus state after a block. Immutable.
 *
 * @param number of the block
 * @param slot of the block, 0 for genesis
 * @param proofOfTime of the block's slot, 16 bytes
 * @param ranges solution ranges
 * @param eraStartSlot absent in the first era
 * @param entropies by the number of the block they come from
 * @param segments commitments of segments in blocks so far
 * @param rootKey the only farm that may author, if restricted
 * @param claims who has used which solution in this block: key of the claim to the signature
 * @param parentClaims the same of the parent
 */
public record ChainState(
        long number,
        long slot,
        Bytes proofOfTime,
        RuntimeSolutionRanges ranges,
        OptionalLong eraStartSlot,
        NavigableMap<Long, Entropy> entropies,
        long segments,
        Optional<Bytes> rootKey,
        Map<Bytes, Bytes> claims,
        Map<Bytes, Bytes> parentClaims) {

    /**
     * Randomness of a block that waits for its injection.
     *
     * @param target slot of the injection, once announced
     * @param value 32 bytes
     */
    public record Entropy(OptionalLong target, Bytes value) {}

    public ChainState {
        entropies = Collections.unmodifiableNavigableMap(new TreeMap<>(entropies));
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        parentClaims = Collections.unmodifiableMap(new LinkedHashMap<>(parentClaims));
    }

    /** The state of the genesis block. */
    public static ChainState genesis(ChainSpec spec) {
        long range = spec.initialRange();
        return new ChainState(
                0,
                0,
                Bytes.zeros(16),
                new RuntimeSolutionRanges(range, OptionalLong.empty(), spec.votingRange(range), OptionalLong.empty()),
                OptionalLong.empty(),
                new TreeMap<>(),
                0,
                spec.authoring().key(),
                Map.of(),
                Map.of());
    }

    /** The solution range of the next block. */
    public long nextRange() {
        return ranges.next().orElse(ranges.current());
    }

    /** The voting range of the next block. */
    public long nextVotingRange() {
        return ranges.votingNext().orElse(ranges.votingCurrent());
    }

    /** Segments of history, at least 1. */
    public long historySize() {
        return Math.max(1, segments);
    }

    /** The announced change of the proof of time (node-rpc §3.9). */
    public Optional<PotParametersChange> nextChange(ChainSpec spec) {
        long source = number / spec.entropy().interval() * spec.entropy().interval()
                - (long) spec.entropy().lookBack() * spec.entropy().interval();
        Entropy entropy = entropies.get(source);
        if (entropy == null || entropy.target().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new PotParametersChange(entropy.target().getAsLong(), spec.potIterations(), entropy.value()));
    }

    /** What the header's state root stands for. */
    public Bytes root() {
        ScaleWriter out = new ScaleWriter();
        out.writeU32(number).writeU64(slot).writeBytes(proofOfTime);
        ranges.write(out);
        out.writeOptionU64(eraStartSlot);
        out.writeCompact(entropies.size());
        entropies.forEach((block, entropy) ->
                out.writeU32(block).writeOptionU64(entropy.target()).writeBytes(entropy.value()));
        out.writeU64(segments).writeOption(rootKey, ScaleWriter::writeBytes);
        out.writeCompact(claims.size());
        claims.forEach((claim, signature) -> out.writeVec(claim).writeVec(signature));
        return Bytes.of(Blake2b.hash256(out.toByteArray()));
    }
}
