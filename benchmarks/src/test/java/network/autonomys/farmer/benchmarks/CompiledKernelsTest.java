package network.autonomys.farmer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HotSpot makes of each kernel what it should be, in a process started as the roles are: where it gives up building the Vector API's calls into each other, every
 * vector comes to lie on the heap and the kernel takes ten times as long. That is seen by what is allocated, whatever else the machine does meanwhile.
 */
class CompiledKernelsTest {
    /** Bytes for each nanosecond. A kernel whose vectors lie on the heap allocates several; the arrays of these cases, and single vectors of a loop, make a tenth. */
    private static final double MOST_GARBAGE = 0.4;

    private static final long MINUTES = 5;

    @TempDir
    private Path folder;

    /** In other orders, since what a process did before has a say in how a kernel is compiled. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pos/encode-v1 pos/verify kzg/commit field/recover-source",
                "kzg/witness sector/audit-1000-pieces field/extend pos/table-v1 pos/proof-hashes",
            })
    void kernelsLeaveNoVectorsBehind(String names) throws Exception {
        JsonNode benchmarks = measure(names.split(" "));
        assertThat(benchmarks.size()).isGreaterThanOrEqualTo(names.split(" ").length);
        benchmarks
                .properties()
                .forEach(benchmark -> assertThat(benchmark
                                        .getValue()
                                        .get("garbageBytes")
                                        .asDouble()
                                / benchmark.getValue().get("medianNanos").asDouble())
                        .as("bytes for each nanosecond of %s", benchmark.getKey())
                        .isLessThan(MOST_GARBAGE));
    }

    private JsonNode measure(String... names) throws IOException, InterruptedException {
        Path commands = Vectors.projectRoot().resolve("farmer-cli/src/main/dist/lib/compile.commands");
        assertThat(commands).isRegularFile();
        File result = folder.resolve("result.json").toFile();
        File log = folder.resolve("log").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:CompileCommandFile=" + commands,
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName(),
                "--json",
                "--alone",
                "--seconds",
                "3"));
        command.addAll(List.of(names));
        Process process = new ProcessBuilder(command)
                .redirectOutput(result)
                .redirectError(log)
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new ObjectMapper().readTree(result).get("benchmarks");
    }
}
