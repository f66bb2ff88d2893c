package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/** Reads records and pieces back out of stored sectors (sectors-farms §4). */
public final class SectorReader {
    /** How the chunks of a record are read; the result is the same. */
    public enum Mode {
        /** Each chunk by a read of its own. */
        CONCURRENT_CHUNKS,
        /** The sector's chunks in one read. */
        WHOLE_SECTOR
    }

    /** Bytes of a piece's commitment and witness. */
    private static final int POINTS = Constants.PIECE_SIZE - SectorLayout.RECORD;

    /** Divides a record. */
    private static final int HASHED_AT_ONCE = 1 << 16;

    private final RecordEngine records;
    private final FieldEngine field;

    public SectorReader(RecordEngine records, FieldEngine field) {
        this.records = records;
        this.field = field;
    }

    /** The record's metadata as stored: commitment 48, witness 48 and hash of the piece 32 bytes. */
    public static byte[] readRecordMetadata(SectorLayout layout, int pieceOffset, SectorSource source)
            throws IOException {
        return read(source, layout.recordMetadataOffset(pieceOffset), SectorLayout.RECORD_METADATA);
    }

    /**
     * The contents map.
     *
     * @throws SectorException where it is damaged
     */
    public static ContentsMap readContentsMap(SectorLayout layout, SectorSource source)
            throws IOException, SectorException {
        return ContentsMap.decode(layout, read(source, 0, layout.contentsMapBytes()));
    }

    /**
     * Reads one piece and checks its hash.
     *
     * @param sectorId 32 bytes, from which the record's seed follows
     * @param version the rule the sector was plotted with
     * @return 1 048 672 bytes
     * @throws SectorException where the sector does not hold the piece intact
     */
    public byte[] readPiece(
            SectorMetadata metadata,
            Bytes sectorId,
            PosVersion version,
            int pieceOffset,
            SectorSource source,
            Mode mode)
            throws IOException, SectorException {
        SectorLayout layout = new SectorLayout(metadata.pieces());
        ContentsMap contents = readContentsMap(layout, source);
        byte[] piece = new byte[Constants.PIECE_SIZE];
        byte[] recordMetadata;
        try (Arena arena = Arena.ofConfined();
                ProofTable table = table(sectorId, version, pieceOffset)) {
            RecordChunks chunks = readChunks(metadata, contents, pieceOffset, table, source, mode, arena);
            recordMetadata = readRecordMetadata(layout, pieceOffset, source);
            MemorySegment sourceRecord = arena.allocate(SectorLayout.RECORD);
            recover(chunks, FieldEngine.Recovered.SOURCE, sourceRecord);
            MemorySegment.copy(sourceRecord, ValueLayout.JAVA_BYTE, 0, piece, 0, SectorLayout.RECORD);
        }
        System.arraycopy(recordMetadata, 0, piece, SectorLayout.RECORD, POINTS);
        requireHash(pieceOffset, MemorySegment.ofArray(piece).asSlice(0, SectorLayout.RECORD), recordMetadata);
        return piece;
    }

