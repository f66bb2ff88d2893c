package network.autonomys.farmer.core.sector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;

/** Looks for chunks that win a slot (sectors-farms §5). Pure: reading the audited s-bucket is the caller's. */
public final class Audit {
    private Audit() {}

    /**
     * What to read for a sector and slot.
     *
     * @param sectorSlotChallenge 32 bytes
     * @param sBucket the audited s-bucket
     * @param offset its first byte, from the sector's beginning
     * @param bytes its length, 0 where it is empty
     */
    public record Target(Bytes sectorSlotChallenge, int sBucket, long offset, int bytes) {}

    /**
     * A chunk within the range.
     *
     * @param rank number of the chunk in its s-bucket
     * @param distance its solution distance, unsigned
     */
    public record Winner(int rank, long distance) {}

    /** The s-bucket to read for a slot. */
    public static Target target(SectorMetadata metadata, Bytes sectorId, Bytes globalChallenge) {
        Bytes challenge = Challenges.sectorSlotChallenge(sectorId, globalChallenge);
        int sBucket = Challenges.sBucket(challenge);
        SectorLayout layout = new SectorLayout(metadata.pieces());
        return new Target(
                challenge,
                sBucket,
                layout.chunkOffset(metadata.chunksBefore(sBucket)),
                metadata.sBucketSize(sBucket) * SectorLayout.CHUNK);
    }

    /**
     * The chunks of an s-bucket within half the range, smallest distance first, equal ones in order of rank.
     *
     * @param chunks the s-bucket's bytes
     * @param length how many of them, a multiple of 32
     * @param solutionRange the range, unsigned
     */
    public static List<Winner> winners(
            byte[] chunks, int length, Bytes sectorSlotChallenge, Bytes globalChallenge, long solutionRange) {
        if (length % SectorLayout.CHUNK != 0 || length > chunks.length) {
            throw new IllegalArgumentException(length + " of " + chunks.length + " bytes are no chunks");
        }
        List<Winner> winners = new ArrayList<>();
        byte[] key = sectorSlotChallenge.toArray();
        long target = Challenges.target(globalChallenge);
        long[] audits = new long[length / SectorLayout.CHUNK];
        Blake3.keyedPrefixes(key, chunks, 0, audits.length, audits, 0);
        for (int rank = 0; rank < audits.length; rank++) {
            long distance = Challenges.distance(target, audits[rank]);
            if (Challenges.within(distance, solutionRange)) {
                winners.add(new Winner(rank, distance));
            }
        }
        winners.sort(Comparator.comparing(Winner::distance, Long::compareUnsigned));
        return winners;
    }
}
