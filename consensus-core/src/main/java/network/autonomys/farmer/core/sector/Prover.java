package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Solution;
import org.jspecify.annotations.Nullable;

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
    private final Workers workers;

    /** A prover that uses the calling thread, and what threads its engines have. */
    public Prover(RecordEngine records, Kzg kzg) {
        this(records, kzg, Workers.callingThread());
    }

    /**
     * A prover of which a helper computes witnesses while the calling thread builds tables, which is longer.
     *
     * @param workers best the same as of the engines, so that the helper joins in the table when it is through
     */
    public Prover(RecordEngine records, Kzg kzg, Workers workers) {
        this.records = records;
        this.kzg = kzg;
        this.workers = workers;
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
        require(wanted);
        return new FromPiece(task, storedChunk, piece, wanted).solve();
    }

    /**
     * A solution from its piece, to which two things are needed that do not depend on each other: the proof of space, which takes a table, and the witness,
     * which takes the record's polynomial.
     */
    private final class FromPiece {
        private final Task task;
        private final Bytes storedChunk;
        private final byte[] piece;
        private final BooleanSupplier wanted;
        private final AtomicReference<@Nullable Bytes> proof = new AtomicReference<>();
        private final AtomicReference<@Nullable Bytes> chunk = new AtomicReference<>();
        private final AtomicReference<@Nullable Bytes> witness = new AtomicReference<>();
        private volatile boolean hopeless;

        FromPiece(Task task, Bytes storedChunk, byte[] piece, BooleanSupplier wanted) {
            this.task = task;
            this.storedChunk = storedChunk;
            this.piece = piece;
            this.wanted = wanted;
        }

        Optional<Solution> solve() {
            // The table is longer, and so it is begun first, by the calling thread.
            workers.forEach(2, part -> {
                if (part == 0) {
                    prove();
                } else if (!hopeless) {
                    open();
                }
            });
            Bytes provenBy = proof.get();
            Bytes opened = chunk.get();
            Bytes openedBy = witness.get();
            if (hopeless || provenBy == null || opened == null || openedBy == null) {
                return Optional.empty();
            }
            return Optional.of(solution(
                    task,
                    Bytes.copyOf(piece, Constants.PIECE_COMMITMENT_OFFSET, Constants.PIECE_WITNESS_OFFSET),
                    Bytes.copyOf(piece, Constants.PIECE_WITNESS_OFFSET, Constants.PIECE_SIZE),
                    opened,
                    openedBy,
                    provenBy));
        }

        private void prove() {
            byte[] found = new byte[ProofTable.PROOF_BYTES];
            if (records.findProof(task.version(), seed(task), task.sBucket(), found)) {
                proof.set(Bytes.of(found));
                check();
            } else {
                hopeless = true;
            }
        }

        private void open() {
            // On the heap, where a helper can reach it.
            MemorySegment source = MemorySegment.ofArray(piece).asSlice(0, SectorLayout.RECORD);
            chunk.set(extendedChunk(source, task.sBucket()));
            check();
            require(wanted);
            if (!hopeless) {
                MemorySegment coefficients = MemorySegment.ofArray(new byte[SectorLayout.RECORD]);
                kzg.field().interpolate(SectorLayout.RECORD_CHUNKS, 1, source, coefficients);
                witness.set(chunkWitness(task, coefficients));
            }
        }

        /** Whoever of the two comes second sees whether they agree. */
        private void check() {
            Bytes provenBy = proof.get();
            Bytes opened = chunk.get();
            if (provenBy != null
                    && opened != null
                    && !Challenges.mask(opened, provenBy).equals(storedChunk)) {
                hopeless = true;
            }
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
            reading.recover(chunks, FieldEngine.Recovered.COEFFICIENTS, coefficients);
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
                    chunkWitness(task, coefficients),
                    Bytes.of(proof)));
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

    private Bytes extendedChunk(MemorySegment source, int sBucket) {
        MemorySegment half = source;
        if ((sBucket & 1) != 0) {
            half = MemorySegment.ofArray(new byte[SectorLayout.RECORD]);
            kzg.field().extend(SectorLayout.RECORD_CHUNKS, 1, source, half);
        }
        return Bytes.of(half.asSlice((long) SectorLayout.CHUNK * (sBucket >> 1), SectorLayout.CHUNK)
                .toArray(ValueLayout.JAVA_BYTE));
    }

    private Bytes chunkWitness(Task task, MemorySegment coefficients) {
        return kzg.witness(SectorLayout.RECORD_CHUNKS, coefficients, DOMAIN, task.sBucket());
    }

    private static Solution solution(
            Task task, Bytes commitment, Bytes witness, Bytes chunk, Bytes chunkWitness, Bytes proof) {
        return new Solution(
                task.publicKey(),
                task.rewardAddress(),
                task.sectorIndex(),
                task.historySize(),
                task.pieceOffset(),
                commitment,
                witness,
                chunk,
                chunkWitness,
                proof);
    }
}