    /** Compares the hash of a piece, record and two points, with that in its record metadata. */
    static void requireHash(int pieceOffset, MemorySegment record, byte[] recordMetadata) throws SectorException {
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] block = new byte[HASHED_AT_ONCE];
        for (long at = 0; at < record.byteSize(); at += HASHED_AT_ONCE) {
            MemorySegment.copy(record, ValueLayout.JAVA_BYTE, at, block, 0, HASHED_AT_ONCE);
            hasher.update(block, 0, HASHED_AT_ONCE);
        }
        hasher.update(recordMetadata, 0, POINTS);
        if (!Arrays.equals(hasher.digest(), Arrays.copyOfRange(recordMetadata, POINTS, recordMetadata.length))) {
            throw new SectorException(
                    SectorException.Kind.CHECKSUM, "piece offset " + pieceOffset + ": the piece's hash does not match");
        }
    }

    /**
     * The chunks of a record that a sector holds, decoded.
     *
     * @param chunks 65 536 × 32 bytes by s-bucket; absent ones are zero
     * @param present 8192 bytes
     */
    public record RecordChunks(MemorySegment chunks, MemorySegment present) {}

    /** The table of the record at an offset. The caller closes it. */
    ProofTable table(Bytes sectorId, PosVersion version, int pieceOffset) {
        return records.table(
                version, SectorIds.evaluationSeed(sectorId, pieceOffset).toArray());
    }

    /**
     * Reads and decodes the chunks of one record.
     *
     * @param arena where the chunks are kept
     * @throws IOException where the whole sector cannot be read
     * @throws SectorException {@code MISSING_PROOF}, {@code INVALID_CHUNK}, {@code MISMATCH}, or {@code UNREADABLE_CHUNK} for a single chunk's read
     */
    RecordChunks readChunks(
            SectorMetadata metadata,
            ContentsMap contents,
            int pieceOffset,
            ProofTable table,
            SectorSource source,
            Mode mode,
            Arena arena)
            throws IOException, SectorException {
        SectorLayout layout = new SectorLayout(metadata.pieces());
        int[] sBuckets = storedSBuckets(contents, pieceOffset);
        long[] offsets = offsets(layout, metadata, contents, pieceOffset, sBuckets);
        MemorySegment stored = arena.allocate((long) SectorLayout.CHUNK * sBuckets.length);
        if (mode == Mode.WHOLE_SECTOR) {
            wholeSector(layout, source, arena).readChunks(offsets, stored);
        } else {
            readSingly(source, offsets, stored);
        }
        RecordChunks chunks = new RecordChunks(
                arena.allocate((long) SectorLayout.S_BUCKETS * SectorLayout.CHUNK),
                arena.allocate(SectorLayout.BITFIELD));
        for (int i = 0; i < sBuckets.length; i++) {
            int s = sBuckets[i];
            MemorySegment.copy(
                    stored,
                    (long) SectorLayout.CHUNK * i,
                    chunks.chunks(),
                    (long) SectorLayout.CHUNK * s,
                    SectorLayout.CHUNK);
            byte bits = chunks.present().get(ValueLayout.JAVA_BYTE, s >> 3);
            chunks.present().set(ValueLayout.JAVA_BYTE, s >> 3, (byte) (bits | 1 << (s & 7)));
        }
        decode(contents, pieceOffset, sBuckets, table, chunks.chunks(), arena);
        return chunks;
    }

    private static int[] storedSBuckets(ContentsMap contents, int pieceOffset) {
        int[] sBuckets = new int[SectorLayout.RECORD_CHUNKS];
        int count = 0;
        for (int s = 0; s < SectorLayout.S_BUCKETS; s++) {
            if (contents.isPresent(pieceOffset, s)) {
                sBuckets[count++] = s;
            }
        }
        return sBuckets;
    }

    private static long[] offsets(
            SectorLayout layout, SectorMetadata metadata, ContentsMap contents, int pieceOffset, int[] sBuckets)
            throws SectorException {
        int[] ranks = contents.ranks(pieceOffset);
        long chunksInSector = (long) SectorLayout.RECORD_CHUNKS * layout.pieces();
        long[] offsets = new long[sBuckets.length];
        long before = 0;
        int next = 0;
        for (int i = 0; i < sBuckets.length; i++) {
            for (; next < sBuckets[i]; next++) {
                before += metadata.sBucketSize(next);
            }
            long number = before + ranks[next];
            if (number >= chunksInSector) {
                throw new SectorException(
                        SectorException.Kind.MISMATCH,
                        "chunk " + number + " of s-bucket " + next + " lies behind the sector's chunks");
            }
            offsets[i] = layout.chunkOffset(number);
        }
        return offsets;
    }

    private static void readSingly(SectorSource source, long[] offsets, MemorySegment stored) throws SectorException {
        try {
            source.readChunks(offsets, stored);
        } catch (IOException e) {
            throw new SectorException(
                    SectorException.Kind.UNREADABLE_CHUNK, "cannot read a record's chunks: " + e.getMessage(), e);
        }
    }

    private static void decode(
            ContentsMap contents, int pieceOffset, int[] sBuckets, ProofTable table, MemorySegment chunks, Arena arena)
            throws SectorException {
        MemorySegment hashes = arena.allocate((long) SectorLayout.S_BUCKETS * SectorLayout.HASH);
        MemorySegment found = arena.allocate(SectorLayout.BITFIELD);
        table.proofHashes(hashes, found);
        for (int s : sBuckets) {
            long at = (long) SectorLayout.CHUNK * s;
            boolean encoded = contents.isEncoded(pieceOffset, s);
            if (encoded) {
                if ((found.get(ValueLayout.JAVA_BYTE, s >> 3) >> (s & 7) & 1) == 0) {
                    throw new SectorException(
                            SectorException.Kind.MISSING_PROOF, "no proof of space for s-bucket " + s);
                }
                for (int i = 0; i < SectorLayout.CHUNK; i += Long.BYTES) {
                    long word = chunks.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i)
                            ^ hashes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i);
                    chunks.set(ValueLayout.JAVA_LONG_UNALIGNED, at + i, word);
                }
            }
            if (!Scalars.isCanonical(chunks, at)) {
                throw new SectorException(
                        SectorException.Kind.INVALID_CHUNK,
                        "s-bucket " + s + (encoded ? ", encoded" : ", not encoded") + ": no scalar");
            }
        }
    }

    /** Recovers what is wanted from the chunks of a record. */
    void recover(RecordChunks chunks, FieldEngine.Recovered what, MemorySegment into) throws SectorException {
        try {
            field.recover(SectorLayout.S_BUCKETS, chunks.present(), chunks.chunks(), what, into);
        } catch (IllegalArgumentException e) {
            throw new SectorException(SectorException.Kind.ERASURE, "cannot recover the record: " + e.getMessage(), e);
        }
    }

    private static SectorSource wholeSector(SectorLayout layout, SectorSource source, Arena arena) throws IOException {
        MemorySegment sector = arena.allocate(layout.sectorBytes());
        source.read(0, sector);
        return (offset, into) -> MemorySegment.copy(sector, offset, into, 0, into.byteSize());
    }

    private static byte[] read(SectorSource source, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        source.read(offset, MemorySegment.ofArray(bytes));
        return bytes;
    }
}
