package network.autonomys.farmer.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.PowerCuts;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;

/** Power is lost at every write: a sector that was put is there whole, and none is there in part. */
class SpoolPowerTest {
    private static final Path FOLDER = Path.of("/spool");
    private static final int SECTOR = 4000;
    private static final int METADATA = 300;

    @Test
    void acknowledgedSectorsSurviveAPowerCutAtEveryWrite() throws IOException {
        assertThat(PowerCuts.everywhere("spool", Run::new)).isGreaterThan(40);
    }

    private static final class Run implements PowerCuts.Run {
        private final List<SpoolEntry> required = new ArrayList<>();

        @Override
        public void work(CrashDisk disk) throws IOException {
            Spool spool = Spool.open(FOLDER, 100_000, disk);
            put(spool, 1);
            put(spool, 2);
            remove(spool, 1);
            put(spool, 3);
            Spool again = Spool.open(FOLDER, 100_000, disk);
            assertThat(again.entries()).containsExactlyElementsOf(required);
            put(again, 4);
            remove(again, 3);
            put(again, 5);
        }

        private void put(Spool spool, int attempt) throws IOException {
            SpoolEntry entry = entry(attempt);
            MemorySegment content = MemorySegment.ofArray(content(attempt));
            assertThat(spool.reserve(entry.totalBytes())).isTrue();
            spool.put(entry, content.asSlice(0, SECTOR), content.asSlice(SECTOR));
            required.add(entry);
        }

        private void remove(Spool spool, int attempt) throws IOException {
            required.remove(entry(attempt));
            spool.remove(entry(attempt));
        }

        @Override
        public void check(CrashDisk disk) throws IOException {
            Spool spool = Spool.open(FOLDER, 100_000, disk);
            assertThat(spool.entries()).containsAll(required);
            for (SpoolEntry entry : spool.entries()) {
                ByteBuffer read = ByteBuffer.allocate(SECTOR + METADATA);
                spool.read(entry, 0, read);
                assertThat(Bytes.of(Blake3.hash(read.array()))).isEqualTo(entry.contentHash());
            }
            assertThat(spool.usedBytes())
                    .isEqualTo((long) (SECTOR + METADATA) * spool.entries().size());
            assertThat(disk.list(FOLDER))
                    .as("nothing else is left")
                    .hasSize(2 * spool.entries().size());
        }
    }

    static byte[] content(int attempt) {
        return Recipe.xof("spooled " + attempt, SECTOR + METADATA);
    }

    static SpoolEntry entry(int attempt) {
        FarmerProtocolInfo info = new FarmerProtocolInfo(7, 2, 5, new Fraction(1, 10), 4);
        InstanceId id = new InstanceId(5, 6);
        PlotJob job = new PlotJob(
                id, attempt, id, id, Bytes.zeros(32), 3, 7, 2, info, PosVersion.V1, JobPriority.EXPIRED, "", 12345);
        return new SpoolEntry(job, SECTOR, METADATA, Bytes.of(Blake3.hash(content(attempt))));
    }
}
