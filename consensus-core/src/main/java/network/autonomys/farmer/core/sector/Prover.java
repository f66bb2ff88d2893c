package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Solution;

/**
 * Makes complete solutions from audited chunks (sectors-farms §6): from the plot itself, or from the source piece, which needs neither the
 * plot nor an erasure recovery (design §5). Both give the same solution.
 */
public final class Prover {
    /**
     * What is to be proven.
     *
     * @param publicKey the farm's key, 32 bytes
     * @param rewardAddress 32 bytes
     * @param sectorIndex index of the sector in its farm
     * @param historySize history size of the sector
     * @param pieceOffset offset of the record that holds the chunk
     * @param sBucket the audited s-bucket
     * @param version the rule the sector was plotted with
     */
    public record Task(
            Bytes publicKey,
            Bytes rewardAddress,
            int sectorIndex,
            long historySize,
            int pieceOffset,
            int sBucket,
            PosVersion version) {
        Bytes sectorId() {
            return SectorIds.sectorId(SectorIds.publicKeyHash(publicKey), sectorIndex, historySize);
        }
    }

    private static final int DOMAIN = SectorLayout.S_BUCKETS;

    private final RecordEngine records;
    private final Kzg kzg;
    private final SectorReader reader;

    public Prover(RecordEngine records, Kzg kzg) {
        this.records = records;
        this.kzg = kzg;
        this.reader = new SectorReader(records, kzg.field());
    }

    /** The seed of the table that a task's proof comes from, 32 bytes. */
    public byte[] seed(Task task) {
        return SectorIds.evaluationSeed(task.sectorId(), task.pieceOffset()).toArray();
    }

    /**
     * Proves from the source piece.
     *
     * @param storedChunk the chunk as the plot has it, 32 bytes
     * @param piece 1 048 672 bytes, the valid piece of this sector and offset
     * @return empty where this chunk is not what the sector stores encoded for that piece and s-bucket: then there is no solution
     * @throws IllegalArgumentException where the piece has another length or its record is not made of scalars
     */
    public Optional<Solution> fromPiece(Task task, Bytes storedChunk, byte[] piece) {
        return fromPiece(task, storedChunk, piece, () -> true);
    }

