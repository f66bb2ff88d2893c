package network.autonomys.farmer.core.sector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.archive.ArchivedHistory;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgFixture;
import network.autonomys.farmer.core.pos.DigestTable;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.sector.PlottedSectors.PlottedSectorFixture;
import network.autonomys.farmer.core.sector.SolutionVerifier.ProofOfSpaceCheck;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.VerifySolutionParams;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Solutions are the reference's, whether made from the plot or from the piece, and are judged as the reference does. */
class SolutionVectorsTest {
    private static final ExecutorService HELPER = Executors.newSingleThreadExecutor();

    @AfterAll
    static void endHelper() {
        HELPER.shutdownNow();
    }

    private final PlottedSectors sectors = PlottedSectors.get();

    @Test
    void solutionsAreTheReferences() {
        Kzg kzg = KzgFixture.kzg();
        new VectorSuite("solutions")
                .on("solutions.json", "solutions", vector -> solutions(vector, kzg))
                .on("v2-solutions.json", "solutions", vector -> solutions(vector, kzg))
                .on("verify.json", "verifySolution", vector -> verify(vector, kzg))
                .on("v2-verify.json", "verifySolution", vector -> verify(vector, kzg))
                .run();
    }

    private void solutions(VectorCase vector, Kzg kzg) throws Exception {
        PlottedSectorFixture plotted = sectors.sector(vector.text("sector"));
        Bytes proofOfTime = Bytes.of(vector.bytes("proofOfTime"));
        Bytes global = Challenges.globalChallenge(Challenges.globalRandomness(proofOfTime), vector.u64("slot"));
        assertThat(global.hex()).isEqualTo(vector.text("globalChallenge"));
        Audit.Target target = Audit.target(plotted.metadata(), plotted.sectorId(), global);
        assertThat(target.sBucket()).isEqualTo(vector.i32("s"));
        byte[] chunks = PlottedSectors.toArray(plotted.sector().asSlice(target.offset(), target.bytes()));
        List<Audit.Winner> winners = Audit.winners(chunks, chunks.length, target.sectorSlotChallenge(), global, -1);
        assertThat(winners).hasSameSizeAs(vector.list("candidates"));
        ContentsMap contents = SectorReader.readContentsMap(plotted.layout(), plotted.source());
        List<JsonNode> expected = vector.list("solutions");
        int made = 0;
        int provable = 0;
        for (int i = 0; i < winners.size(); i++) {
            Audit.Winner winner = winners.get(i);
            JsonNode candidate = vector.node("candidates").get(i);
            assertThat(winner.rank()).isEqualTo(candidate.get(0).asInt());
            assertThat(winner.distance()).isEqualTo(VectorCase.u64(candidate.get(1)));
            int record = contents.recordAt(target.sBucket(), winner.rank());
            boolean encoded = contents.isEncoded(record, target.sBucket());
            if (encoded && provable++ == 0) {
                assertThat(winner.distance()).isEqualTo(vector.u64("bestDistance"));
            }
            if (encoded && made >= expected.size()) {
                // The reference gave only the first ones; the others are made in the same way.
                continue;
            }
            Prover.Task task = new Prover.Task(
                    plotted.publicKey(),
                    Bytes.of(vector.bytes("rewardAddress")),
                    plotted.sectorIndex(),
                    plotted.historySize(),
                    record,
                    target.sBucket(),
                    plotted.version());
            Bytes stored =
                    Bytes.copyOf(chunks, SectorLayout.CHUNK * winner.rank(), SectorLayout.CHUNK * (winner.rank() + 1));
            Prover prover = new Prover(plotted.engine(), kzg);
            Optional<Solution> fromPiece = prover.fromPiece(task, stored, plotted.piece(record));
            Optional<Solution> fromPlot = prover.fromPlot(
                    task, plotted.metadata(), contents, plotted.source(), SectorReader.Mode.CONCURRENT_CHUNKS);
            assertThat(fromPlot).isEqualTo(fromPiece);
            assertThat(withHelper(plotted, kzg).fromPiece(task, stored, plotted.piece(record)))
                    .isEqualTo(fromPiece);
            assertThat(fromPlot.isPresent()).isEqualTo(encoded);
            if (encoded) {
                assertSolution(
                        fromPlot.orElseThrow(), winner, plotted.pieceIndexes().get(record), expected.get(made++));
            }
        }
        assertThat(made).isEqualTo(expected.size());
        for (JsonNode solution : expected) {
            assertThat(solution.get("numSolutions").asInt()).isEqualTo(provable);
        }
        assertThat(provable == 0).isEqualTo(!vector.has("bestDistance"));
    }

