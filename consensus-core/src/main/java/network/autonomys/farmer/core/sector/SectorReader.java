package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
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
                RecordReading reading = begin(metadata, contents, pieceOffset, source, mode, arena);
                ProofTable table = table(sectorId, version, pieceOffset)) {
            RecordChunks chunks = reading.chunks(table);
            recordMetadata = readRecordMetadata(layout, pieceOffset, source);
            MemorySegment sourceRecord = arena.allocate(SectorLayout.RECORD);
            reading.recover(chunks, FieldEngine.Recovered.SOURCE, sourceRecord);
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
     * Begins to read the chunks of one record, so that its table can be built in the meantime. The caller closes what it gets.
     *
     * @param arena where the chunks are kept
     * @throws SectorException {@code MISMATCH}, or {@code UNREADABLE_CHUNK} where reads cannot be begun
     */
    RecordReading begin(
            SectorMetadata metadata, ContentsMap contents, int pieceOffset, SectorSource source, Mode mode, Arena arena)
            throws SectorException {
        return RecordReading.begin(metadata, contents, pieceOffset, source, mode, field, arena);
    }

    private static byte[] read(SectorSource source, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        source.read(offset, MemorySegment.ofArray(bytes));
        return bytes;
    }
}
