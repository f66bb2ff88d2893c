package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.PowerCuts;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sector counts once its bytes and then its metadata are durable; a damaged entry costs its own sector only. */
class FarmPowerTest {
    private static final SectorLayout LAYOUT = new SectorLayout(1);
    private static final int SECTORS = 4;

    /** Made-up sectors by index and history size; only their hash and metadata are right. */
    private static final Map<Long, byte[]> CONTENT = new ConcurrentHashMap<>();

    @TempDir
    Path scratch;

    @Test
    void committedSectorsSurviveAPowerCutAtEveryWrite() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        assertThat(PowerCuts.everywhere("farm", () -> new Run(folder))).isGreaterThan(35);
    }

    @Test
    void dataWithoutMetadataIsNoSector() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        try (Farm farm = open(folder, disk)) {
            plot(farm, 0, 5);
            try (SectorWriter writer = farm.beginSector(1)) {
                writer.append(MemorySegment.ofArray(sector(1, 5)));
            }
            assertThat(farm.isStored(1)).isFalse();
        }
        try (Farm farm = open(folder, disk)) {
            assertThat(farm.isStored(0)).isTrue();
            assertThat(farm.hasSector(1)).isFalse();
        }
    }

    @Test
    void aTornMetadataEntryCostsItsOwnSectorOnly() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        try (Farm farm = open(folder, disk)) {
            for (int sector = 0; sector < SECTORS; sector++) {
                plot(farm, sector, 5);
            }
        }
        try (StoreFile metadata = disk.open(folder.resolve(MetadataFile.NAME))) {
            metadata.write(ByteBuffer.wrap(new byte[4096]), MetadataFile.offset(2) + 60_000);
        }
        try (Farm farm = open(folder, disk)) {
            for (int sector = 0; sector < SECTORS; sector++) {
                assertThat(farm.isStored(sector)).isEqualTo(sector != 2);
                assertThat(farm.hasSector(sector)).isTrue();
            }
            assertThat(farm.metadata(2).historySize())
                    .as("the entry on disk is a dummy now")
                    .isOne();
            plot(farm, 2, 6);
            assertThat(farm.historySize(2)).isEqualTo(6);
        }
    }

    /** Power was lost before the count, and the sector's place was written on since: its entry must not come back with a higher count. */
    @Test
    void anEntryBehindTheCountIsForgotten() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        try (Farm farm = open(folder, disk)) {
            plot(farm, 0, 5);
        }
        try (StoreFile metadata = disk.open(folder.resolve(MetadataFile.NAME))) {
            metadata.write(ByteBuffer.wrap(metadata(2, 5).encode()), MetadataFile.offset(2));
        }
        try (Farm farm = open(folder, disk)) {
            try (SectorWriter writer = farm.beginSector(2)) {
                writer.append(MemorySegment.ofArray(sector(2, 6)).asSlice(0, 700_001));
            }
            plot(farm, 3, 6);
        }
        try (Farm farm = open(folder, disk)) {
            assertThat(farm.isStored(0)).isTrue();
            assertThat(farm.isStored(2)).isFalse();
            assertThat(farm.isStored(3)).isTrue();
        }
    }

    private static Farm open(Path folder, CrashDisk disk) throws IOException {
        return Farm.open(
                new FarmConfig(folder, SpaceDistribution.allocationFor(SECTORS, 1), 1, Bytes.zeros(32), true, false),
                new SecureRandom(),
                InstantSource.system(),
                disk);
    }

    /** Bytes of a sector of one piece with the right hash at its end. */
    static byte[] sector(int index, long historySize) {
        return CONTENT.computeIfAbsent(historySize << 16 | index, key -> {
            byte[] sector = Recipe.xof("sector " + key, (int) LAYOUT.sectorBytes());
            int hashed = (int) LAYOUT.hashOffset();
            System.arraycopy(Blake3.hash(Arrays.copyOf(sector, hashed)), 0, sector, hashed, SectorLayout.HASH);
            return sector;
        });
    }

    /** Metadata of a sector of one piece. */
    static SectorMetadata metadata(int index, long historySize) {
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        Arrays.fill(sizes, (int) historySize, SectorLayout.RECORD_CHUNKS + (int) historySize, (short) 1);
        return SectorMetadata.of(index, 1, sizes, historySize);
    }

    private static void plot(Farm farm, int index, long historySize) throws IOException {
        MemorySegment bytes = MemorySegment.ofArray(sector(index, historySize));
        try (SectorWriter writer = farm.beginSector(index)) {
            writer.append(bytes.asSlice(0, 700_001));
            writer.append(bytes.asSlice(700_001));
            writer.commit(metadata(index, historySize));
        }
    }

    private static final class Run implements PowerCuts.Run {
        private final Path folder;
        /** History sizes of the sectors that must be there. */
        private final Map<Integer, Long> required = new HashMap<>();
        /** Sectors that were given up and may not come back. */
        private final Set<Integer> givenUp = new HashSet<>();

        Run(Path folder) {
            this.folder = folder;
        }

        @Override
        public void work(CrashDisk disk) throws IOException {
            try (Farm farm = open(folder, disk)) {
                commit(farm, 0, 5);
                // Out of order: the count passes over sector 1.
                commit(farm, 2, 5);
                commit(farm, 1, 6);
            }
            try (Farm farm = open(folder, disk)) {
                commit(farm, 2, 7);
                required.remove(0);
                assertThat(farm.markDamaged(0)).isTrue();
                givenUp.add(0);
                commit(farm, 3, 7);
            }
        }

        private void commit(Farm farm, int sector, long historySize) throws IOException {
            required.remove(sector);
            plot(farm, sector, historySize);
            required.put(sector, historySize);
        }

        @Override
        public void check(CrashDisk disk) throws IOException {
            try (Farm farm = open(folder, disk);
                    StoreFile plot = disk.open(folder.resolve(Farm.PLOT))) {
                for (Map.Entry<Integer, Long> sector : required.entrySet()) {
                    assertThat(farm.isStored(sector.getKey())).isTrue();
                    assertThat(farm.historySize(sector.getKey())).isEqualTo(sector.getValue());
                }
                assertThat(givenUp).noneMatch(farm::isStored);
                byte[] bytes = new byte[(int) LAYOUT.sectorBytes()];
                for (int i = 0; i < SECTORS; i++) {
                    if (farm.isStored(i)) {
                        plot.read(ByteBuffer.wrap(bytes), LAYOUT.sectorBytes() * i);
                        assertThat(Arrays.equals(bytes, sector(i, farm.historySize(i))))
                                .as("sector %d", i)
                                .isTrue();
                    }
                }
            }
        }
    }
}
