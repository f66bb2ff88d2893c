package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.sector.SolutionException;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.storage.io.ReadMethod;

/** Audits a farm, proves what it wins, and reads its pieces back, in every way that ours can. */
final class FarmCheck {
    private static final int READS = 8;

    private final Farm farm;

    FarmCheck(Farm farm) {
        this.farm = farm;
    }

    /** The id of a sector. */
    Bytes sectorId(int sector) {
        return SectorIds.sectorId(SectorIds.publicKeyHash(farm.publicKey()), sector, farm.historySize(sector));
    }

    /** A sector's bytes; the hashes of the sector and of its contents map are checked. */
    MemorySegment sectorBytes(int sector) throws IOException, SectorException {
        SectorLayout layout = farm.layout();
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) layout.sectorBytes()]);
        try (PlotReader reader = farm.openReader()) {
            reader.read(sector, 0, bytes);
            SectorReader.readContentsMap(layout, reader.sector(sector));
        }
        assertThat(Fixtures.hash(bytes.asSlice(0, layout.hashOffset())))
                .as("hash at the end of sector %d", sector)
                .isEqualTo(Bytes.of(bytes.asSlice(layout.hashOffset(), SectorLayout.HASH)
                                .toArray(ValueLayout.JAVA_BYTE))
                        .hex());
        return bytes;
    }

    /** A piece, read in both modes and, chunk by chunk, with one thread and with many. */
    byte[] piece(int sector, int offset) throws IOException, SectorException {
        SectorReader pieces = new SectorReader(Fixtures.records(), new CpuFieldEngine());
        SectorMetadata metadata = farm.metadata(sector);
        PosVersion version = farm.posVersion(sector);
        try (PlotReader reader = farm.openReader();
                ExecutorService threads = Executors.newFixedThreadPool(READS)) {
            byte[] piece = pieces.readPiece(
                    metadata,
                    sectorId(sector),
                    version,
                    offset,
                    reader.sector(sector, ReadMethod.THREADS, threads, READS),
                    SectorReader.Mode.CONCURRENT_CHUNKS);
            assertThat(pieces.readPiece(
                            metadata,
                            sectorId(sector),
                            version,
                            offset,
                            reader.sector(sector, ReadMethod.best(), threads, READS),
                            SectorReader.Mode.CONCURRENT_CHUNKS))
                    .isEqualTo(piece);
            assertThat(pieces.readPiece(
                            metadata,
                            sectorId(sector),
                            version,
                            offset,
                            reader.sector(sector),
                            SectorReader.Mode.WHOLE_SECTOR))
                    .isEqualTo(piece);
            return piece;
        }
    }

    /** Audits all sectors with the widest range, by threads and as this host does; compares with an audit of the sectors' bytes by the plain rule. */
    List<FarmAuditor.Winner> audit(Bytes challenge) throws IOException, SectorException {
        List<FarmAuditor.Winner> winners = audit(challenge, ReadMethod.THREADS);
        assertThat(audit(challenge, ReadMethod.best())).isEqualTo(winners);
        return winners;
    }

    private List<FarmAuditor.Winner> audit(Bytes challenge, ReadMethod method) throws IOException, SectorException {
        FarmAuditor.Result result;
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                FarmAuditor auditor = new FarmAuditor(farm, new ContentsMaps(farm), method, threads, 2)) {
            result = auditor.audit(challenge, -1);
        }
        List<FarmAuditor.Winner> expected = new ArrayList<>();
        int stored = 0;
        for (int sector = 0; sector < farm.targetSectors(); sector++) {
            if (farm.isStored(sector)) {
                expected.addAll(plainAudit(sector, challenge));
                stored++;
            }
        }
        expected.sort(Comparator.comparing(FarmAuditor.Winner::distance, Long::compareUnsigned));
        assertThat(result.winners()).isEqualTo(expected);
        assertThat(result.audited()).isEqualTo(stored);
        assertThat(result.unreadable()).isEmpty();
        assertThat(result.damaged()).isEmpty();
        return result.winners();
    }

    private List<FarmAuditor.Winner> plainAudit(int sector, Bytes challenge) throws IOException, SectorException {
        Audit.Target target = Audit.target(farm.metadata(sector), sectorId(sector), challenge);
        MemorySegment bytes = sectorBytes(sector);
        byte[] chunks = bytes.asSlice(target.offset(), target.bytes()).toArray(ValueLayout.JAVA_BYTE);
        ContentsMap contents = ContentsMap.decode(
                farm.layout(),
                bytes.asSlice(0, farm.layout().contentsMapBytes()).toArray(ValueLayout.JAVA_BYTE));
        List<FarmAuditor.Winner> winners = new ArrayList<>();
        for (Audit.Winner winner : Audit.winners(chunks, chunks.length, target.sectorSlotChallenge(), challenge, -1)) {
            int record = contents.recordAt(target.sBucket(), winner.rank());
            int at = SectorLayout.CHUNK * winner.rank();
            if (contents.isEncoded(record, target.sBucket())) {
                winners.add(new FarmAuditor.Winner(
                        sector,
                        farm.historySize(sector),
                        target.sBucket(),
                        record,
                        Bytes.copyOf(chunks, at, at + SectorLayout.CHUNK),
                        winner.distance()));
            }
        }
        return winners;
    }

    /** Proves a winner from the plot in both modes and from its piece: one solution, which the chain accepts. */
    Solution prove(FarmAuditor.Winner winner, Bytes challenge, Kzg kzg, Optional<PieceCheckParams> pieceCheck)
            throws IOException, SectorException, SolutionException {
        Prover prover = new Prover(Fixtures.records(), kzg);
        Prover.Task task = new Prover.Task(
                farm.publicKey(),
                Bytes.zeros(32),
                winner.sectorIndex(),
                winner.historySize(),
                winner.pieceOffset(),
                winner.sBucket(),
                farm.posVersion(winner.sectorIndex()));
        int sector = winner.sectorIndex();
        Solution solution;
        try (PlotReader reader = farm.openReader();
                ExecutorService threads = Executors.newFixedThreadPool(READS)) {
            ContentsMap contents = new ContentsMaps(farm).get(sector, winner.historySize(), reader);
            solution = prover.fromPlot(
                            task,
                            farm.metadata(sector),
                            contents,
                            reader.sector(sector, ReadMethod.best(), threads, READS),
                            SectorReader.Mode.CONCURRENT_CHUNKS)
                    .orElseThrow();
            assertThat(prover.fromPlot(
                            task,
                            farm.metadata(sector),
                            contents,
                            reader.sector(sector),
                            SectorReader.Mode.WHOLE_SECTOR))
                    .contains(solution);
        }
        assertThat(prover.fromPiece(task, winner.chunk(), piece(sector, winner.pieceOffset())))
                .contains(solution);
        SolutionVerifier verifier = new SolutionVerifier(kzg, new ProofVerifier(VectorForm.SCALAR)::isValid);
        assertThat(verifier.verify(solution, challenge, -1, pieceCheck)).isEqualTo(winner.distance());
        return solution;
    }

    /** Challenges of a few slots. */
    static List<Bytes> challenges(int count) {
        return IntStream.range(0, count)
                .mapToObj(slot -> Challenges.globalChallenge(Bytes.zeros(32), slot))
                .toList();
    }
}
