package network.autonomys.farmer.storage.farm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;

/**
 * What the audit keeps of one sector in memory: chunks before every {@value #STEP}th s-bucket, about 1 KiB; the sizes between them are read from
 * the metadata file, 512 bytes in one piece.
 */
final class AuditIndex {
    /** s-buckets between two remembered sums. */
    static final int STEP = 256;

    private static final ValueLayout.OfShort LE_16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
    long chunksBefore(int sBucket, MemorySegment sizes) {
        long sum = Integer.toUnsignedLong(before[sBucket / STEP]);
        for (int i = 0; i < sBucket % STEP; i++) {
            sum += size(i, sizes);
        }
        return sum;
    }

    /** The chunks of an s-bucket. */
    static int size(int sBucket, MemorySegment sizes) {
        return Short.toUnsignedInt(sizes.get(LE_16, 2L * (sBucket % STEP)));
    }
}
