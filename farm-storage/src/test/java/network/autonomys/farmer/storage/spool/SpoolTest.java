package network.autonomys.farmer.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int SECTOR = 5000;
    private static final int METADATA = 100;
    private static final byte[] CONTENT = Recipe.xof("spool", SECTOR + METADATA);

    @TempDir
    private Path folder;

    @Test
    void whatWasPutSurvivesARestart() throws IOException {
        Spool spool = Spool.open(folder, 10_000);
        assertThat(spool.reserve(SECTOR + METADATA)).isTrue();
        assertThat(spool.reserve(SECTOR + METADATA)).as("over the limit").isFalse();
        put(spool, entry(1));
        Spool again = Spool.open(folder, 10_000);
        assertThat(again.entries()).containsExactly(entry(1));
        assertThat(again.usedBytes()).isEqualTo(SECTOR + METADATA);
        ByteBuffer tail = ByteBuffer.allocate(METADATA + 10);
        again.read(entry(1), SECTOR - 10, tail);
        assertThat(Bytes.of(tail.array())).isEqualTo(Bytes.copyOf(CONTENT, SECTOR - 10, CONTENT.length));
        again.remove(entry(1));
        assertThat(again.usedBytes()).isZero();
        assertThat(Spool.open(folder, 10_000).entries()).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anUnfinishedEntryIsRemovedAtStart() throws IOException {
        Spool spool = Spool.open(folder, 100_000);
        put(spool, entry(1));
        put(spool, entry(2));
        Files.delete(folder.resolve(entry(1).name() + ".entry"));
        Files.write(folder.resolve(entry(2).name() + ".sector"), new byte[7]);
        assertThat(Spool.open(folder, 100_000).entries()).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everyDamagedEntryIsRefused() {
        byte[] good = entry(3).encode();
        assertThat(SpoolEntry.decode(good)).isEqualTo(entry(3));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThatThrownBy(() -> SpoolEntry.decode(bad)).isInstanceOf(ScaleException.class);
        }
        for (int length = 0; length < good.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThatThrownBy(() -> SpoolEntry.decode(cut)).isInstanceOf(ScaleException.class);
        }
    }

    private static void put(Spool spool, SpoolEntry entry) throws IOException {
        MemorySegment content = MemorySegment.ofArray(CONTENT);
        spool.put(entry, content.asSlice(0, SECTOR), content.asSlice(SECTOR, METADATA));
    }

    private static SpoolEntry entry(int attempt) {
        FarmerProtocolInfo info = new FarmerProtocolInfo(7, 2, 5, new Fraction(1, 10), 4);
        InstanceId id = new InstanceId(5, 6);
        PlotJob job = new PlotJob(
                id, attempt, id, id, Bytes.zeros(32), 3, 7, 2, info, PosVersion.V1, JobPriority.EXPIRED, "", 12345);
        return new SpoolEntry(job, SECTOR, METADATA, Bytes.zeros(32));
    }
}
