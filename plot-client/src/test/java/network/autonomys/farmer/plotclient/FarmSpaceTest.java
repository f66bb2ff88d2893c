package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.SpaceDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A farm that does not fit its disk is refused with the largest number of sectors that does. */
class FarmSpaceTest {
    private static final int PIECES = 1000;
    private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    @TempDir
    Path scratch;

    private long allocation(String capacity, long free) throws ConfigurationException, IOException {
        return new FarmSpace(folder -> {
                    assertThat(folder).isDirectory();
                    return free;
                })
                .allocation(FarmArgument.parse("path=" + scratch.resolve("farm") + "," + capacity), PIECES);
    }

    @Test
    void theLargestNumberThatFitsIsTaken() throws Exception {
        long room = SpaceDistribution.allocationFor(5, PIECES);
        assertThat(allocation("sectors=5", room)).isEqualTo(room);
        assertThat(allocation("sectors=auto", room)).isEqualTo(room);
        assertThat(allocation("sectors=auto", room + 2_000_000_000))
                .isEqualTo(SpaceDistribution.allocationFor(6, PIECES));
        assertThat(allocation("size=7000000000", 7_000_000_000L)).isEqualTo(7_000_000_000L);
    }

    @Test
    void oneMoreIsRefusedWithTheLargestNumberThatFits() {
        long room = SpaceDistribution.allocationFor(5, PIECES);
        assertThatThrownBy(() -> allocation("sectors=6", room))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sectors=6 does not fit")
                .hasMessageEndingWith("the largest number that does is sectors=5");
        assertThatThrownBy(() -> allocation("sectors=5", room - 100))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("sectors=4");
        assertThatThrownBy(() -> allocation("sectors=1", 1_000_000_000))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not one sector of 1000 pieces fits");
        assertThatThrownBy(() -> allocation("size=8000000000", 7_000_000_000L))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not fit");
    }

    @Test
    void whatTheFarmHasAlreadyCounts() throws Exception {
        Path folder = scratch.resolve("farm");
        Farm.open(
                        new FarmConfig(folder, SpaceDistribution.allocationFor(2, 2), 2, Bytes.zeros(32), true, true),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
        // The farm's own number of pieces decides, and its files are room.
        long onceMore = SpaceDistribution.allocationFor(2, 2);
        assertThat(allocation("sectors=2", 2_100_000)).isEqualTo(onceMore);
        assertThatThrownBy(() -> allocation("sectors=3", 2_100_000))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("sectors=2");
    }

    /** A farm that exists is refused before anything is connected. */
    @Test
    void theCommandEndsWithTwo() throws Exception {
        Path folder = scratch.resolve("farm");
        Farm.open(
                        new FarmConfig(folder, SpaceDistribution.allocationFor(1, 1), 1, Bytes.zeros(32), true, true),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
        assertThat(dryRun("path=" + folder + ",size=900TB")).isEqualTo(ExitCode.CONFIGURATION);
    }

    private static int dryRun(String farm) {
        return new CommandLine(new PlotClientCommand(new RoleOptions()))
                .execute(
                        "--nats-server",
                        "nats://127.0.0.1:1",
                        "--kzg-parameters",
                        "dev",
                        "--dry-run",
                        "--reward-address",
                        ALICE,
                        farm);
    }
}
