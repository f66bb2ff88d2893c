package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.SectorEncoder;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Farms that ours creates, writes, resizes, refuses and deletes. */
class OwnFarmTest {
    private static final VectorCase REFERENCE =
            Vectors.cases("farm", "farm.json", "farm").getFirst();

    @TempDir
    Path scratch;

    private static Path reference() {
        return REFERENCE.file().toAbsolutePath().resolveSibling("");
    }

    /** The reference's farm, plotted by ours from the same pieces: the same bytes in every file. */
    @Test
    void aFarmThatOursPlotsIsTheReferencesByteForByte() throws IOException {
        Path own = Files.createDirectory(scratch.resolve("own"));
        for (String name : List.of(FarmInfo.FILE, IdentityFile.NAME)) {
            Files.copy(reference().resolve(name), own.resolve(name));
        }
        try (Farm farm = Fixtures.open(own)) {
            assertThat(Fixtures.read(own.resolve(MetadataFile.NAME))).containsOnly(0);
            for (JsonNode sector : REFERENCE.list("sectors")) {
                plot(farm, sector);
            }
        }
        for (String name : List.of(FarmInfo.FILE, IdentityFile.NAME, MetadataFile.NAME, Farm.PLOT)) {
            assertThat(Arrays.mismatch(
                            Fixtures.read(own.resolve(name)),
                            Fixtures.read(reference().resolve(name))))
                    .as("first byte of %s that differs", name)
                    .isEqualTo(-1);
        }
        try (Farm farm = Fixtures.open(own)) {
            for (int i = 0; i < farm.targetSectors(); i++) {
                assertThat(farm.isStored(i)).isEqualTo(i < REFERENCE.i32("plottedSectors"));
            }
        }
        assertThat(scrub(own)).isEmpty();
    }

