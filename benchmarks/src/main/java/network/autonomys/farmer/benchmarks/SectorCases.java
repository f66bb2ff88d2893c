package network.autonomys.farmer.benchmarks;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorEncoder;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/** What farming asks for: audits, solutions, pieces out of sectors. */
final class SectorCases {
    /** Chunks in an s-bucket of a sector of 1000 pieces, on average. */
    private static final int CHUNKS = 500;

    /** A winner in a hundred thousand. */
    private static final long SOLUTION_RANGE = Long.MAX_VALUE / 50_000;

    private static final String SCALAR = "scalar form and blst";

    private SectorCases() {}

    static void addTo(Cases cases) {
        cases.add("sector/audit-1000-pieces", SectorCases::audit);
        cases.add("sector/prove-from-piece", SectorCases::prove);
        cases.add("sector/prove-from-piece-two-threads", SectorCases::proveWithTwoThreads);
        cases.add("sector/read-piece", SectorCases::read);
    }

    /** Per sector, its s-bucket in memory. */
    private static Case audit(Setup setup) {
        byte[] chunks = setup.randomBytes(SectorLayout.CHUNK * CHUNKS);
        Bytes global = Bytes.of(setup.randomBytes(32));
        Bytes challenge = Challenges.sectorSlotChallenge(Bytes.of(setup.randomBytes(32)), global);
        byte[] key = challenge.toArray();
        Audit.Search search = new Audit.Search();
        return Case.of(() -> search.winners(chunks, chunks.length, challenge, global, SOLUTION_RANGE)
                        .size())
                .against("commons-codec, chunk by chunk", () -> {
                    long target = Challenges.target(global);
                    int winners = 0;
                    byte[] hash = new byte[32];
                    for (int i = 0; i < CHUNKS; i++) {
                        org.apache.commons.codec.digest.Blake3.initKeyedHash(key)
                                .update(chunks, SectorLayout.CHUNK * i, SectorLayout.CHUNK)
                                .doFinalize(hash);
                        long audited = MemorySegment.ofArray(hash).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
                        winners += Challenges.within(Challenges.distance(target, audited), SOLUTION_RANGE) ? 1 : 0;
                    }
                    return winners;
                })
                .elsewhere("59-66 µs Cascade Lake");
    }

    /** A sector of one piece, and what it was made of. */
    private record OnePiece(
            Bytes publicKey,
            Bytes sectorId,
            SectorMetadata metadata,
            MemorySegment sector,
            Bytes piece,
            int sBucket,
            Bytes storedChunk) {
        static OnePiece plot(Setup setup) {
            Bytes publicKey = Bytes.of(setup.randomBytes(32));
            Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(publicKey), 0, 1);
            byte[] piece = new byte[Constants.PIECE_SIZE];
            MemorySegment record = setup.scalars(RecordEngine.RECORD_CHUNKS);
            MemorySegment.copy(record, ValueLayout.JAVA_BYTE, 0, piece, 0, Constants.RECORD_SIZE);
            MemorySegment seed =
                    MemorySegment.ofArray(SectorIds.evaluationSeed(sectorId, 0).toArray());
            MemorySegment stored = setup.buffer(RecordEngine.RECORD_BYTES);
            MemorySegment bitfield = setup.buffer(ProofTable.BITFIELD_BYTES);
            setup.records().encode(PosVersion.V1, 1, seed, record, stored, bitfield);
            SectorLayout layout = new SectorLayout(1);
            MemorySegment recordMetadata = setup.buffer(SectorLayout.RECORD_METADATA);
            SectorEncoder.recordMetadata(piece, recordMetadata);
            MemorySegment sector = setup.buffer(layout.sectorBytes());
            SectorMetadata metadata = SectorEncoder.assemble(layout, 0, 1, stored, bitfield, recordMetadata, sector);
            int sBucket = 0;
            while ((bitfield.get(ValueLayout.JAVA_BYTE, sBucket >> 3) >> (sBucket & 7) & 1) == 0) {
                sBucket++;
            }
            Bytes chunk = Bytes.of(stored.asSlice(0, SectorLayout.CHUNK).toArray(ValueLayout.JAVA_BYTE));
            return new OnePiece(publicKey, sectorId, metadata, sector, Bytes.of(piece), sBucket, chunk);
        }
    }

    /** One solution from its piece: table, interpolation, witness. */
    private static Case prove(Setup setup) {
        OnePiece plotted = OnePiece.plot(setup);
        Prover.Task task = task(plotted);
        Kzg scalar = new Kzg(setup.parameters(), setup.scalarField(), setup.blstMsm());
        return Case.of(prove(new Prover(setup.records(), setup.kzg()), task, plotted))
                .against(SCALAR, prove(new Prover(setup.scalarRecords(), scalar), task, plotted))
                .elsewhere("1.87-2.17 s Zen 5, from the plot");
    }

    /** How long a request for a solution waits, its piece at hand. */
    private static Case proveWithTwoThreads(Setup setup) {
        OnePiece plotted = OnePiece.plot(setup);
        Prover.Task task = task(plotted);
        return Case.of(prove(new Prover(setup.latencyRecords(), setup.latencyKzg(), setup.workers()), task, plotted))
                .onTheWall()
                .against("one thread", prove(new Prover(setup.records(), setup.kzg()), task, plotted));
    }

    private static Prover.Task task(OnePiece plotted) {
        return new Prover.Task(plotted.publicKey(), Bytes.zeros(32), 0, 1, 0, plotted.sBucket(), PosVersion.V1);
    }

    private static Work prove(Prover prover, Prover.Task task, OnePiece plotted) {
        byte[] piece = plotted.piece().toArray();
        return () -> prover.fromPiece(task, plotted.storedChunk(), piece).orElseThrow();
    }

    /** One piece from its sector in memory: table, decoding, recovery, hash. */
    private static Case read(Setup setup) {
        OnePiece plotted = OnePiece.plot(setup);
        return Case.of(read(new SectorReader(setup.records(), setup.field()), plotted))
                .against("scalar form", read(new SectorReader(setup.scalarRecords(), setup.scalarField()), plotted))
                .elsewhere("1.75 s Zen 5");
    }

    private static Work read(SectorReader reader, OnePiece plotted) {
        return () -> {
            byte[] piece = reader.readPiece(
                    plotted.metadata(),
                    plotted.sectorId(),
                    PosVersion.V1,
                    0,
                    (offset, into) -> MemorySegment.copy(plotted.sector(), offset, into, 0, into.byteSize()),
                    SectorReader.Mode.WHOLE_SECTOR);
            return Setup.sample(MemorySegment.ofArray(piece));
        };
    }
}
