package network.autonomys.farmer.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.SectorEncoder;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.SectorWriter;
import network.autonomys.farmer.storage.farm.SpaceDistribution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmarks for operators on a farm of one sector of one piece. */
class BenchmarkCommandTest {
    private static final int PIECES = 1;
    private static final long HISTORY_SIZE = 1;

    @TempDir
    static Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void plot() throws IOException {
        FarmConfig config = new FarmConfig(
                folder.resolve("farm"),
                SpaceDistribution.allocationFor(1, PIECES),
                PIECES,
                Bytes.zeros(32),
                true,
                true);
        Random random = new Random(1);
        byte[] piece = new byte[Constants.PIECE_SIZE];
        random.nextBytes(piece);
        for (int i = 0; i < Constants.RECORD_SIZE; i += 32) {
            piece[i] &= 0x3f;
        }
        SectorLayout layout = new SectorLayout(PIECES);
        try (Farm farm = Farm.open(config, new SecureRandom(), InstantSource.system());
                CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), Engines.form());
                Arena arena = Arena.ofConfined()) {
            Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(farm.publicKey()), 0, HISTORY_SIZE);
            MemorySegment record = arena.allocate(Constants.RECORD_SIZE);
            MemorySegment.copy(piece, 0, record, ValueLayout.JAVA_BYTE, 0, Constants.RECORD_SIZE);
            MemorySegment stored = arena.allocate(RecordEngine.RECORD_BYTES);
            MemorySegment bitfield = arena.allocate(ProofTable.BITFIELD_BYTES);
            MemorySegment seed =
                    MemorySegment.ofArray(SectorIds.evaluationSeed(sectorId, 0).toArray());
            engine.encode(farm.posVersionFor(HISTORY_SIZE), 1, seed, record, stored, bitfield);
            MemorySegment recordMetadata = arena.allocate(SectorLayout.RECORD_METADATA);
            SectorEncoder.recordMetadata(piece, recordMetadata);
            MemorySegment sector = arena.allocate(layout.sectorBytes());
            SectorMetadata metadata =
                    SectorEncoder.assemble(layout, 0, HISTORY_SIZE, stored, bitfield, recordMetadata, sector);
            try (SectorWriter writer = farm.beginSector(0)) {
                writer.append(sector);
                writer.commit(metadata);
            }
        }
    }

    private int run(String... arguments) {
        CommandLine line =
                BenchmarkCommand.commandLine(new KzgLocator(folder, folder.resolve("cache"), Optional.empty()));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void auditsAFarm() throws IOException {
        assertThat(run("audit", "--json", "--count", "3", "--threads", "2", farm()))
                .isZero();
        assertThat(json().get("sectors").asInt()).isEqualTo(1);
        assertThat(json().get("unreadableSectors").asInt()).isZero();
        assertThat(json().get("runs").asInt()).isEqualTo(3);
        assertThat(json().get("medianMillis").asDouble()).isPositive();
        assertThat(json().get("calibrationBlstMsmMillis").asDouble()).isPositive();
        assertThat(json().get("calibrationCodecBlake3Millis").asDouble()).isPositive();
        assertThat(err.toString()).contains("audit warm-up", "audit 3 of 3", "calibrating");
    }

    @Test
    void readsPieces() throws IOException {
        assertThat(run("pieces", "--json", "--count", "1", farm())).isZero();
        assertThat(json().get("piecesInSector").asInt()).isEqualTo(PIECES);
        assertThat(json().get("maxMillis").asDouble())
                .isGreaterThanOrEqualTo(json().get("minMillis").asDouble());
    }

    @Test
    void provesChunks() {
        assertThat(run("prove", "--count", "1", "--kzg-parameters", "dev", farm()))
                .as("%s", err)
                .isZero();
        assertThat(out.toString()
                        .lines()
                        .map(line ->
                                line.length() - line.replaceFirst(".* {2,}", "").length()))
                .as("where the second column begins in %s", out)
                .hasSizeGreaterThan(5)
                .containsOnly("calibration codec blake3 millis  ".length());
        assertThat(out.toString())
                .contains("median millis", "engine", Engines.form().toString().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void encodesRecords() throws IOException {
        assertThat(run("plot", "--json", "--count", "1", "--threads", "2", "--pieces-in-sector", "10"))
                .isZero();
        double perSecond = json().get("recordsPerSecond").asDouble();
        assertThat(json().get("secondsPerSector").asDouble() * perSecond).isBetween(9.99, 10.01);
        assertThat(json().get("proofOfSpace").asText()).isEqualTo(PosVersion.V1.toString());
    }

    @Test
    void refusesWhatIsNoFarm() {
        assertThat(run("audit", folder.resolve("nothing").toString())).isEqualTo(1);
        assertThat(run("audit", "--count", "0", farm())).isEqualTo(2);
        assertThat(run("audit", "--threads", "0", farm())).isEqualTo(2);
        assertThat(run("prove", farm())).as("no KZG parameters here").isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("benchmark audit: no farm in ", "--count is at least 1", "benchmark prove: no KZG parameters")
                .doesNotContain("\tat ");
    }

    private static String farm() {
        return folder.resolve("farm").toString();
    }
}
