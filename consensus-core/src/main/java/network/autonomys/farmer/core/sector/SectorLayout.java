package network.autonomys.farmer.core.sector;

/**
 * Where things lie in a sector (sectors-farms §2): bitfields and their hash, the chunks by s-bucket, record metadata, hash of all that.
 *
 * @param pieces records of the sector, 1 to 65 535
 */
public record SectorLayout(int pieces) {
    /** s-buckets of a sector. */
    public static final int S_BUCKETS = 65_536;

    /** Bytes of one chunk. */
    public static final int CHUNK = 32;

    /** Chunks that a record stores. */
    public static final int RECORD_CHUNKS = 32_768;

    /** Bytes of one record's chunks. */
    public static final int RECORD = CHUNK * RECORD_CHUNKS;

    /** Bytes of one record's bitfield of encoded s-buckets. */
    public static final int BITFIELD = S_BUCKETS / 8;

    /** Bytes of one record's metadata: commitment 48, witness 48, BLAKE3 of the piece 32. */
    public static final int RECORD_METADATA = 128;

    /** Bytes of a hash. */
    public static final int HASH = 32;

    /** Checks the number of pieces. */
    public SectorLayout {
        if (pieces < 1 || pieces > 0xffff) {
            throw new IllegalArgumentException("pieces in a sector: " + pieces);
        }
    }

    /** Bytes of the whole sector: 1 056 896 · pieces + 64. */
    public long sectorBytes() {
        return hashOffset() + HASH;
    }

    /** Bytes of the contents map: the bitfields and their hash. */
    public int contentsMapBytes() {
        return BITFIELD * pieces + HASH;
    }

    /** Offset of the chunks. */
    public long chunksOffset() {
        return contentsMapBytes();
    }

    /** Offset of a chunk by its number in the order of s-buckets, and of records in an s-bucket. */
    public long chunkOffset(long number) {
        return chunksOffset() + CHUNK * number;
    }

    /** Offset of a record's metadata. */
    public long recordMetadataOffset(int pieceOffset) {
        if (pieceOffset < 0 || pieceOffset >= pieces) {
            throw new IllegalArgumentException("piece offset " + pieceOffset + " of " + pieces);
        }
        return chunksOffset() + (long) RECORD * pieces + (long) RECORD_METADATA * pieceOffset;
    }

    /** Offset of the hash of everything before it. */
    public long hashOffset() {
        return chunksOffset() + (long) (RECORD + RECORD_METADATA) * pieces;
    }
}
