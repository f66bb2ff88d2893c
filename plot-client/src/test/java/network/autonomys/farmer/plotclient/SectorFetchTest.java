package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.runtime.tcp.TransferException;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmException;
import network.autonomys.farmer.storage.farm.IncomingFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sector counts when it is whole and durable, and the one before it farms for as long as it can. */
class SectorFetchTest {
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final FarmSpace.FreeSpace ROOM = folder -> 1L << 40;
    private static final FarmSpace.FreeSpace NO_ROOM = folder -> 1000;

    @TempDir
    Path scratch;

    private Path folder;
    private Spool spool;
    private BulkServer server;
    private BulkClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        folder = scratch.resolve("farm");
        spool = new Spool();
        server = SectorFixture.serve(spool);
        client = new BulkClient(SectorFixture.SETTINGS, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** A spool with one sector, which looks at the farm before each block and fails where it is told to. */
    private static final class Spool implements SectorProvider {
        private byte[] content = new byte[0];
        private int failures;
        private long failAt = Long.MAX_VALUE;
        private Runnable look = () -> {};
        private final List<Long> offsets = Collections.synchronizedList(new ArrayList<>());
        private final List<InstanceId> stored = Collections.synchronizedList(new ArrayList<>());

        @Override
        public long length(InstanceId job, long attempt) {
            return content.length;
        }

        @Override
        public void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException {
            offsets.add(offset);
            look.run();
            if (offset >= failAt && failures > 0) {
                failures--;
                throw new IOException("the spool's disk fails");
            }
            into.put(content, (int) offset, into.remaining());
        }

        @Override
        public void stored(InstanceId job, long attempt) {
            stored.add(job);
        }
    }

    private Ready offer(int job, int sector, long historySize) {
        spool.content = SectorFixture.transfer(sector, historySize);
        return SectorFixture.ready(job, sector, historySize, spool.content, server);
    }

    private SectorFetch fetch(Farm farm, Ready ready, boolean predecessorFarms) {
        return new SectorFetch(client, farm, ready, () -> predecessorFarms, ROOM);
    }

    private void plot(Farm farm, int sector, long historySize) throws IOException, InterruptedException {
        fetch(farm, offer(100 + sector, sector, historySize), false).run(SILENCE);
    }

    private List<Path> parts() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertStored(int sector, long historySize) throws IOException {
        try (Farm farm = SectorFixture.open(folder)) {
            assertThat(farm.isStored(sector)).isTrue();
            assertThat(farm.historySize(sector)).isEqualTo(historySize);
        }
        byte[] found = new byte[SectorFixture.SECTOR_BYTES];
        try (RandomAccessFile plot =
                new RandomAccessFile(folder.resolve("plot.bin").toFile(), "r")) {
            plot.seek((long) sector * found.length);
            plot.readFully(found);
        }
        byte[] expected = Arrays.copyOf(SectorFixture.transfer(sector, historySize), found.length);
        assertThat(Arrays.mismatch(found, expected)).isEqualTo(-1);
    }

    @Test
    void aNewSectorGoesStraightToItsPlace() throws Exception {
        List<Boolean> inPlace = new ArrayList<>();
        try (Farm farm = SectorFixture.open(folder)) {
            Ready ready = offer(1, 1, 5);
            spool.look = () -> inPlace.add(farm.isModifying(1) && !farm.isStored(1) && parts().isEmpty());
            fetch(farm, ready, true).run(SILENCE);
            assertThat(farm.isModifying(1)).isFalse();
            assertThat(spool.stored).containsExactly(ready.job());
        }
        assertThat(inPlace).hasSizeGreaterThan(3).containsOnly(true);
        assertStored(1, 5);
    }

    @Test
    void aBrokenTransferGoesOnWhereItWas() throws Exception {
        try (Farm farm = SectorFixture.open(folder)) {
            Ready ready = offer(1, 0, 5);
            spool.failAt = 2 << 20;
            // One for every try of the first run, and one for the second run.
            spool.failures = 6;
            SectorFetch fetch = fetch(farm, ready, true);
            assertThatThrownBy(() -> fetch.run(SILENCE)).isInstanceOf(TransferException.class);
            assertThat(fetch.isBegun()).isTrue();
            assertThat(farm.isStored(0)).isFalse();
            assertThat(spool.stored).isEmpty();
            fetch.run(SILENCE);
            assertThat(fetch.isBegun()).isFalse();
            assertThat(spool.offsets.stream().filter(offset -> offset < spool.failAt))
                    .as("nothing is fetched twice")
                    .doesNotHaveDuplicates();
        }
        assertStored(0, 5);
    }

    @Test
    void aSectorThatStillFarmsIsThereUntilItsSuccessorIsWhole() throws Exception {
        List<Boolean> farms = new ArrayList<>();
        try (Farm farm = SectorFixture.open(folder)) {
            plot(farm, 1, 5);
            Ready ready = offer(1, 1, 7);
            spool.look = () -> farms.add(farm.isStored(1) && !farm.isModifying(1) && farm.historySize(1) == 5);
            spool.failAt = 4 << 20;
            spool.failures = 5;
            SectorFetch fetch = fetch(farm, ready, true);
            assertThatThrownBy(() -> fetch.run(SILENCE)).isInstanceOf(TransferException.class);
            assertThat(parts()).hasSize(1);
            fetch.run(SILENCE);
            assertThat(farm.historySize(1)).isEqualTo(7);
            assertThat(parts()).isEmpty();
        }
        assertThat(farms).hasSizeGreaterThan(7).containsOnly(true);
        assertStored(1, 7);
    }

    @Test
    void aTransferThatIsGivenUpLeavesTheSectorThatFarmsAndNothingElse() throws Exception {
        try (Farm farm = SectorFixture.open(folder)) {
            plot(farm, 1, 5);
            Ready ready = offer(1, 1, 7);
            spool.failAt = 1 << 20;
            spool.failures = 100;
            try (SectorFetch fetch = fetch(farm, ready, true)) {
                assertThatThrownBy(() -> fetch.run(SILENCE)).isInstanceOf(TransferException.class);
            }
            assertThat(parts()).isEmpty();
        }
        assertStored(1, 5);
    }

    @Test
    void anExpiredSectorIsGivenUpBeforeTheFirstByte() throws Exception {
        List<Boolean> givenUp = new ArrayList<>();
        try (Farm farm = SectorFixture.open(folder)) {
            plot(farm, 1, 5);
            Ready ready = offer(1, 1, 7);
            spool.look = () -> givenUp.add(!farm.isStored(1) && farm.isModifying(1) && parts().isEmpty());
            spool.failAt = 3 << 20;
            spool.failures = 100;
            try (SectorFetch fetch = fetch(farm, ready, false)) {
                assertThatThrownBy(() -> fetch.run(SILENCE)).isInstanceOf(TransferException.class);
            }
            assertThat(farm.isModifying(1)).isFalse();
        }
        assertThat(givenUp).isNotEmpty().containsOnly(true);
        try (Farm farm = SectorFixture.open(folder)) {
            assertThat(farm.hasSector(1)).isTrue();
            assertThat(farm.isStored(1)).as("half of it is another's").isFalse();
            spool.failures = 0;
            spool.look = () -> {};
            fetch(farm, offer(2, 1, 7), false).run(SILENCE);
        }
        assertStored(1, 7);
    }

    /** A full disk has no room for two; without this the farm could never replot. */
    @Test
    void whereTheDiskIsFullTheSectorIsReplacedInPlace() throws Exception {
        try (Farm farm = SectorFixture.open(folder)) {
            plot(farm, 1, 5);
            List<Boolean> givenUp = new ArrayList<>();
            Ready ready = offer(1, 1, 7);
            spool.look = () -> givenUp.add(!farm.isStored(1) && parts().isEmpty());
            new SectorFetch(client, farm, ready, () -> true, NO_ROOM).run(SILENCE);
            assertThat(givenUp).isNotEmpty().containsOnly(true);
        }
        assertStored(1, 7);
    }

    @Test
    void aDamagedSectorIsRefused() throws Exception {
        try (Farm farm = SectorFixture.open(folder)) {
            plot(farm, 1, 5);
            for (boolean predecessorFarms : new boolean[] {true, false}) {
                Ready ready = offer(1, 1, 7);
                spool.content[3_000_000] ^= 1;
                assertThatThrownBy(() -> fetch(farm, ready, predecessorFarms).run(SILENCE))
                        .isInstanceOfSatisfying(
                                TransferException.class,
                                e -> assertThat(e.reason()).isEqualTo(ReasonCode.CORRUPT));
                assertThat(farm.isStored(1)).isEqualTo(predecessorFarms);
                assertThat(farm.isModifying(1)).isFalse();
                assertThat(parts()).isEmpty();
            }
            assertThat(spool.stored).as("only the first one").hasSize(1);
        }
    }

    /** The plot-server vouches for bytes that are no sector, or another one. */
    @Test
    void whatIsNotThisSectorIsRefused() throws Exception {
        try (Farm farm = SectorFixture.open(folder)) {
            spool.content = SectorFixture.transfer(1, 7);
            spool.content[3_000_000] ^= 1;
            Ready wrongHash = SectorFixture.ready(1, 1, 7, spool.content, server);
            assertThatThrownBy(() -> fetch(farm, wrongHash, false).run(SILENCE)).isInstanceOf(FarmException.class);
            spool.content = SectorFixture.transfer(1, 7);
            spool.content[spool.content.length - 50] ^= 1;
            Ready wrongMetadata = SectorFixture.ready(1, 1, 7, spool.content, server);
            assertRefused(farm, wrongMetadata);
            spool.content = SectorFixture.transfer(2, 7);
            Ready otherSector = SectorFixture.ready(1, 1, 7, spool.content, server);
            assertRefused(farm, otherSector);
            Ready otherHistory = SectorFixture.ready(1, 2, 8, spool.content, server);
            assertRefused(farm, otherHistory);
            assertThat(farm.hasSector(1) || farm.hasSector(2)).isFalse();
            assertThat(farm.isModifying(1) || farm.isModifying(2)).isFalse();
            assertThat(spool.stored).isEmpty();
        }
    }

    private void assertRefused(Farm farm, Ready ready) {
        assertThatThrownBy(() -> fetch(farm, ready, false).run(SILENCE))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.reason()).isEqualTo(ReasonCode.MALFORMED));
    }

    /** The process is killed while blocks arrive; another one finds whole sectors only and fetches again. */
    @Test
    void aKilledProcessLeavesWholeSectorsOnly() throws Exception {
        for (boolean predecessorFarms : new boolean[] {true, false}) {
            try (Farm farm = SectorFixture.open(folder)) {
                plot(farm, 0, 5);
                plot(farm, 1, 5);
            }
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "--add-modules=jdk.incubator.vector",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledFetch.class.getName(),
                            folder.toString(),
                            String.valueOf(predecessorFarms))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(KilledFetch.KILLED);
            assertThat(parts()).hasSize(predecessorFarms ? 1 : 0);
            assertThat(IncomingFiles.deleteAll(folder)).hasSize(predecessorFarms ? 1 : 0);
            assertStored(0, 5);
            if (predecessorFarms) {
                assertStored(1, 5);
            }
            try (Farm farm = SectorFixture.open(folder)) {
                assertThat(farm.isStored(1)).isEqualTo(predecessorFarms);
                fetch(farm, offer(1, 1, 7), predecessorFarms).run(SILENCE);
            }
            assertStored(1, 7);
        }
    }
}
