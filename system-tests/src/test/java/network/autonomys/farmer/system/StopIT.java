package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every role stops in good order within ten seconds of SIGTERM, while the cluster works. */
class StopIT {
    @TempDir
    private Path base;

    @Test
    void everybodyIsShownAndStopsWithinTenSeconds() throws IOException, InterruptedException {
        try (TestCluster cluster = TestCluster.standard(base)) {
            cluster.startAll();
            cluster.await("rewards", Duration.ofMinutes(5), () -> cluster.rewards("dev-node") >= 1);
            JsonNode status = whenAllAreReady(cluster);
            assertThat(status.path("processes").findValuesAsText("role"))
                    .containsExactlyInAnyOrder(
                            "controller",
                            "sharded-cache",
                            "sharded-cache",
                            "full-piece-cache",
                            "plot-server",
                            "proof-server",
                            "plot-client");
            JsonNode farm = status.path("farms").path(0);
            assertThat(farm.path("sectors").asInt()).isEqualTo(TestCluster.SECTORS);
            assertThat(farm.path("plotted").asInt()).isPositive();
            for (String role : List.of(
                    "plot-client",
                    "proof-server",
                    "plot-server",
                    "full-piece",
                    "sharded-cache-1",
                    "controller",
                    "dev-node")) {
                Member.Stopped stopped = cluster.member(role).terminate(Duration.ofSeconds(30));
                assertThat(stopped.took()).as(role + " took").isLessThan(Duration.ofSeconds(10));
                assertThat(stopped.exitCode()).as(role + " exit code").isZero();
            }
        }
    }

    /** What is shown once the caches are full and nobody waits for anybody any more. */
    private static JsonNode whenAllAreReady(TestCluster cluster) {
        List<JsonNode> shown = new CopyOnWriteArrayList<>();
        cluster.await("everybody is ready", Duration.ofMinutes(5), () -> {
            JsonNode now = cluster.status();
            shown.add(now);
            List<String> states = now.path("processes").findValuesAsText("state");
            return !states.isEmpty() && states.stream().allMatch("ready"::equals);
        });
        return shown.getLast();
    }
}
