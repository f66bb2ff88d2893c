package network.autonomys.farmer.storage.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.testkit.Mutator;
import network.autonomys.farmer.testkit.Recipe;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Malformed files of farms give the documented exception, or a farm with fewer sectors; never anything else. */
class FarmNegativeTest {
    private static final Path FILE = Path.of("file");
    private static final Set<Class<? extends Exception>> REFUSED = Set.of(Refused.class);

    @TempDir
    Path scratch;

    /** The documented refusal of a farm. */
    private static final class Refused extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        Refused(FarmException cause) {
            super(cause);
        }
    }

    private interface Parser {
        Object parse(byte[] input) throws IOException;
    }

    /** Only a {@link FarmException} is a refusal; any other one fails the test. */
    private static Consumer<byte[]> refusing(Parser parser) {
        return input -> {
            try {
                assertThat(parser.parse(input)).isNotNull();
            } catch (FarmException e) {
                throw new Refused(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Path reference() {
        VectorCase farm = Vectors.cases("farm", "farm.json", "farm").getFirst();
        return farm.file().toAbsolutePath().resolveSibling("");
    }

    @Test
    void infos() throws IOException {
        byte[] good = Files.readAllBytes(reference().resolve(FarmInfo.FILE));
        byte[] spaced =
                new String(good, StandardCharsets.UTF_8).replace(",", " ,\n\t").getBytes(StandardCharsets.UTF_8);
        Mutator.feed(
                "farm info",
                1,
                40_000,
                List.of(good, spaced),
                refusing(input -> FarmInfo.parse(new String(input, StandardCharsets.ISO_8859_1), FILE)),
                REFUSED);
    }

    @Test
    void infosWithOddValues() {
        String good = new String(Fixtures.read(reference().resolve(FarmInfo.FILE)), StandardCharsets.UTF_8);
        for (String odd : List.of(
                good.replace("\"piecesInSector\":2", "\"piecesInSector\":0"),
                good.replace("\"piecesInSector\":2", "\"piecesInSector\":65536"),
                good.replace("\"piecesInSector\":2", "\"piecesInSector\":-1"),
                good.replace("\"piecesInSector\":2", "\"piecesInSector\":2.0"),
                good.replace("12000000", "-1"),
                good.replace("12000000", "18446744073709551616"),
                good.replace("12000000", "9".repeat(2000)),
                good.replace("12000000", "1e400000000"),
                good.replace("01J8", "81J8"),
                good.replace("v0", "v1"),
                "[".repeat(50_000),
                "null",
                "")) {
            assertThat(odd).isNotEqualTo(good);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> FarmInfo.parse(odd, FILE))
                    .isInstanceOf(FarmException.class);
        }
    }

    @Test
    void identities() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("identity"));
        Mutator.feed(
                "identity",
                2,
                2_000,
                List.of(Files.readAllBytes(reference().resolve(IdentityFile.NAME))),
                refusing(input -> {
                    Files.write(folder.resolve(IdentityFile.NAME), input);
                    return IdentityFile.read(folder);
                }),
                REFUSED);
    }

    @Test
    void headers() {
        byte[] zero = new MetadataFile.Header(0, 2, OptionalLong.empty()).encode();
        byte[] one = new MetadataFile.Header(1, 700, OptionalLong.of(-2)).encode();
        byte[] open = new MetadataFile.Header(1, 0xffff, OptionalLong.empty()).encode();
        Mutator.feed(
                "metadata header",
                3,
                40_000,
                List.of(zero, one, open),
                refusing(input -> MetadataFile.Header.read(input, FILE)),
                REFUSED);
    }

    @Test
    void sectorMetadata() {
        byte[] metadata = Arrays.copyOfRange(
                Fixtures.read(reference().resolve(MetadataFile.NAME)), (int) MetadataFile.offset(0), (int)
                        MetadataFile.offset(1));
        Mutator.feed(
                "sector metadata",
                4,
                2_000,
                List.of(metadata),
                input -> look(SectorMetadata.decode(input)),
                Set.of(ScaleException.class));
        // With the right hash, so that the fields behind it are looked at.
        Mutator.feed(
                "sector metadata with its hash",
                5,
                2_000,
                List.of(metadata),
                input -> look(SectorMetadata.decode(hashed(input))),
                Set.of(ScaleException.class));
    }

    private static void look(SectorMetadata metadata) {
        AuditIndex index = new AuditIndex(metadata);
        assertThat(index.historySize()).isNotZero();
        if (AuditIndex.isConsistent(metadata)) {
            assertThat(index.chunksBefore(0, MemorySegment.ofArray(new byte[2 * AuditIndex.STEP])))
                    .isZero();
        }
    }

    /** The last 32 bytes replaced by the hash of those before. */
    private static byte[] hashed(byte[] input) {
        int body = input.length - 32;
        if (body >= 0) {
            System.arraycopy(Blake3.hash(Arrays.copyOf(input, body)), 0, input, body, 32);
        }
        return input;
    }

    @Test
    void cacheElements() {
        byte[] piece = Recipe.xof("piece", CacheElement.BYTES - 40);
        byte[] element =
                CacheElement.of(7, MemorySegment.ofArray(piece)).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        Mutator mutator = new Mutator(6);
        int damaged = 0;
        for (int i = 0; i < 200; i++) {
            byte[] input = Arrays.copyOf(mutator.mutate(element), CacheElement.BYTES);
            boolean same = Arrays.equals(input, element);
            CacheElement.State state = CacheElement.state(MemorySegment.ofArray(input));
            assertThat(state == CacheElement.State.VALID).isEqualTo(same);
            damaged += same ? 0 : 1;
        }
        assertThat(damaged).isGreaterThan(100);
    }

    /** A metadata.bin of any content gives a refusal or a farm whose stored sectors have metadata that fits. */
    @Test
    void wholeMetadataFiles() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("farm"));
        FarmConfig config =
                new FarmConfig(folder, SpaceDistribution.allocationFor(2, 1), 1, Bytes.zeros(32), true, false);
        CrashDisk first = new CrashDisk(Integer.MAX_VALUE);
        Farm.open(config, new SecureRandom(), InstantSource.system(), first).close();
        byte[] good = new byte[(int) first.size(folder.resolve(MetadataFile.NAME))];
        byte[] head = new MetadataFile.Header(0, 2, OptionalLong.empty()).encode();
        System.arraycopy(head, 0, good, 0, head.length);
        for (int sector = 0; sector < 2; sector++) {
            byte[] entry = FarmPowerTest.metadata(sector, 5).encode();
            System.arraycopy(entry, 0, good, (int) MetadataFile.offset(sector), entry.length);
        }
        Mutator mutator = new Mutator(7);
        int opened = 0;
        for (int i = 0; i < 150; i++) {
            byte[] input = i % 3 == 0 ? headChanged(good, mutator) : mutator.mutate(good);
            CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
            try (StoreFile file = disk.open(folder.resolve(MetadataFile.NAME))) {
                file.write(ByteBuffer.wrap(input), 0);
            }
            try (Farm farm = Farm.open(config, new SecureRandom(), InstantSource.system(), disk)) {
                opened++;
                for (int sector = 0; sector < farm.targetSectors(); sector++) {
                    if (farm.isStored(sector)) {
                        assertThat(farm.metadata(sector).sectorIndex()).isEqualTo(sector);
                    }
                }
            } catch (FarmException e) {
                assertThat(e.kind()).isIn(FarmException.Kind.CORRUPT, FarmException.Kind.UNEXPECTED_VERSION);
            }
        }
        assertThat(opened).isGreaterThan(50);
    }

    private static byte[] headChanged(byte[] good, Mutator mutator) {
        byte[] head = mutator.mutate(Arrays.copyOf(good, MetadataFile.HEADER_BYTES));
        byte[] changed = good.clone();
        System.arraycopy(head, 0, changed, 0, Math.min(head.length, 4096));
        return changed;
    }
}
