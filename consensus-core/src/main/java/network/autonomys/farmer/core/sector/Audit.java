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

    /** As {@link Search#winners}, for a single s-bucket. */
    public static List<Winner> winners(
            byte[] chunks, int length, Bytes sectorSlotChallenge, Bytes globalChallenge, long solutionRange) {
        return new Search().winners(chunks, length, sectorSlotChallenge, globalChallenge, solutionRange);
    }

    /** Looks through the s-buckets of one sector after the other, with the working memory of one thread. */
    public static final class Search {
        private final Blake3.KeyedPrefixes hashes = new Blake3.KeyedPrefixes();
        private long[] audits = new long[0];

        /**
         * The chunks of an s-bucket within half the range, smallest distance first, equal ones in order of rank.
         *
         * @param chunks the s-bucket's bytes
         * @param length how many of them, a multiple of 32
         * @param solutionRange the range, unsigned
         */
        public List<Winner> winners(
                byte[] chunks, int length, Bytes sectorSlotChallenge, Bytes globalChallenge, long solutionRange) {
            if (length % SectorLayout.CHUNK != 0 || length > chunks.length) {
                throw new IllegalArgumentException(length + " of " + chunks.length + " bytes are no chunks");
            }
            int count = length / SectorLayout.CHUNK;
            if (audits.length < count) {
                audits = new long[count];
            }
            hashes.hash(sectorSlotChallenge.toArray(), chunks, 0, count, audits, 0);
            List<Winner> winners = new ArrayList<>();
            long target = Challenges.target(globalChallenge);
            // Within the range on either side of the target is a stretch of the circle: one comparison tells it.
            long half = solutionRange >>> 1;
            long first = target - half;
            for (int rank = 0; rank < count; rank++) {
                if (Long.compareUnsigned(audits[rank] - first, 2 * half) <= 0) {
                    winners.add(new Winner(rank, Challenges.distance(target, audits[rank])));
                }
            }
            if (winners.size() > 1) {
                winners.sort(Comparator.comparing(Winner::distance, Long::compareUnsigned));
            }
            return winners;
        }
    }
}
