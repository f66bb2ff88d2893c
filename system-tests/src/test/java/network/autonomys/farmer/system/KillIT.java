package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills every process in turn while the cluster plots and farms: rewards come again, and nothing stored is lost. */
class KillIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path base;

    @Test
    void whateverIsKilledRewardsComeAgainAndNothingStoredIsLost() throws IOException {
        try (TestCluster cluster = TestCluster.standard(base)) {
            cluster.startAll();
            cluster.await(
                    "a farm", PATIENCE, () -> cluster.metric("plot-client", "autonomys_farmer_sectors_stored") >= 2);
            cluster.awaitMoreRewards("dev-node", 2, PATIENCE);
            for (String victim : List.of(
                    "plot-client",
                    "proof-server",
                    "plot-server",
                    "sharded-cache-0",
                    "full-piece",
                    "controller",
                    "nats-server",
                    "dev-node")) {
                double sectors = cluster.metric("plot-client", "autonomys_farmer_sectors_stored");
                double pieces = cluster.metric("full-piece", "autonomys_farmer_cache_pieces_have");
                cluster.member(victim).kill();
                cluster.member(victim).start();
                cluster.awaitMoreRewards("dev-node", 2, PATIENCE);
                cluster.await(
                        "the stored sectors after " + victim + " was killed",
                        PATIENCE,
                        () -> cluster.metric("plot-client", "autonomys_farmer_sectors_stored") >= sectors);
                cluster.await(
                        "the acknowledged pieces after " + victim + " was killed",
                        PATIENCE,
                        () -> cluster.metric("full-piece", "autonomys_farmer_cache_pieces_have") >= pieces);
            }
            for (Member member : cluster.members()) {
                assertThat(member.isRunning()).as(member.name() + " runs").isTrue();
            }
        }
    }
}
