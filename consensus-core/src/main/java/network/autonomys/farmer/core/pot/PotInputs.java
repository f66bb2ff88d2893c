package network.autonomys.farmer.core.pot;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.core.types.PotParametersChange;

/** What proofs of time start from (primitives-archiving-kzg §4.7). */
public final class PotInputs {
    private PotInputs() {}

    /**
     * The seed of the first slot of a chain, 16 bytes.
     *
     * @param genesisHash 32 bytes
     * @param externalEntropy the chain's text, whose characters are hashed as they are; empty where there is none
     */
    public static Bytes genesisSeed(Bytes genesisHash, String externalEntropy) {
        Checks.length(genesisHash, Constants.HASH_SIZE, "genesisHash");
        return first16(Blake3.hash(genesisHash.toArray(), externalEntropy.getBytes(StandardCharsets.UTF_8)));
    }

    /** The AES key of a slot, 16 bytes, from its seed. */
    public static Bytes key(Bytes seed) {
        return first16(
                Blake3.hash(Checks.length(seed, Constants.POT_SIZE, "seed").toArray()));
    }

    /** The entropy, 32 bytes, that a block puts in: from its solution's chunk, 32 bytes, and its proof of time, 16 bytes. */
    public static Bytes entropy(Bytes chunk, Bytes proofOfTime) {
        return Blake3.hash(
                Checks.length(chunk, Constants.SCALAR_SIZE, "chunk"),
                Checks.length(proofOfTime, Constants.POT_SIZE, "proofOfTime"));
    }

    /** The seed of the slot at which entropy is injected, 16 bytes, from the slot before. */
    public static Bytes seedWithEntropy(Bytes entropy, Bytes parentOutput) {
        Checks.length(entropy, Constants.HASH_SIZE, "entropy");
        return first16(Blake3.hash(
                entropy.toArray(),
                Checks.length(parentOutput, Constants.POT_SIZE, "parentOutput").toArray()));
    }

    /**
     * The input of the slot after a parent.
     *
     * @param baseIterations what holds without a change, u32, not 0
     * @param parentSlot below 2^64 - 1
     * @param parentOutput the parent's proof of time, 16 bytes
     * @param change the announced change; it applies from its slot on, and its entropy in that slot only
     */
    public static PotNextSlotInput nextSlot(
            long baseIterations, long parentSlot, Bytes parentOutput, Optional<PotParametersChange> change) {
        Checks.length(parentOutput, Constants.POT_SIZE, "parentOutput");
        if (parentSlot == -1) {
            throw new IllegalArgumentException("no slot comes after 2^64 - 1");
        }
        long slot = parentSlot + 1;
        if (change.isEmpty() || Long.compareUnsigned(change.get().slot(), slot) > 0) {
            return new PotNextSlotInput(slot, baseIterations, parentOutput);
        }
        PotParametersChange applied = change.get();
        Bytes seed = applied.slot() == slot ? seedWithEntropy(applied.entropy(), parentOutput) : parentOutput;
        return new PotNextSlotInput(slot, applied.slotIterations(), seed);
    }

    private static Bytes first16(byte[] hash) {
        return Bytes.copyOf(hash, 0, Constants.POT_SIZE);
    }
}