    /**
     * Proves from the source piece as long as the solution is wanted.
     *
     * @param wanted asked between the steps, which take some tenths of a second each
     * @throws CancellationException where it is not wanted any more
     */
    public Optional<Solution> fromPiece(Task task, Bytes storedChunk, byte[] piece, BooleanSupplier wanted) {
        if (piece.length != Constants.PIECE_SIZE) {
            throw new IllegalArgumentException("a piece of " + piece.length + " bytes");
        }
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        require(wanted);
        if (!records.findProof(task.version(), seed(task), task.sBucket(), proof)) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(SectorLayout.RECORD);
            MemorySegment.copy(piece, 0, source, ValueLayout.JAVA_BYTE, 0, SectorLayout.RECORD);
            Bytes chunk = extendedChunk(source, task.sBucket(), arena);
            if (!Challenges.mask(chunk, Bytes.of(proof)).equals(storedChunk)) {
                return Optional.empty();
            }
            require(wanted);
            MemorySegment coefficients = arena.allocate(SectorLayout.RECORD);
            kzg.field().interpolate(SectorLayout.RECORD_CHUNKS, 1, source, coefficients);
            return Optional.of(solution(
                    task,
                    Bytes.copyOf(piece, Constants.PIECE_COMMITMENT_OFFSET, Constants.PIECE_WITNESS_OFFSET),
                    Bytes.copyOf(piece, Constants.PIECE_WITNESS_OFFSET, Constants.PIECE_SIZE),
                    chunk,
                    coefficients,
                    proof));
        }
    }

    /**
     * Proves from the plot.
     *
     * @param contents the sector's contents map
     * @return empty where the record stores this chunk unencoded, so that no solution can be made of it
     * @throws SectorException where the sector is damaged
     */
    public Optional<Solution> fromPlot(
            Task task, SectorMetadata metadata, ContentsMap contents, SectorSource source, SectorReader.Mode mode)
            throws IOException, SectorException {
        return fromPlot(task, metadata, contents, source, mode, () -> true);
    }

    /**
     * Proves from the plot as long as the solution is wanted.
     *
     * @param wanted asked between the steps, which take some tenths of a second each
     * @throws CancellationException where it is not wanted any more
     */
    public Optional<Solution> fromPlot(
            Task task,
            SectorMetadata metadata,
            ContentsMap contents,
            SectorSource source,
            SectorReader.Mode mode,
            BooleanSupplier wanted)
            throws IOException, SectorException {
        require(wanted);
        if (!contents.isEncoded(task.pieceOffset(), task.sBucket())) {
            return Optional.empty();
        }
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        try (Arena arena = Arena.ofConfined();
                RecordReading reading = reader.begin(metadata, contents, task.pieceOffset(), source, mode, arena);
                ProofTable table = reader.table(task.sectorId(), task.version(), task.pieceOffset())) {
            require(wanted);
            SectorReader.RecordChunks chunks = reading.chunks(table);
            require(wanted);
            MemorySegment coefficients = arena.allocate(SectorLayout.RECORD);
            reader.recover(chunks, FieldEngine.Recovered.COEFFICIENTS, coefficients);
            byte[] recordMetadata =
                    SectorReader.readRecordMetadata(new SectorLayout(metadata.pieces()), task.pieceOffset(), source);
            requireHash(task, coefficients, recordMetadata, arena);
            if (!table.findProof(task.sBucket(), proof)) {
                throw new SectorException(
                        SectorException.Kind.MISSING_PROOF, "no proof of space for s-bucket " + task.sBucket());
            }
            require(wanted);
            byte[] chunk = chunks.chunks()
                    .asSlice((long) SectorLayout.CHUNK * task.sBucket(), SectorLayout.CHUNK)
                    .toArray(ValueLayout.JAVA_BYTE);
            return Optional.of(solution(
                    task,
                    Bytes.copyOf(recordMetadata, 0, Constants.G1_SIZE),
                    Bytes.copyOf(recordMetadata, Constants.G1_SIZE, 2 * Constants.G1_SIZE),
                    Bytes.of(chunk),
                    coefficients,
                    proof));
        }
    }

    private static void require(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("the solution is not wanted any more");
        }
    }

    /** A record is recovered from just as many chunks as are needed, and so no chunk that is wrong would be noticed otherwise. */
    private void requireHash(Task task, MemorySegment coefficients, byte[] recordMetadata, Arena arena)
            throws SectorException {
        MemorySegment record = arena.allocate(SectorLayout.RECORD);
        kzg.field().evaluate(SectorLayout.RECORD_CHUNKS, 1, coefficients, record);
        SectorReader.requireHash(task.pieceOffset(), record, recordMetadata);
    }

    private Bytes extendedChunk(MemorySegment source, int sBucket, Arena arena) {
        MemorySegment half = source;
        if ((sBucket & 1) != 0) {
            half = arena.allocate(SectorLayout.RECORD);
            kzg.field().extend(SectorLayout.RECORD_CHUNKS, 1, source, half);
        }
        return Bytes.of(half.asSlice((long) SectorLayout.CHUNK * (sBucket >> 1), SectorLayout.CHUNK)
                .toArray(ValueLayout.JAVA_BYTE));
    }

    private Solution solution(
            Task task, Bytes commitment, Bytes witness, Bytes chunk, MemorySegment coefficients, byte[] proof) {
        return new Solution(
                task.publicKey(),
                task.rewardAddress(),
                task.sectorIndex(),
                task.historySize(),
                task.pieceOffset(),
                commitment,
                witness,
                chunk,
                kzg.witness(SectorLayout.RECORD_CHUNKS, coefficients, DOMAIN, task.sBucket()),
                Bytes.of(proof));
    }
}
