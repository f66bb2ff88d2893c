package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every role stops in good order within ten seconds of SIGTERM, while the cluster works. */
class StopIT {
    @TempDir
    private Path base;

    @Test
    void eachRoleStopsWithinTenSeconds() throws IOException {
        try (TestCluster cluster = TestCluster.standard(base)) {
            cluster.startAll();
            cluster.await("rewards", Duration.ofSeconds(150), () -> cluster.rewards("dev-node") >= 1);
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
}
