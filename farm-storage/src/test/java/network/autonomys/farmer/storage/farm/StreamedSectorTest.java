package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.FileLayer;
import network.autonomys.farmer.storage.io.PowerCuts;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.testkit.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sectors that arrive in blocks of any length, several at once and over sectors that are there, are whole or do not count, wherever the power goes or
 * the line breaks.
 */
class StreamedSectorTest {
    private static final SectorLayout LAYOUT = new SectorLayout(1);
    private static final int SECTORS = 4;
    private static final int BLOCK = 333_333;

    @TempDir
    Path scratch;

    private static Farm open(Path folder, FileLayer layer) throws IOException {
        return Farm.open(
                new FarmConfig(folder, SpaceDistribution.allocationFor(SECTORS, 1), 1, Bytes.zeros(32), true, false),
                new SecureRandom(),
                InstantSource.system(),
                layer);
    }

    /** Takes the next block; false where the sector is whole. */
    private static boolean next(SectorWriter writer, byte[] sector) throws IOException {
        int from = (int) writer.written();
        int length = Math.min(BLOCK, sector.length - from);
        writer.append(MemorySegment.ofArray(sector).asSlice(from, length));
        return writer.written() < sector.length;
    }

    @Test
    void aPowerCutAtEveryWriteLeavesWholeSectorsOnly() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        assertThat(PowerCuts.everywhere("streamed sectors", () -> new Run(folder)))
                .isGreaterThan(40);
    }

    private static final class Run implements PowerCuts.Run {
        private final Path folder;
        /** Sectors with their history size that must be there, as {@code sector << 8 | history size}. */
        private final Set<Integer> required = new HashSet<>();

        Run(Path folder) {
            this.folder = folder;
        }

        @Override
        public void work(CrashDisk disk) throws IOException {
            try (Farm farm = open(folder, disk)) {
                // Two at once: they share a page, and the count passes over a sector that is on its way.
                plot(farm, 5, 1, 2);
                plot(farm, 6, 0);
                breakOff(farm, 3, 6);
            }
            try (Farm farm = open(folder, disk)) {
                // Over an expired sector, broken off and begun again from the start.
                required.remove(1 << 8 | 5);
                breakOff(farm, 1, 7);
                assertThat(farm.isStored(1)).isFalse();
                plot(farm, 8, 1, 3);
            }
        }

        private static void breakOff(Farm farm, int sector, int historySize) throws IOException {
            try (SectorWriter writer = farm.beginSector(sector)) {
                while (writer.written() < LAYOUT.sectorBytes() - BLOCK) {
                    assertThat(next(writer, FarmPowerTest.sector(sector, historySize)))
                            .isTrue();
                }
            }
        }

        private void plot(Farm farm, int historySize, int... sectors) throws IOException {
            SectorWriter[] writers = new SectorWriter[sectors.length];
            for (int i = 0; i < sectors.length; i++) {
                int sector = sectors[i];
                required.removeIf(r -> r >> 8 == sector);
                writers[i] = farm.beginSector(sector);
            }
            boolean more = true;
            while (more) {
                for (int i = 0; i < sectors.length; i++) {
                    more = next(writers[i], FarmPowerTest.sector(sectors[i], historySize));
                }
            }
            for (int i = sectors.length - 1; i >= 0; i--) {
                writers[i].commit(FarmPowerTest.metadata(sectors[i], historySize));
                required.add(sectors[i] << 8 | historySize);
            }
        }

        @Override
        public void check(CrashDisk disk) throws IOException {
            try (Farm farm = open(folder, disk);
                    StoreFile plot = disk.open(folder.resolve(Farm.PLOT))) {
                for (int sector : required) {
                    assertThat(farm.isStored(sector >> 8))
                            .as("sector %d", sector >> 8)
                            .isTrue();
                    assertThat(farm.historySize(sector >> 8)).isEqualTo(sector & 0xff);
                }
                byte[] bytes = new byte[(int) LAYOUT.sectorBytes()];
                for (int i = 0; i < SECTORS; i++) {
                    if (farm.isStored(i)) {
                        plot.read(ByteBuffer.wrap(bytes), LAYOUT.sectorBytes() * i);
                        assertThat(Arrays.equals(bytes, FarmPowerTest.sector(i, farm.historySize(i))))
                                .as("sector %d", i)
                                .isTrue();
                    }
                }
            }
        }
    }

    /** Blocks of all lengths, at places that are not between pages, and the neighbours stay as they are. */
    @Test
    void blocksOfAnyLengthGiveTheSameBytes() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        try (Farm farm = open(folder, disk);
                StoreFile plot = disk.open(folder.resolve(Farm.PLOT))) {
            byte[] around = Recipe.xof("around", (int) (LAYOUT.sectorBytes() * SECTORS));
            for (int block : new int[] {1 << 20, (1 << 20) + 1, 4096, 4095, 100_001, (int) LAYOUT.sectorBytes()}) {
                plot.write(ByteBuffer.wrap(around), 0);
                byte[] sector = FarmPowerTest.sector(1, 5);
                try (SectorWriter writer = farm.beginSector(1)) {
                    for (int at = 0; at < sector.length; at += block) {
                        assertThat(writer.written()).isEqualTo(at);
                        writer.append(MemorySegment.ofArray(sector).asSlice(at, Math.min(block, sector.length - at)));
                    }
                    assertThatThrownBy(() -> writer.append(MemorySegment.ofArray(new byte[1])))
                            .isInstanceOf(IllegalArgumentException.class);
                    writer.commit(FarmPowerTest.metadata(1, 5));
                }
                byte[] expected = around.clone();
                System.arraycopy(sector, 0, expected, sector.length, sector.length);
                byte[] found = new byte[around.length];
                plot.read(ByteBuffer.wrap(found), 0);
                assertThat(Arrays.mismatch(found, expected))
                        .as("blocks of %d", block)
                        .isEqualTo(-1);
            }
        }
    }

    /** A wrong bit anywhere, also in the last bytes, where the hash is. */
    @Test
    void aSectorWithAWrongBitDoesNotCount() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
        for (int at :
                new int[] {0, 5000, (1 << 20) + 3, (int) LAYOUT.sectorBytes() - 33, (int) LAYOUT.sectorBytes() - 1}) {
            try (Farm farm = open(folder, disk)) {
                byte[] sector = FarmPowerTest.sector(2, 5).clone();
                sector[at] ^= 4;
                try (SectorWriter writer = farm.beginSector(2)) {
                    writer.append(MemorySegment.ofArray(sector));
                    assertThatThrownBy(() -> writer.commit(FarmPowerTest.metadata(2, 5)))
                            .isInstanceOfSatisfying(
                                    FarmException.class,
                                    e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.CORRUPT));
                }
                assertThat(farm.isStored(2)).as("wrong at %d", at).isFalse();
                assertThat(farm.isModifying(2)).isFalse();
            }
        }
    }

    /** The commit of a later sector fills the metadata below it while an earlier one is being committed. */
    @Test
    void commitsAtOnceDoNotOverwriteEachOther() throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        CountDownLatch firstWritten = new CountDownLatch(1);
        CountDownLatch secondDone = new CountDownLatch(1);
        FileLayer layer = slowAfterMetadataOf(1, firstWritten, secondDone);
        try (Farm farm = open(folder, layer);
                ExecutorService threads = Executors.newFixedThreadPool(2);
                SectorWriter first = farm.beginSector(1);
                SectorWriter second = farm.beginSector(2)) {
            first.append(MemorySegment.ofArray(FarmPowerTest.sector(1, 5)));
            second.append(MemorySegment.ofArray(FarmPowerTest.sector(2, 5)));
            Future<?> one = threads.submit(() -> {
                first.commit(FarmPowerTest.metadata(1, 5));
                return true;
            });
            assertThat(firstWritten.await(10, TimeUnit.SECONDS)).isTrue();
            Future<?> two = threads.submit(() -> {
                second.commit(FarmPowerTest.metadata(2, 5));
                secondDone.countDown();
                return true;
            });
            one.get();
            two.get();
            assertThat(farm.metadata(1).historySize()).isEqualTo(5);
        }
        try (Farm farm = open(folder, FileLayer.DISK)) {
            assertThat(farm.isStored(1)).isTrue();
            assertThat(farm.isStored(2)).isTrue();
            assertThat(farm.isStored(0)).isFalse();
        }
    }

    /** Disks that give another thread time after a sector's metadata were written and before they are durable. */
    private static FileLayer slowAfterMetadataOf(int sector, CountDownLatch written, CountDownLatch go) {
        return (FileLayer) Proxy.newProxyInstance(
                StreamedSectorTest.class.getClassLoader(),
                new Class<?>[] {FileLayer.class},
                (layer, method, arguments) -> {
                    Object result = call(FileLayer.DISK, method, arguments);
                    return method.getName().equals("open") && result instanceof StoreFile file
                            ? slowFile(file, sector, written, go)
                            : result;
                });
    }

    private static Object slowFile(StoreFile file, int sector, CountDownLatch written, CountDownLatch go) {
        return Proxy.newProxyInstance(
                StreamedSectorTest.class.getClassLoader(), new Class<?>[] {StoreFile.class}, (f, method, arguments) -> {
                    Object result = call(file, method, arguments);
                    if (method.getName().equals("write")
                            && arguments[1].equals(MetadataFile.offset(sector))
                            && written.getCount() > 0) {
                        written.countDown();
                        // Where the other may not go on before this one has ended, it is not waited for to the end.
                        assertThat(go.await(300, TimeUnit.MILLISECONDS)).isFalse();
                    }
                    return result;
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
