package network.autonomys.farmer.storage.farm;

import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;

/**
 * How a farm divides the space it may use (sectors-farms §7.4).
 *
 * @param allocated bytes that the farm may use
 * @param cachePercentage share of it for a piece cache, 0 to 99; 0 for a cluster's farm
 * @param pieces records of a sector
 * @param targetSectors sectors that fit, 1 to 65 534
 * @param plotFileBytes length of plot.bin
 * @param cacheCapacity pieces that fit into piece_cache.bin
 * @param metadataBytes bytes of metadata.bin in use
 */
public record SpaceDistribution(
        long allocated,
        int cachePercentage,
        int pieces,
        int targetSectors,
        long plotFileBytes,
        long cacheCapacity,
        long metadataBytes) {
    /** Bytes in front of the first sector metadata. */
    public static final long RESERVED_METADATA = 1 << 20;

    /** Bytes of one element of a piece cache. */
    public static final long CACHE_ELEMENT = 1_048_712;

    /** Most sectors of a farm. */
    public static final int MAX_SECTORS = 65_534;

    private static final long PAGE = 4096;
    private static final long KNOWN_ADDRESSES = 961_284;
    private static final long IDENTITY = 33;
    private static final long FIXED = (2 << 20) + IDENTITY + KNOWN_ADDRESSES;

    /**
     * Divides an allocation.
     *
     * @throws FarmException where not even one sector fits, naming the least that does, or too many would
     */
    public static SpaceDistribution of(long allocated, int cachePercentage, int pieces) throws FarmException {
        if (cachePercentage < 0 || cachePercentage > 99) {
            throw new IllegalArgumentException("cache percentage " + cachePercentage);
        }
        long sector = new SectorLayout(pieces).sectorBytes();
        long each = sector + SectorMetadata.SIZE;
        long plottable = Math.max(allocated - FIXED, 0) / 100 * (100 - cachePercentage);
        long target = plottable < PAGE ? 0 : (plottable - PAGE) / each;
        if (target == 0) {
            throw new FarmException(
                    FarmException.Kind.INSUFFICIENT_SPACE,
                    allocated + " bytes are not enough for one sector of " + pieces + " pieces; the least is "
                            + minimum(each, cachePercentage));
        }
        if (target > MAX_SECTORS) {
            throw new FarmException(
                    FarmException.Kind.TOO_LARGE,
                    allocated + " bytes would be " + target + " sectors; a farm has at most " + MAX_SECTORS);
        }
        long plotFile = align(target * sector);
        long metadata = SectorMetadata.SIZE * target;
        long capacity = cachePercentage == 0 ? 0 : (allocated - FIXED - plotFile - metadata) / CACHE_ELEMENT;
        return new SpaceDistribution(
                allocated,
                cachePercentage,
                pieces,
                (int) target,
                plotFile,
                Math.max(capacity, 0),
                RESERVED_METADATA + metadata);
    }

    /**
     * The least allocation of a cluster's farm that holds a number of sectors.
     *
     * @param sectors 1 to 65 534
     */
    public static long allocationFor(int sectors, int pieces) {
        if (sectors < 1 || sectors > MAX_SECTORS) {
            throw new IllegalArgumentException("a farm has 1 to " + MAX_SECTORS + " sectors, not " + sectors);
        }
        long each = new SectorLayout(pieces).sectorBytes() + SectorMetadata.SIZE;
        long plottable = each * sectors + PAGE;
        return FIXED + Math.ceilDiv(plottable, 100L) * 100;
    }

    /**
     * The most sectors that a cluster's farm can have in a space.
     *
     * @param room bytes
     * @return 0 to 65 534
     */
    public static int mostSectors(long room, int pieces) {
        long each = new SectorLayout(pieces).sectorBytes() + SectorMetadata.SIZE;
        long plottable = Math.max(room - FIXED, 0) / 100 * 100;
        return Math.clamp((plottable - PAGE) / each, 0, MAX_SECTORS);
    }

    /** Length of metadata.bin: the bytes in use, rounded up to pages. */
    public long metadataFileBytes() {
        return align(metadataBytes);
    }

    /** Length of piece_cache.bin, 0 where there is none. */
    public long cacheFileBytes() {
        return align(cacheCapacity * CACHE_ELEMENT);
    }

    static long align(long bytes) {
        return Math.ceilDiv(bytes, PAGE) * PAGE;
    }

    private static long minimum(long each, int cachePercentage) {
        long least = Math.ceilDiv(each, (long) (100 - cachePercentage)) * 100;
        if (least - each < CACHE_ELEMENT) {
            least = each + CACHE_ELEMENT;
        }
        return FIXED + least;
    }
}
