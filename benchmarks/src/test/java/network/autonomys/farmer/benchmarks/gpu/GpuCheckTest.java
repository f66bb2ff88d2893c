package network.autonomys.farmer.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.testkit.StandIn;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The check of cards on the stand-in driver, with one round of all that it measures: that it runs, what it writes, and how it ends. Comparing solutions, and sums over
 * 32 768 points, take minutes on the host: sums are left to the secret of the dev chain here, and docs/performance.md says how to run the whole.
 */
class GpuCheckTest {
    private static final int LAUNCH_FAILED = 719;
    private static final KzgParameters PARAMETERS =
            KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));

    private final StandIn standIn = StandIn.fresh();

    @TempDir
    private Path folder;

    private Path out = Path.of("");

    @BeforeEach
    void nameTheFile() {
        out = folder.resolve("gpu-check.json");
    }

    private int run(Map<String, String> environment, String... options) {
        GpuCheck check = new GpuCheck(
                environment,
                (cards, processor) -> new Proving(
                        cards, processor, PARAMETERS, DevSecret.engine(), DevSecret.engine(), new Proving.Load(1, 1)));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--out", out.toString()));
        return new CommandLine(check)
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments.toArray(new String[0]));
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper().readTree(out.toFile());
    }

    @Test
    void measuresEverythingOnce() throws IOException {
        int code = run(
                Map.of("GPU_CONCURRENCY", "1"),
                "--records",
                "1",
                "--solutions",
                "0",
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--vectors",
                oneTable().toString());
        JsonNode json = written();
        assertThat(code).as(json.toPrettyString()).isZero();
        assertThat(json.at("/exactness/referenceTables").asInt()).isEqualTo(1);
        assertThat(json.at("/exactness/wrongReferenceTables").isEmpty()).isTrue();
        assertThat(json.at("/exactness/records").asInt()).isEqualTo(1);
        assertThat(json.at("/exactness/wrong").asInt()).isZero();
        assertThat(json.at("/proving/wrong").asInt()).isZero();
        assertThat(json.at("/cards/0/card").asText()).startsWith("GPU 0 (stand-in 0, compute capability 7.5");
        assertThat(json.at("/driverSupportsCuda").asText()).isEqualTo("12.0");
        assertThat(json.at("/afterwards/0").asText()).contains("state=READY", "failures=0");
        for (String goal : List.of("/throughput/G1", "/throughput/G3", "/proving/G4", "/proving/G5")) {
            assertThat(json.at(goal).isBoolean()).as(goal).isTrue();
        }
        assertThat(json.at("/throughput/G2").asText()).startsWith("not judged here");
        for (String figure : List.of(
                "/secondsToOpenAndTest",
                "/recordsInFlight",
                "/cards/0/millisecondsV1/table_v1_7",
                "/cards/0/millisecondsV1/sum",
                "/cards/0/millisecondsV2/table_v2",
                "/throughput/seconds",
                "/throughput/records",
                "/throughput/recordsPerSecond",
                "/throughput/secondsPerSectorOf1000",
                "/throughput/megabytesMovedPerSecond",
                "/throughput/hostProcessorSecondsPerSector",
                "/throughput/hostProcessorsBusy",
                "/throughput/hostPeakMemoryMiB",
                "/proving/milliseconds/findProofV1/median",
                "/proving/milliseconds/findProofV2/median",
                "/proving/milliseconds/recover/best",
                "/proving/milliseconds/interpolate/median",
                "/proving/milliseconds/extend/median",
                "/proving/milliseconds/commit/median",
                "/proving/milliseconds/solution/median",
                "/proving/milliseconds/solutionsAtOnce/best",
                "/proving/millisecondsOfOneSolution",
                "/proving/millisecondsOfEightAtOnce",
                "/proving/commitmentsPerSecond")) {
            JsonNode value = json.at(figure);
            assertThat(value.isNumber()).as(figure).isTrue();
            assertThat(value.asDouble()).as(figure).isPositive().isFinite();
        }
        // The rates are of the same run as the counts.
        assertThat(json.at("/throughput/recordsPerSecond").asDouble())
                .isEqualTo(json.at("/throughput/records").asDouble()
                        / json.at("/throughput/seconds").asDouble());
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    /** A folder with the first V1 table of the reference: each takes seconds here. */
    private Path oneTable() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (JsonNode one :
                json.readTree(Vectors.root().resolve("pos/v1.json").toFile()).get("cases")) {
            if (one.get("kind").asText().equals("table")) {
                Path vectors = Files.createDirectory(folder.resolve("vectors"));
                Files.writeString(vectors.resolve("v1.json"), "{\"cases\":[" + json.writeValueAsString(one) + "]}");
                return vectors;
            }
        }
        throw new AssertionError("no table in v1.json");
    }

    @Test
    void aHostWithoutACardIsAnAnswerOfItsOwn() {
        standIn.machine(0, 12_000, 75, 8L << 30);
        assertThat(run(Map.of())).isEqualTo(2);
        standIn.machine(1, 11_080, 75, 8L << 30);
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(out).as("nothing was checked").doesNotExist();
    }

    @Test
    void anOptionThatCannotBeMetIsSaid() {
        assertThat(run(Map.of("GPU_CONCURRENCY", "lots"))).isEqualTo(2);
        assertThat(run(Map.of(), "--rounds", "0")).isEqualTo(2);
        assertThat(run(Map.of(), "--records", "-1")).isEqualTo(2);
        assertThat(run(Map.of(), "--gpus", "3")).isEqualTo(2);
        assertThat(run(Map.of(), "--vectors", folder.resolve("absent").toString()))
                .isEqualTo(2);
    }

    @Test
    void aCardThatFailsItsTestIsAFailure() throws IOException {
        standIn.fail("cuLaunchKernel", LAUNCH_FAILED, 3, 1);
        assertThat(run(Map.of("GPU_CONCURRENCY", "1"))).isEqualTo(1);
        assertThat(written().at("/failure").asText()).contains("GPU 0", "719");
        assertThat(written().at("/cards/0/card").asText()).startsWith("GPU 0");
    }
}
