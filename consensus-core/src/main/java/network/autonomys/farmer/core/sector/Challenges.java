package network.autonomys.farmer.core.sector;

import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Checks;
import network.autonomys.farmer.core.types.Constants;

/** From the proof of time of a slot to the distance of a chunk (primitives-archiving-kzg §4.6, §4.7, §4.10; sectors-farms §1). */
public final class Challenges {
    private Challenges() {}

    /** The randomness of a slot, 32 bytes, from its proof of time, 16 bytes. */
    public static Bytes globalRandomness(Bytes proofOfTime) {
        return Blake3.hash(Checks.length(proofOfTime, Constants.POT_SIZE, "proofOfTime"));
    }

    /** The challenge of a slot to all sectors, 32 bytes. */
    public static Bytes globalChallenge(Bytes globalRandomness, long slot) {
        byte[] le64 = new byte[8];
        SectorIds.putLe(le64, 0, 8, slot);
        return Bytes.of(Blake3.hash(
                Checks.length(globalRandomness, Constants.HASH_SIZE, "globalRandomness")
                        .toArray(),
                le64));
    }

    /** The challenge of a slot to one sector, 32 bytes. */
    public static Bytes sectorSlotChallenge(Bytes sectorId, Bytes globalChallenge) {
        return xor(
                Checks.length(sectorId, Constants.HASH_SIZE, "sectorId"),
                Checks.length(globalChallenge, Constants.HASH_SIZE, "globalChallenge"));
    }

    /** The s-bucket that a challenge of a sector asks for, 0 to 65 535. */
    public static int sBucket(Bytes sectorSlotChallenge) {
        return sectorSlotChallenge.le16(0);
    }

    /** What is stored of a chunk: the plain chunk, 32 bytes, masked with the hash of its proof of space. Masking twice gives the plain chunk again. */
    public static Bytes mask(Bytes chunk, Bytes proofOfSpace) {
        Bytes hash = Blake3.hash(Checks.length(proofOfSpace, Constants.POS_PROOF_SIZE, "proofOfSpace"));
        return xor(Checks.length(chunk, Constants.SCALAR_SIZE, "chunk"), hash);
    }

    /** How far a chunk, as it is stored, is from the target of the slot; unsigned, smaller is better. */
    public static long distance(Bytes globalChallenge, Bytes storedChunk, Bytes sectorSlotChallenge) {
        Bytes audit =
                Blake3.keyed(sectorSlotChallenge, Checks.length(storedChunk, Constants.SCALAR_SIZE, "storedChunk"));
        return distance(audit.le64(0), target(globalChallenge));
    }

    /** The point on the circle of 2^64 that distances are measured from. */
    public static long target(Bytes globalChallenge) {
        return globalChallenge.le64(0);
    }

    /** The shorter way between two points on the circle of 2^64, unsigned. */
    public static long distance(long a, long b) {
        return UnsignedMath.min(a - b, b - a);
    }

    /** True where a distance is at most half the solution range; both unsigned. */
    public static boolean within(long distance, long solutionRange) {
        return Long.compareUnsigned(distance, solutionRange >>> 1) <= 0;
    }

    private static Bytes xor(Bytes a, Bytes b) {
        byte[] result = a.toArray();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= b.get(i);
        }
        return Bytes.of(result);
    }
}
