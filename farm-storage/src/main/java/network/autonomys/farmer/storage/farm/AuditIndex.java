package network.autonomys.farmer.storage.farm;

import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;

/**
 * What the audit keeps of one sector in memory: chunks before every {@value #STEP}th s-bucket, about 1 KiB; the sizes between them are read from
 * the metadata file, 512 bytes in one piece.
 */
final class AuditIndex {
    /** s-buckets between two remembered sums. */
    static final int STEP = 256;

    /** Offset of the s-bucket sizes in a sector's metadata. */
    private static final int SIZES = 4;

    private final long historySize;
    private final boolean empty;
    private final int[] before = new int[SectorLayout.S_BUCKETS / STEP];

    AuditIndex(SectorMetadata metadata) {
        this.historySize = metadata.historySize();
        int sum = 0;
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            if (s % STEP == 0) {
                before[s / STEP] = sum;
            }
            sum += metadata.sBucketSize(s);
        }
        empty = sum == 0;
    }

    /** True where these are the sizes of a whole sector, or of none: each s-bucket has at most a chunk of each record, and all are there. */
    static boolean isConsistent(SectorMetadata metadata) {
        long sum = 0;
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            if (metadata.sBucketSize(s) > metadata.pieces()) {
                return false;
            }
            sum += metadata.sBucketSize(s);
        }
        return sum == 0 || sum == (long) SectorLayout.RECORD_CHUNKS * metadata.pieces();
    }

    /** True for a dummy: nothing is stored. */
    boolean isEmpty() {
        return empty;
    }

    long historySize() {
        return historySize;
    }

    /** Where the sizes that a lookup of this s-bucket needs lie in the sector's metadata: 2 · {@value #STEP} bytes. */
    static int sizesOffset(int sBucket) {
        return SIZES + 2 * (sBucket / STEP * STEP);
    }

    /**
     * The number of the first chunk of an s-bucket.
     *
     * @param sizes 512 bytes from {@link #sizesOffset}
     */
    long chunksBefore(int sBucket, byte[] sizes) {
        long sum = Integer.toUnsignedLong(before[sBucket / STEP]);
        for (int i = 0; i < sBucket % STEP; i++) {
            sum += le16(sizes, 2 * i);
        }
        return sum;
    }

    /** The chunks of an s-bucket. */
    static int size(int sBucket, byte[] sizes) {
        return le16(sizes, 2 * (sBucket % STEP));
    }

    private static int le16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }
}
