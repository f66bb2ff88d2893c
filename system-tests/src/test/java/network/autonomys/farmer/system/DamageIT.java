package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk damages while the cluster works is noticed and repaired: a cached piece from a peer, a sector by plotting it again. */
class DamageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MIB = 1 << 20;

    /** In segments: a sector that expires before it wins would be plotted over its damage, which nobody notices then. */
    private static final int NEVER = 1 << 20;

    @TempDir
    private Path base;

    @Test
    void aDamagedPieceAndADamagedSectorAreRepaired() throws IOException {
        try (TestCluster cluster = TestCluster.standard(base, NEVER)) {
            cluster.startAll();
            cluster.await(
                    "a whole farm",
                    PATIENCE,
                    () -> cluster.metric("plot-client", "autonomys_farmer_sectors_stored") >= TestCluster.SECTORS);

            cluster.await(
                    "a full cache",
                    PATIENCE,
                    () -> cluster.metric("full-piece", "autonomys_farmer_cache_pieces_have") >= 256);
            flip(Path.of(cluster.folder("full-piece")).resolve("pieces-00000.dat"), 5 * MIB, 64);
            cluster.await(
                    "the damaged piece is noticed",
                    PATIENCE,
                    () -> cluster.metric("full-piece", "autonomys_farmer_cache_corrupt_total") >= 1);
            cluster.await(
                    "it is fetched again",
                    PATIENCE,
                    () -> cluster.metric("full-piece", "autonomys_farmer_cache_pieces_missing") == 0
                            && cluster.metric("full-piece", "autonomys_farmer_cache_pieces_have") >= 256);

            Path plot = cluster.farm("farm").resolve("plot.bin");
            flip(plot, 0, (int) (plot.toFile().length() / TestCluster.SECTORS));
            cluster.await(
                    "the damaged sector is noticed",
                    PATIENCE,
                    () -> cluster.metric("plot-client", "autonomys_farmer_sectors_damaged_total") >= 1);
            cluster.await(
                    "it is plotted again",
                    PATIENCE,
                    () -> cluster.metric("plot-client", "autonomys_farmer_sectors_plotted_total", "cause=\"damaged\"")
                            >= 1);
            cluster.awaitMoreRewards("dev-node", 2, PATIENCE);
            cluster.await(
                    "the farm is whole again",
                    PATIENCE,
                    () -> cluster.metric("plot-client", "autonomys_farmer_sectors_stored") == TestCluster.SECTORS);
            assertThat(cluster.metric("full-piece", "autonomys_farmer_cache_corrupt_total"))
                    .as("pieces in the 64 flipped bytes")
                    .isEqualTo(1);
            assertThat(cluster.metric("plot-client", "autonomys_farmer_sectors_damaged_total"))
                    .as("sectors in the flipped range")
                    .isEqualTo(1);
        }
    }

    /** Inverts bytes of a file, as they will be found on the disk. */
    private static void flip(Path file, long position, int count) throws IOException {
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] bytes = new byte[count];
            disk.seek(position);
            disk.readFully(bytes);
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
            disk.seek(position);
            disk.write(bytes);
            disk.getFD().sync();
        }
    }
}