    private static Prover withHelper(PlottedSectorFixture plotted, Kzg kzg) {
        return new Prover(plotted.engine(), kzg, Workers.with(HELPER, 1));
    }

    private static void assertSolution(Solution solution, Audit.Winner winner, long pieceIndex, JsonNode expected) {
        assertThat(Bytes.of(solution.encode()).hex())
                .isEqualTo(expected.get("solution").get("scale").asText());
        assertThat(winner.distance()).isEqualTo(VectorCase.u64(expected.get("distance")));
        assertThat(pieceIndex).isEqualTo(expected.get("pieceIndex").asLong());
    }

    private void verify(VectorCase vector, Kzg kzg) {
        Solution solution = ScaleReader.decode(vector.bytes("solution"), Solution::read);
        VerifySolutionParams params = new VerifySolutionParams(
                Bytes.of(vector.bytes("proofOfTime")), vector.u64("solutionRange"), pieceCheck(vector));
        SolutionVerifier verifier = new SolutionVerifier(kzg, proofOfSpace(vector.text("table")));
        String outcome;
        try {
            outcome = Long.toUnsignedString(verifier.verify(solution, vector.u64("slot"), params));
        } catch (SolutionException e) {
            outcome = e.reason().label();
        }
        assertThat(outcome).isEqualTo(vector.has("error") ? vector.text("error") : vector.text("distance"));
    }

    private static Optional<PieceCheckParams> pieceCheck(VectorCase vector) {
        if (!vector.has("pieceCheck")) {
            return Optional.empty();
        }
        JsonNode check = vector.node("pieceCheck");
        JsonNode fraction = check.get("recentHistoryFraction");
        JsonNode expiration = check.get("sectorExpirationCheckSegmentCommitment");
        return Optional.of(new PieceCheckParams(
                check.get("maxPiecesInSector").asInt(),
                Bytes.of(vector.bytes(check.get("segmentCommitment"))),
                VectorCase.u64(check.get("recentSegments")),
                new Fraction(VectorCase.u64(fraction.get(0)), VectorCase.u64(fraction.get(1))),
                VectorCase.u64(check.get("minSectorLifetime")),
                VectorCase.u64(check.get("currentHistorySize")),
                expiration.isNull() ? Optional.empty() : Optional.of(Bytes.of(vector.bytes(expiration)))));
    }

    private static ProofOfSpaceCheck proofOfSpace(String table) {
        return switch (table) {
            case "chia", "chia-v2" -> new ProofVerifier(VectorForm.SCALAR)::isValid;
            case "shim" -> (seed, challenge, proof) -> DigestTable.shim(seed).isProof(challenge, proof);
            case "sparse" ->
                (seed, challenge, proof) -> DigestTable.sparse(seed).isProof(challenge, proof);
            default -> throw new IllegalArgumentException(table);
        };
    }

    /** A piece that is not the sector's, or a chunk that is not stored there, gives no solution. */
    @Test
    void anotherPieceOrChunkGivesNoSolution() {
        Kzg kzg = KzgFixture.kzg();
        PlottedSectorFixture plotted = sectors.sector("shim-n2");
        Prover.Task task = new Prover.Task(
                plotted.publicKey(), Bytes.zeros(32), plotted.sectorIndex(), 1, 0, 1, plotted.version());
        Bytes stored = Bytes.of(
                PlottedSectors.toArray(plotted.sector().asSlice(plotted.layout().chunksOffset(), SectorLayout.CHUNK)));
        for (Prover prover : List.of(new Prover(plotted.engine(), kzg), withHelper(plotted, kzg))) {
            List<Boolean> solved = new ArrayList<>();
            for (long piece : plotted.pieceIndexes()) {
                solved.add(prover.fromPiece(task, stored, ArchivedHistory.get().pieceBytes(piece))
                        .isPresent());
            }
            solved.add(prover.fromPiece(task, Bytes.zeros(32), plotted.piece(0)).isPresent());
            assertThat(solved).containsExactly(true, false, false);
        }
    }
}
