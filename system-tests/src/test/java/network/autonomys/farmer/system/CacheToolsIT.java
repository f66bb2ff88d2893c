package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's two cache tools, as programs, against a nats-server and caches that are processes of their own. */
class CacheToolsIT {
    private static final List<String> CACHES = List.of("sharded-cache-0", "full-piece");

    @TempDir
    private Path base;

    private Path output;

    @BeforeEach
    void outputFile() {
        output = base.resolve("tool.log");
    }

    /** How a tool ended. */
    private record Ended(int exitCode, String output) {}

    private Ended tool(TestCluster cluster, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Distribution.launcher().toString(), "util", arguments[0], "--nats-servers", cluster.natsUrl()));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
        Process process = builder.start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended).as("%s has ended; its output:%n%s", command, text).isTrue();
        return new Ended(process.exitValue(), text);
    }

    private static double pieces(TestCluster cluster, String cache) {
        return cluster.metric(cache, "autonomys_farmer_cache_pieces_have");
    }

    @Test
    void reinitializationAndBenchmarkOfRunningCaches() throws Exception {
        try (TestCluster cluster = new TestCluster(base)) {
            cluster.defineNats();
            cluster.defineDevNode("dev-node", List.of());
            cluster.defineController("controller", "dev-node");
            cluster.defineRole("sharded-cache-0", "sharded-cache", "path=" + cluster.folder("sharded-cache-0"));
            cluster.defineRole(
                    "full-piece", "full-piece-sharded-cache", "--tmp", "path=" + cluster.folder("full-piece"));
            cluster.startAll();
            for (String cache : CACHES) {
                cluster.await(
                        cache + " has the first segment", Duration.ofMinutes(5), () -> pieces(cluster, cache) >= 256);
            }
            benchmark(cluster);
            reinitialize(cluster);
            withoutCaches(cluster);
        }
    }

    private void benchmark(TestCluster cluster) throws Exception {
        Ended whole = tool(cluster, "sharded-cache-benchmark", "--sectors", "3", "--epoch", "2");
        assertThat(whole.output())
                .contains("2 caches, ")
                .contains("2 pieces in a sector")
                // Twelve, unless the pieces of one of these sectors, which are drawn by chance, are the same.
                .containsPattern("round 2 of 2: 3 sectors, [3-6] pieces")
                .containsPattern("in all: 6 sectors, ([6-9]|1[0-2]) pieces")
                .contains("0 pieces missing");
        assertThat(whole.exitCode()).as(whole.output()).isZero();
        Ended parity = tool(cluster, "sharded-cache-benchmark", "--cache-item-type", "parity-piece");
        assertThat(parity.output()).contains("parity-piece is measured as those");
        assertThat(parity.exitCode()).as(parity.output()).isZero();
    }

    private void reinitialize(TestCluster cluster) throws Exception {
        Ended looked = tool(cluster, "reinitialization-cache", "--dry-run");
        assertThat(looked.output()).contains("It would concern 3 members");
        assertThat(looked.exitCode()).isZero();
        double before = pieces(cluster, "sharded-cache-0");
        for (int generation = 1; generation <= 2; generation++) {
            Ended done = tool(
                    cluster,
                    "reinitialization-cache",
                    "--delay",
                    generation == 1 ? "0" : "2",
                    "--verify",
                    generation == 1 ? "index" : "full",
                    "--wait",
                    "60");
            assertThat(done.exitCode()).as(done.output()).isZero();
            assertThat(done.output())
                    .contains("Generation " + generation + " begins")
                    .contains("Everybody follows generation " + generation)
                    .containsPattern("sharded-cache .* applied")
                    .containsPattern("full-piece-cache .* applied")
                    .containsPattern("controller .* applied");
        }
        assertThat(pieces(cluster, "sharded-cache-0")).as("nothing was deleted").isGreaterThanOrEqualTo(before);
        Ended nobody = tool(cluster, "reinitialization-cache", "--scope", "plot-server");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.output()).contains("no cache or controller answers to \"plot-server\"");
        Ended wrong = tool(cluster, "reinitialization-cache", "--delay", "-1");
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    private void withoutCaches(TestCluster cluster) throws Exception {
        for (String cache : CACHES) {
            assertThat(cluster.member(cache).terminate(Duration.ofSeconds(20)).exitCode())
                    .isZero();
        }
        Ended none = tool(cluster, "sharded-cache-benchmark");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.output()).contains("no cache answers");
    }
}
