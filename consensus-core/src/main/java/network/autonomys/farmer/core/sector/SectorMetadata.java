package network.autonomys.farmer.core.sector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;

/**
 * What is known of a stored sector without reading it (sectors-farms §2.1): 131 116 bytes with their checksum, kept in the farm's metadata file.
 * Immutable.
 */
public final class SectorMetadata {
    /** Bytes of the encoding. */
    public static final int SIZE = 131_116;

    private static final int HEADER = 4;
    private static final int SIZES = SectorLayout.S_BUCKETS * 2;
    private static final int BODY = SIZE - SectorLayout.HASH;
    private static final VarHandle LE16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int sectorIndex;
    private final int pieces;
    private final short[] sBucketSizes;
    private final long historySize;

    private SectorMetadata(int sectorIndex, int pieces, short[] sBucketSizes, long historySize) {
        if (sectorIndex < 0 || sectorIndex > 0xffff || pieces < 0 || pieces > 0xffff || historySize == 0) {
            throw new IllegalArgumentException(
                    "sector " + sectorIndex + " of " + pieces + " pieces, history size " + historySize);
        }
        this.sectorIndex = sectorIndex;
        this.pieces = pieces;
        this.sBucketSizes = sBucketSizes;
        this.historySize = historySize;
    }

    /**
     * The metadata of a sector.
     *
     * @param sectorIndex u16
     * @param pieces u16
     * @param sBucketSizes chunks in each of the 65 536 s-buckets, u16 each
     * @param historySize u64, not 0
     */
    public static SectorMetadata of(int sectorIndex, int pieces, short[] sBucketSizes, long historySize) {
        if (sBucketSizes.length != SectorLayout.S_BUCKETS) {
            throw new IllegalArgumentException(sBucketSizes.length + " s-buckets");
        }
        return new SectorMetadata(sectorIndex, pieces, sBucketSizes.clone(), historySize);
    }

    /** What stands for a sector that is not there or not usable: all s-buckets empty, history size 1, so long expired. */
    public static SectorMetadata dummy(int sectorIndex, int pieces) {
        return new SectorMetadata(sectorIndex, pieces, new short[SectorLayout.S_BUCKETS], 1);
    }

    /**
     * Reads 131 116 bytes and checks their hash.
     *
     * @throws ScaleException where the length, the hash or the history size is wrong
     */
    public static SectorMetadata decode(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new ScaleException("sector metadata has " + SIZE + " bytes, not " + bytes.length);
        }
        byte[] hash = new byte[SectorLayout.HASH];
        Blake3.hash(bytes, 0, BODY, hash, 0);
        if (!Arrays.equals(hash, 0, hash.length, bytes, BODY, SIZE)) {
            throw new ScaleException("checksum of sector metadata does not match");
        }
        long historySize = (long) LE64.get(bytes, HEADER + SIZES);
        if (historySize == 0) {
            throw new ScaleException("history size 0 in sector metadata");
        }
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        for (int s = 0; s < sizes.length; s++) {
            sizes[s] = (short) LE16.get(bytes, HEADER + 2 * s);
        }
        return new SectorMetadata(
                Short.toUnsignedInt((short) LE16.get(bytes, 0)),
                Short.toUnsignedInt((short) LE16.get(bytes, 2)),
                sizes,
                historySize);
    }

    /** The 131 116 bytes. */
    public byte[] encode() {
        byte[] bytes = new byte[SIZE];
        LE16.set(bytes, 0, (short) sectorIndex);
        LE16.set(bytes, 2, (short) pieces);
        for (int s = 0; s < sBucketSizes.length; s++) {
            LE16.set(bytes, HEADER + 2 * s, sBucketSizes[s]);
        }
        LE64.set(bytes, HEADER + SIZES, historySize);
        Blake3.hash(bytes, 0, BODY, bytes, BODY);
        return bytes;
    }

    public int sectorIndex() {
        return sectorIndex;
    }

    /** Records of the sector. */
    public int pieces() {
        return pieces;
    }

    public long historySize() {
        return historySize;
    }

    /** Chunks in an s-bucket. */
    public int sBucketSize(int sBucket) {
        return Short.toUnsignedInt(sBucketSizes[sBucket]);
    }

    /** Chunks in the s-buckets before this one. */
    public long chunksBefore(int sBucket) {
        long sum = 0;
        for (int s = 0; s < sBucket; s++) {
            sum += Short.toUnsignedInt(sBucketSizes[s]);
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SectorMetadata that
                && sectorIndex == that.sectorIndex
                && pieces == that.pieces
                && historySize == that.historySize
                && Arrays.equals(sBucketSizes, that.sBucketSizes);
    }

    @Override
    public int hashCode() {
        return 31 * sectorIndex + Long.hashCode(historySize);
    }

    @Override
    public String toString() {
        return "sector " + sectorIndex + " of " + pieces + " pieces, history size "
                + Long.toUnsignedString(historySize);
    }
}
