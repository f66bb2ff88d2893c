package network.autonomys.farmer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.farm.ContentsMaps;
import network.autonomys.farmer.storage.farm.FarmAuditor;
import network.autonomys.farmer.storage.io.ReadMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks of disks measure is an audit of bytes that are really there. */
class SparseFarmTest {
    private static final int SECTORS = 9;
    private static final int PIECES = 130;

    @TempDir
    private Path folder = Path.of("");

    private Setup setup = new Setup(true, folder);

    @BeforeEach
    void open() {
        setup = new Setup(true, folder);
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void auditsReadWhatWasWritten() throws Exception {
        SparseFarm made = SparseFarm.make(setup, SECTORS, PIECES, 3);
        try (RandomAccessFile plot = new RandomAccessFile(made.plot().toFile(), "r")) {
            Bytes key = SectorIds.publicKeyHash(made.farm().publicKey());
            long sectorBytes = new SectorLayout(PIECES).sectorBytes();
            assertThat(made.slots()).hasSize(3);
            for (SparseFarm.Slot slot : made.slots()) {
                long pages = 0;
                for (int i = 0; i < SECTORS; i++) {
                    Audit.Target target = Audit.target(
                            made.farm().metadata(i),
                            SectorIds.sectorId(key, i, made.farm().historySize(i)),
                            slot.globalChallenge());
                    assertThat(slot.position(i)).isEqualTo(sectorBytes * i + target.offset());
                    assertThat(slot.length(i)).isEqualTo(target.bytes()).isPositive();
                    byte[] bytes = new byte[target.bytes()];
                    plot.seek(slot.position(i));
                    plot.readFully(bytes);
                    assertThat(zeros(bytes)).isLessThan(bytes.length / 20);
                    assertThat(slot.begin(i) % 4096).isZero();
                    assertThat(slot.end(i) % 4096).isZero();
                    pages += slot.end(i) - slot.begin(i);
                }
                assertThat(slot.pageBytes()).isEqualTo(pages);
            }
        }
    }

    @Test
    void theFarmIsAuditedAsEveryFarm() throws Exception {
        SparseFarm made = SparseFarm.make(setup, SECTORS, PIECES, 1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                FarmAuditor auditor =
                        new FarmAuditor(made.farm(), new ContentsMaps(made.farm()), ReadMethod.best(), threads, 2)) {
            Bytes challenge = made.slots().getFirst().globalChallenge();
            FarmAuditor.Result nothing = auditor.audit(challenge, 0);
            assertThat(nothing.audited()).isEqualTo(SECTORS);
            assertThat(nothing.damaged()).isEmpty();
            // Where a chunk wins, its sector's contents map is looked up, and that is a hole.
            assertThat(auditor.audit(challenge, -1).damaged())
                    .extracting(FarmAuditor.Damage::sectorIndex)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, SECTORS).boxed().toList());
        }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        assertThat(SparseFarm.make(setup, 1, 1, 1).plot()).exists();
        assertThat(StoredSector.plot(setup).farm().folder()).isNotEmptyDirectory();
        assertThatThrownBy(() -> SparseFarm.make(setup, 60_000, 60_000, 1000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has room for");
        setup.close();
        setup = new Setup(true, folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void sBucketSizesAreThoseOfAWholeSector() {
        for (int pieces : List.of(1, 64, 65, 1000)) {
            short[] sizes = SparseFarm.sBucketSizes(pieces, new Random(pieces));
            assertThat(sizes).hasSize(SectorLayout.S_BUCKETS);
            long sum = 0;
            for (short size : sizes) {
                assertThat(Short.toUnsignedInt(size)).isLessThanOrEqualTo(pieces);
                sum += Short.toUnsignedInt(size);
            }
            assertThat(sum).isEqualTo((long) SectorLayout.RECORD_CHUNKS * pieces);
        }
    }

    private static int zeros(byte[] bytes) {
        int zeros = 0;
        for (byte b : bytes) {
            zeros += b == 0 ? 1 : 0;
        }
        return zeros;
    }
}
