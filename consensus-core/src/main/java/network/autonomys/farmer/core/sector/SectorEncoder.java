package network.autonomys.farmer.core.sector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Constants;

/** Assembles sectors from encoded records (sectors-farms §3.3). */
public final class SectorEncoder {
    private SectorEncoder() {}

    /**
     * The metadata of a record: commitment, witness and hash of its piece.
     *
     * @param piece 1 048 672 bytes
     * @param metadata receives 128 bytes
     */
    public static void recordMetadata(byte[] piece, MemorySegment metadata) {
        if (piece.length != Constants.PIECE_SIZE) {
            throw new IllegalArgumentException("a piece of " + piece.length + " bytes");
        }
        int points = Constants.PIECE_SIZE - SectorLayout.RECORD;
        MemorySegment.copy(piece, SectorLayout.RECORD, metadata, ValueLayout.JAVA_BYTE, 0, points);
        MemorySegment.copy(Blake3.hash(piece), 0, metadata, ValueLayout.JAVA_BYTE, points, SectorLayout.HASH);
    }

    /**
     * Writes a whole sector.
     *
     * @param stored 1 MiB per record: the chunks as the record engine gives them, encoded ones first
     * @param bitfields 8192 bytes per record
     * @param recordMetadata 128 bytes per record
     * @param sector receives the sector, exactly its length
     * @return the sector's metadata
     * @throws IllegalArgumentException where a buffer has another length or a record has too many encoded chunks
     */
    public static SectorMetadata assemble(
            SectorLayout layout,
            int sectorIndex,
            long historySize,
            MemorySegment stored,
            MemorySegment bitfields,
            MemorySegment recordMetadata,
            MemorySegment sector) {
        int pieces = layout.pieces();
        requireSize("stored chunks", stored, (long) SectorLayout.RECORD * pieces);
        requireSize("bitfields", bitfields, (long) SectorLayout.BITFIELD * pieces);
        requireSize("record metadata", recordMetadata, (long) SectorLayout.RECORD_METADATA * pieces);
        requireSize("sector", sector, layout.sectorBytes());
        ContentsMap contents;
        try {
            contents = ContentsMap.of(layout, bitfields.toArray(ValueLayout.JAVA_BYTE));
        } catch (SectorException e) {
            throw new IllegalArgumentException(e);
        }
        byte[] map = contents.encode();
        MemorySegment.copy(map, 0, sector, ValueLayout.JAVA_BYTE, 0, map.length);
        short[] sizes = writeChunks(layout, contents, stored, sector);
        MemorySegment.copy(
                recordMetadata,
                0,
                sector,
                layout.recordMetadataOffset(0),
                (long) SectorLayout.RECORD_METADATA * pieces);
        byte[] hash = Blake3.hash(sector.asSlice(0, layout.hashOffset()));
        MemorySegment.copy(hash, 0, sector, ValueLayout.JAVA_BYTE, layout.hashOffset(), hash.length);
        return SectorMetadata.of(sectorIndex, pieces, sizes, historySize);
    }

    /** Writes chunk by chunk in the order of s-buckets, from two cursors per record: its encoded chunks and its others. */
    private static short[] writeChunks(
            SectorLayout layout, ContentsMap contents, MemorySegment stored, MemorySegment sector) {
        int pieces = layout.pieces();
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        int[] encoded = new int[pieces];
        int[] unencoded = new int[pieces];
        for (int record = 0; record < pieces; record++) {
            unencoded[record] = contents.encodedChunks(record);
        }
        long to = layout.chunksOffset();
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            int size = 0;
            for (int record = 0; record < pieces; record++) {
                int chunk;
                if (contents.isEncoded(record, s)) {
                    chunk = encoded[record]++;
                } else if (contents.isPresent(record, s)) {
                    chunk = unencoded[record]++;
                } else {
                    continue;
                }
                long from = (long) SectorLayout.RECORD * record + (long) SectorLayout.CHUNK * chunk;
                MemorySegment.copy(stored, from, sector, to, SectorLayout.CHUNK);
                to += SectorLayout.CHUNK;
                size++;
            }
            sizes[s] = (short) size;
        }
        return sizes;
    }

    private static void requireSize(String what, MemorySegment buffer, long size) {
        if (buffer.byteSize() != size) {
            throw new IllegalArgumentException(what + ": " + buffer.byteSize() + " bytes instead of " + size);
        }
    }
}
