package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands info, scrub and wipe on copies of the reference's farm. */
class FarmCommandsTest {
    @TempDir
    Path scratch;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private static VectorCase farm() {
        return Vectors.cases("farm", "farm.json", "farm").getFirst();
    }

    private Path copy(String name) throws IOException {
        Path folder = Files.createDirectory(scratch.resolve(name));
        Path reference = farm().file().toAbsolutePath().resolveSibling("");
        for (String file :
                List.of("single_disk_farm.json", "identity.bin", "metadata.bin", "plot.bin", "piece_cache.bin")) {
            Files.copy(reference.resolve(file), folder.resolve(file));
        }
        return folder;
    }

    private static void overwrite(Path file, long offset, int value) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            bytes.write(value);
        }
    }

    private static Farm open(Path folder) throws IOException {
        FarmInfo info = FarmInfo.read(folder);
        return Farm.open(
                new FarmConfig(folder, info.allocatedSpace(), info.piecesInSector(), info.genesisHash(), false, true),
                new SecureRandom(),
                InstantSource.system());
    }

    @Test
    void infoPrintsWhatTheReferencePrints() throws IOException {
        Path folder = copy("farm");
        List<String> expected = new ArrayList<>();
        for (JsonNode text : farm().node("infoCommand")) {
            expected.add(text.asText());
        }
        expected.add("  Directory: " + folder);
        assertThat(run("info", folder.toString())).isZero();
        assertThat(out.toString().lines()).containsExactlyElementsOf(expected);
    }

    @Test
    void infoGoesOnBehindAFarmThatIsMissing() throws IOException {
        Path folder = copy("farm");
        assertThat(run("info", scratch.resolve("none").toString(), folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no farm in").contains("none");
        assertThat(out.toString()).contains("Single disk farm 1:");
    }

    @Test
    void scrubOfAWholeFarmFindsNothing() throws IOException {
        Path folder = copy("farm");
        assertThat(run("scrub", folder.toString())).isZero();
        assertThat(out.toString())
                .contains("2 of 2 sectors (100.00%)", "2 of 2 cached pieces (100.00%)", "completed, nothing is wrong");
    }

    @Test
    void scrubRepairsAndTheFarmOpens() throws IOException {
        Path good = copy("good");
        Path bad = copy("bad");
        overwrite(bad.resolve("plot.bin"), 5, 0xdd);
        byte[] before = Files.readAllBytes(bad.resolve("metadata.bin"));
        assertThat(run("scrub", "--dry-run", bad.toString())).isZero();
        assertThat(out.toString()).contains("sector 0", "1 found and nothing changed");
        assertThat(Files.readAllBytes(bad.resolve("metadata.bin"))).isEqualTo(before);
        assertThat(run("scrub", "--target", "plot", good.toString(), bad.toString()))
                .isZero();
        assertThat(out.toString()).contains(good + ": completed, nothing", bad + ": completed, 1 found");
        try (Farm farm = open(bad)) {
            assertThat(farm.isStored(0)).isFalse();
            assertThat(farm.isStored(1)).isTrue();
        }
    }

    @Test
    void scrubEndsWithOneWhereAFarmCannotBeChecked() throws IOException {
        Path good = copy("good");
        Path bad = copy("bad");
        overwrite(bad.resolve("metadata.bin"), 0, 2);
        assertThat(run("scrub", bad.toString(), good.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(bad + " could not be checked").contains("version 2");
        assertThat(out.toString()).contains(good + ": completed, nothing is wrong");
        try (Farm farm = open(good)) {
            assertThat(run("scrub", good.toString())).as("in use").isEqualTo(1);
            assertThat(farm.isStored(0)).isTrue();
        }
    }

    @Test
    void wipeDeletesOnlyTheFarm() throws IOException {
        Path folder = copy("farm");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThat(run("wipe", folder.toString(), scratch.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(folder.resolve("plot.bin")).as("nothing is deleted then").exists();
        try (Farm farm = open(folder)) {
            assertThat(run("wipe", folder.toString())).as("in use").isEqualTo(1);
            assertThat(farm.isStored(0)).isTrue();
        }
        assertThat(run("wipe", folder.toString())).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("notes.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "scrub", "wipe"})
    void theyHaveHelpAndWantAFolder(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("PATH", "Exit code 0");
        assertThat(run(command)).isEqualTo(2);
        assertThat(run(command, "--no-such-option", "x")).isEqualTo(2);
    }
}