    private static void plot(Farm farm, JsonNode described) throws IOException {
        int sectorIndex = described.get("sectorIndex").asInt();
        long historySize = VectorCase.u64(described.get("historySize"));
        Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(farm.publicKey()), sectorIndex, historySize);
        SectorLayout layout = farm.layout();
        int pieces = layout.pieces();
        try (Arena arena = Arena.ofConfined();
                SectorWriter writer = farm.beginSector(sectorIndex)) {
            MemorySegment stored = arena.allocate((long) SectorLayout.RECORD * pieces);
            MemorySegment bitfields = arena.allocate((long) SectorLayout.BITFIELD * pieces);
            MemorySegment recordMetadata = arena.allocate((long) SectorLayout.RECORD_METADATA * pieces);
            for (int offset = 0; offset < pieces; offset++) {
                byte[] piece = HistoryPieces.get()
                        .piece(VectorCase.u64(
                                described.get("pieces").get(offset).get("pieceIndex")));
                SectorEncoder.recordMetadata(
                        piece,
                        recordMetadata.asSlice(
                                (long) SectorLayout.RECORD_METADATA * offset, SectorLayout.RECORD_METADATA));
                Fixtures.records()
                        .encode(
                                farm.posVersionFor(historySize),
                                1,
                                MemorySegment.ofArray(SectorIds.evaluationSeed(sectorId, offset)
                                        .toArray()),
                                MemorySegment.ofArray(piece).asSlice(0, SectorLayout.RECORD),
                                stored.asSlice((long) SectorLayout.RECORD * offset, SectorLayout.RECORD),
                                bitfields.asSlice((long) SectorLayout.BITFIELD * offset, SectorLayout.BITFIELD));
            }
            MemorySegment sector = arena.allocate(layout.sectorBytes());
            SectorMetadata metadata =
                    SectorEncoder.assemble(layout, sectorIndex, historySize, stored, bitfields, recordMetadata, sector);
            long half = layout.sectorBytes() / 2 + 1;
            writer.append(sector.asSlice(0, half));
            assertThatThrownBy(() -> writer.commit(metadata)).isInstanceOf(IllegalArgumentException.class);
            writer.append(sector.asSlice(half));
            writer.commit(metadata);
        }
    }

    private static List<String> scrub(Path folder) throws IOException {
        return FarmScrub.run(folder, FarmScrub.Target.ALL, false, true, new FarmScrub.Progress() {
            @Override
            public void sectors(int done, int of) {
                assertThat(of).isPositive();
            }

            @Override
            public void elements(long done, long of) {
                assertThat(of).isPositive();
            }

            @Override
            public void found(String what) {
                assertThat(what).contains(PieceCacheFile.NAME);
            }
        });
    }

    private static FarmConfig config(Path folder, int sectors, int pieces) {
        return new FarmConfig(
                folder, SpaceDistribution.allocationFor(sectors, pieces), pieces, Bytes.zeros(32), true, true);
    }

    private static Farm open(FarmConfig config) throws IOException {
        return Farm.open(config, new SecureRandom(), InstantSource.system());
    }

    private static void assertRefused(FarmConfig config, FarmException.Kind kind) {
        assertThatThrownBy(() -> open(config).close())
                .isInstanceOfSatisfying(
                        FarmException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aNewFarmTakesItsSpace() throws IOException {
        Path folder = scratch.resolve("new");
        try (Farm farm = open(config(folder, 3, 2))) {
            assertThat(farm.targetSectors()).isEqualTo(3);
            assertThat(farm.posVersionFor(1)).isEqualTo(PosVersion.V1);
            assertRefused(config(folder, 3, 2), FarmException.Kind.LOCKED);
        }
        for (String name : List.of(Farm.PLOT, MetadataFile.NAME, IdentityFile.NAME)) {
            assertThat(Files.size(folder.resolve(name)))
                    .isEqualTo(Files.size(reference().resolve(name)));
        }
        assertThat(Fixtures.read(folder.resolve(MetadataFile.NAME))).containsOnly(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(IdentityFile.NAME))))
                .isEqualTo("rw-------");
        assertThat(bytesTaken(folder.resolve(Farm.PLOT)))
                .as("space that is really taken")
                .isGreaterThanOrEqualTo(Files.size(folder.resolve(Farm.PLOT)));
    }

    private static long bytesTaken(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
                * 512;
    }

    @Test
    void whatIsNotThisFarmIsRefused() throws IOException {
        Path folder = scratch.resolve("farm");
        open(config(folder, 2, 2)).close();
        FarmConfig good = config(folder, 2, 2);
        Bytes otherChain =
                Bytes.of(Fixtures.read(reference().resolve(IdentityFile.NAME))).slice(0, 32);
        assertRefused(
                new FarmConfig(folder, good.allocatedSpace(), 2, otherChain, true, true),
                FarmException.Kind.WRONG_CHAIN);
        assertRefused(config(folder, 2, 1), FarmException.Kind.INVALID_PIECES_IN_SECTOR);
        assertRefused(
                new FarmConfig(folder, 1_000_000, 2, Bytes.zeros(32), true, true),
                FarmException.Kind.INSUFFICIENT_SPACE);
        assertRefused(
                new FarmConfig(scratch.resolve("none"), good.allocatedSpace(), 2, Bytes.zeros(32), false, true),
                FarmException.Kind.MISSING);
        Files.copy(
                reference().resolve(IdentityFile.NAME),
                folder.resolve(IdentityFile.NAME),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(good, FarmException.Kind.IDENTITY_MISMATCH);
    }

    @Test
    void sectorsStayWhereTheyAreWhenTheFarmGrowsOrShrinks() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        FarmInfo info = FarmInfo.read(folder);
        byte[] plot = Fixtures.read(folder.resolve(Farm.PLOT));
        for (int sectors : new int[] {5, 1, 3}) {
            FarmConfig config = new FarmConfig(
                    folder, SpaceDistribution.allocationFor(sectors, 2), 2, info.genesisHash(), false, true);
            try (Farm farm = open(config)) {
                assertThat(farm.targetSectors()).isEqualTo(sectors);
                assertThat(farm.isStored(0)).isTrue();
                assertThat(Files.size(folder.resolve(Farm.PLOT)))
                        .isEqualTo(farm.space().plotFileBytes());
            }
            int kept = (int) new SectorLayout(2).sectorBytes();
            assertThat(Arrays.mismatch(plot, 0, kept, Fixtures.read(folder.resolve(Farm.PLOT)), 0, kept))
                    .isEqualTo(-1);
        }
        assertThat(FarmInfo.read(folder).allocatedSpace()).isEqualTo(SpaceDistribution.allocationFor(3, 2));
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.hasSector(1))
                    .as("cut off when the farm had one sector")
                    .isFalse();
        }
    }

    @Test
    void aFarmOfVersionOneKeepsItsRule() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        // Version 1, two sectors, cutover at history size 7.
        edit(folder.resolve(MetadataFile.NAME), 0, 1, 2, 0, 1, 7, 0, 0, 0, 0, 0, 0, 0);
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.isStored(1)).isTrue();
            assertThat(farm.posVersionFor(7)).isEqualTo(PosVersion.V1);
            assertThat(farm.posVersionFor(8)).isEqualTo(PosVersion.V2);
        }
        edit(folder.resolve(MetadataFile.NAME), 0, 1, 2, 0, 0, 0);
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.posVersionFor(1)).isEqualTo(PosVersion.V2);
        }
        edit(folder.resolve(MetadataFile.NAME), 0, 2);
        assertThatThrownBy(() -> Fixtures.open(folder))
                .isInstanceOfSatisfying(
                        FarmException.class,
                        e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.UNEXPECTED_VERSION));
    }

    @Test
    void aDamagedSectorIsGivenUpForGood() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.markDamaged(1)).isTrue();
            assertThat(farm.markDamaged(1)).as("once").isFalse();
            assertThat(farm.markDamaged(2)).as("never plotted").isFalse();
            assertThat(farm.isStored(1)).isFalse();
        }
        try (Farm farm = Fixtures.open(folder)) {
            assertThat(farm.isStored(0)).isTrue();
            assertThat(farm.isStored(1)).isFalse();
            assertThat(farm.hasSector(1)).isTrue();
        }
    }

    @Test
    void wipeDeletesTheFarmAndNothingElse() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("incoming-X-1.part"), "half a sector");
        try (Farm farm = Fixtures.open(folder)) {
            assertThatThrownBy(() -> FarmWipe.wipe(folder))
                    .isInstanceOfSatisfying(
                            FarmException.class, e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.LOCKED));
            assertThat(farm.isStored(0)).isTrue();
        }
        assertThat(FarmWipe.wipe(folder)).hasSize(Fixtures.FILES.size() + 1);
        assertThat(Fixtures.hashes(folder)).containsOnlyKeys("notes.txt");
        assertThatThrownBy(() -> FarmWipe.wipe(folder))
                .isInstanceOfSatisfying(
                        FarmException.class, e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.MISSING));
    }

    @Test
    void whatEarlierTransfersLeftIsDeletedAndNothingElse() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        var files = Fixtures.hashes(folder);
        Files.writeString(IncomingFiles.of(folder, "X-1"), "half a sector");
        Files.writeString(IncomingFiles.of(folder, "Y-2"), "");
        assertThat(IncomingFiles.deleteAll(folder))
                .containsExactlyInAnyOrder(folder.resolve("incoming-X-1.part"), folder.resolve("incoming-Y-2.part"));
        assertThat(IncomingFiles.deleteAll(folder)).isEmpty();
        assertThat(Fixtures.hashes(folder)).isEqualTo(files);
    }

    @Test
    void aFarmWithoutReadableInfoCanBeWiped() throws IOException {
        Path folder = Fixtures.copy(reference(), scratch.resolve("farm"));
        Files.writeString(folder.resolve(FarmInfo.FILE), "{");
        assertThat(FarmWipe.wipe(folder)).hasSize(Fixtures.FILES.size());
    }

    /** The examples of sectors-farms §7.4. */
    @ParameterizedTest
    @CsvSource({
        "100000000000, 1000, 1, 93, 98291335168, 1614, 13242368, 1692622848",
        "107374182400, 1000, 1, 100, 105689608192, 1590, 14163968, 1667452928",
        "1000000000000, 1000, 1, 936, 989254717440, 10126, 123777024, 10619260928",
        "1000000000000, 1000, 0, 946, 999823679488, 0, 125087744, 0",
        "1000000000, 50, 1, 18, 951209984, 41, 3411968, 42999808",
        "100000000, 2, 1, 42, 88784896, 2, 6557696, 2101248"
    })
    void spaceIsDividedAsTheReferenceDoes(
            long allocated, int pieces, int percentage, int target, long plot, long cached, long metadata, long cache)
            throws FarmException {
        SpaceDistribution space = SpaceDistribution.of(allocated, percentage, pieces);
        assertThat(space.targetSectors()).isEqualTo(target);
        assertThat(space.plotFileBytes()).isEqualTo(plot);
        assertThat(space.cacheCapacity()).isEqualTo(cached);
        assertThat(space.metadataFileBytes()).isEqualTo(metadata);
        assertThat(space.cacheFileBytes()).isEqualTo(cache);
        assertThat(SpaceDistribution.mostSectors(allocated, pieces))
                .isEqualTo(SpaceDistribution.of(allocated, 0, pieces).targetSectors());
    }

    @Test
    void theLeastAllocationOfANumberOfSectorsIsExact() throws FarmException {
        for (int pieces : new int[] {1, 2, 1000}) {
            for (int sectors : new int[] {1, 2, 93, 65_534}) {
                long least = SpaceDistribution.allocationFor(sectors, pieces);
                assertThat(SpaceDistribution.of(least, 0, pieces).targetSectors())
                        .isEqualTo(sectors);
                assertThat(SpaceDistribution.mostSectors(least, pieces)).isEqualTo(sectors);
                assertThat(SpaceDistribution.mostSectors(least - 100, pieces)).isEqualTo(sectors - 1);
            }
        }
        assertThat(SpaceDistribution.mostSectors(0, 1000)).isZero();
        assertThat(SpaceDistribution.mostSectors(Long.MAX_VALUE, 1000)).isEqualTo(65_534);
        assertThatThrownBy(() -> SpaceDistribution.of(1_060_000_000, 0, 1000)).hasMessageContaining("1061134361");
        assertThatThrownBy(() -> SpaceDistribution.of(70_000_000_000_000L, 0, 1000))
                .isInstanceOfSatisfying(
                        FarmException.class, e -> assertThat(e.kind()).isEqualTo(FarmException.Kind.TOO_LARGE));
    }

    private static void edit(Path file, long offset, int... bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(offset);
            for (int value : bytes) {
                out.write(value);
            }
        }
    }
}
