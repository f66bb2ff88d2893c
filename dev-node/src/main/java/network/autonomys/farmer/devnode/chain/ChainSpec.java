package network.autonomys.farmer.devnode.chain;

import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.sector.SolutionRanges;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.ChainConstants;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.SlotProbability;

/**
 * What makes one dev chain differ from another: equal specifications have equal genesis blocks (node-rpc §6.1, §6.5).
 *
 * @param seed text of the user
 * @param slotMillis target duration of a slot, at least 1
 * @param potIterations of a slot, a multiple of 16
 * @param potEntropy external entropy of the proof of time, may be empty
 * @param confirmationDepth K: block n is archived when block n + K is imported
 * @param authoringDelay D: slots that solutions are waited for
 * @param slotProbability expected blocks per slot
 * @param eraBlocks blocks of an era
 * @param adjustRange whether the solution range follows the space pledged
 * @param initialPieces pieces that the first solution range supposes
 * @param expectedVotes per block
 * @param maxPiecesInSector u16, not 0
 * @param recentSegments how many segments count as recent
 * @param recentFraction share of a sector from recent history
 * @param minSectorLifetime segments
 * @param entropy when randomness of blocks enters the proof of time
 * @param authoring who may author blocks
 * @param kzgDigest SHA-256 of the KZG parameters
 */
public record ChainSpec(
        String seed,
        long slotMillis,
        long potIterations,
        String potEntropy,
        int confirmationDepth,
        int authoringDelay,
        SlotProbability slotProbability,
        int eraBlocks,
        boolean adjustRange,
        long initialPieces,
        int expectedVotes,
        int maxPiecesInSector,
        long recentSegments,
        Fraction recentFraction,
        long minSectorLifetime,
        EntropyTiming entropy,
        Authoring authoring,
        Bytes kzgDigest)
        implements ScaleEncodable {
    /** Root of the trie without entries. */
    private static final Bytes EMPTY_ROOT =
            Bytes.fromHex("03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");

    private static final byte[] DOMAIN = "devnode".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /**
     * When randomness of blocks enters the proof of time (node-rpc §3.9).
     *
     * @param interval blocks between injections
     * @param lookBack intervals until the entropy of a block is used
     * @param delay slots from the announcement to the injection
     */
    public record EntropyTiming(int interval, int lookBack, int delay) {}

    /**
     * Who may author blocks.
     *
     * @param firstFarmer the farm of block 1 alone
     * @param key this farm alone
     */
    public record Authoring(boolean firstFarmer, Optional<Bytes> key) {
        /** Anyone. */
        public static final Authoring ANYONE = new Authoring(false, Optional.empty());
    }

    public ChainSpec {
        atLeast(1, slotMillis, "slot duration");
        atLeast(16, potIterations, "proof-of-time iterations");
        Checks.u32(potIterations, "proof-of-time iterations");
        if (potIterations % 16 != 0) {
            throw new IllegalArgumentException("proof-of-time iterations are a multiple of 16, not " + potIterations);
        }
        atLeast(1, confirmationDepth, "confirmation depth");
        atLeast(1, authoringDelay, "block authoring delay");
        atLeast(1, slotProbability.numerator(), "slot probability");
        atLeast(1, slotProbability.denominator(), "slot probability");
        atLeast(1, eraBlocks, "era");
        atLeast(1, initialPieces, "initial pieces");
        atLeast(0, expectedVotes, "expected votes");
        atLeast(1, Checks.u16(maxPiecesInSector, "max pieces in sector"), "max pieces in sector");
        atLeast(1, recentSegments, "recent segments");
        atLeast(1, minSectorLifetime, "min sector lifetime");
        if (entropy.interval() <= entropy.delay() || entropy.delay() <= authoringDelay + 1 || entropy.lookBack() < 1) {
            throw new IllegalArgumentException(
                    "entropy interval > entropy delay > block authoring delay + 1 must hold");
        }
        Checks.length(kzgDigest, 32, "kzgDigest");
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
        }
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeString(seed).writeU64(slotMillis).writeU32(potIterations).writeString(potEntropy);
        out.writeU32(confirmationDepth).writeU32(authoringDelay);
        slotProbability.write(out);
        out.writeU32(eraBlocks).writeBool(adjustRange).writeU64(initialPieces).writeU32(expectedVotes);
        out.writeU16(maxPiecesInSector).writeU64(recentSegments);
        recentFraction.write(out);
        out.writeU64(minSectorLifetime);
        out.writeU32(entropy.interval()).writeU32(entropy.lookBack()).writeU32(entropy.delay());
        out.writeBool(authoring.firstFarmer()).writeOption(authoring.key(), ScaleWriter::writeBytes);
        out.writeBytes(kzgDigest);
    }

    /** The genesis header: everything that the chain is follows from the specification. */
    public BlockHeader genesis() {
        return new BlockHeader(
                Bytes.zeros(Constants.HASH_SIZE),
                0,
                Bytes.of(Blake2b.hash256(DOMAIN, encode())),
                EMPTY_ROOT,
                List.of());
    }

    /** The seed of slot 1. */
    public Bytes genesisSeed() {
        return PotInputs.genesisSeed(genesis().hash(), potEntropy);
    }

    /** The solution range of block 1. */
    public long initialRange() {
        return SolutionRanges.fromPieces(initialPieces, slotProbability);
    }

    /** The voting range that belongs to a solution range. */
    public long votingRange(long range) {
        return adjustRange ? SolutionRanges.voting(range, expectedVotes) : range;
    }

    /** The constants that the runtime reports. */
    public ChainConstants constants() {
        return new ChainConstants(
                confirmationDepth,
                authoringDelay,
                eraBlocks,
                slotProbability,
                slotMillis,
                recentSegments,
                recentFraction,
                minSectorLifetime);
    }
}
