package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.KzgFile;
import org.junit.jupiter.api.Assumptions;

/** Engines and copies of farms for the tests of this package. */
final class Fixtures {
    static final List<String> FILES =
            List.of(FarmInfo.FILE, IdentityFile.NAME, MetadataFile.NAME, Farm.PLOT, PieceCacheFile.NAME);

    private Fixtures() {}

    /** The processor's engine, made at the first use. */
    static RecordEngine records() {
        return Engine.RECORDS;
    }

    /** The network's KZG parameters; the test is skipped where their file is missing. */
    static Kzg kzg() {
        Assumptions.assumeTrue(KzgFile.find().isPresent(), "no KZG parameter file");
        return Parameters.KZG;
    }

    private static final class Engine {
        static final RecordEngine RECORDS =
                new LastTableEngine(new CpuRecordEngine(new CpuFieldEngine(), VectorForm.SCALAR));
    }

    private static final class Parameters {
        static final Kzg KZG = Kzg.cpu(
                KzgParameters.network(MemorySegment.ofArray(read(KzgFile.find().orElseThrow()))));
    }

    /** Copies a farm's files into a folder, which is made. */
    static Path copy(Path farm, Path into) {
        try {
            Files.createDirectories(into);
            for (String name : FILES) {
                Files.copy(farm.resolve(name), into.resolve(name));
            }
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a farm as the plot-client does. */
    static Farm open(Path folder) throws IOException {
        FarmInfo info = FarmInfo.read(folder);
        return Farm.open(
                new FarmConfig(folder, info.allocatedSpace(), info.piecesInSector(), info.genesisHash(), false, true),
                new SecureRandom(),
                InstantSource.system());
    }

    /** The hash of every file of a folder, by name. */
    static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                hashes.put(file.getFileName().toString(), hash(read(file)));
            }
        }
        return hashes;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hash(byte[] bytes) {
        return Bytes.of(Blake3.hash(bytes)).hex();
    }

    static String hash(MemorySegment bytes) {
        return Bytes.of(Blake3.hash(bytes)).hex();
    }
}
