package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers on two dev nodes of one chain: when one of them is gone, farming goes on through the other. */
class TwoControllersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path base;

    @Test
    void farmingGoesOnWhenOneControllerStops() throws IOException {
        try (TestCluster cluster = TestCluster.standard(base)) {
            cluster.defineDevNode("dev-node-1", List.of("--follow", "ws://127.0.0.1:" + cluster.port("dev-node")));
            cluster.defineController("controller-1", "dev-node-1");
            cluster.startAll();
            cluster.await("rewards", PATIENCE, () -> cluster.rewards("dev-node") >= 2);
            cluster.await("the second node follows", PATIENCE, () -> cluster.rewards("dev-node-1") >= 1);
            cluster.member("controller").terminate(Duration.ofSeconds(15));
            cluster.awaitMoreRewards("dev-node", 3, PATIENCE);
            assertThat(cluster.metric("plot-client", "autonomys_farmer_missed_total", "reason=\"no_controller\""))
                    .as("solutions without a controller to take them")
                    .isLessThanOrEqualTo(2);
            cluster.member("controller").start();
            cluster.await(
                    "the first controller works again",
                    PATIENCE,
                    () -> cluster.metric("controller", "autonomys_farmer_slots_announced_total") > 0);
        }
    }
}
