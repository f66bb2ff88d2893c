package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of class data is written, used, and never in the way. */
class SharedClassesIT {
    @TempDir
    private Path base;

    @Test
    void isUsedOnceItHasBeenWrittenAndIgnoredWhereItIsDamaged() throws IOException, InterruptedException {
        Path home = copy(Distribution.home(), base.resolve("home"));
        Path archive = home.resolve("lib/classes.jsa");
        assertThat(loadedFrom(home)).noneMatch(line -> line.contains("shared objects file (top)"));
        assertThat(run(home, "", "util", "share-classes")).contains(archive.toString());
        assertThat(archive).isRegularFile();
        assertThat(loadedFrom(home))
                .filteredOn(line -> line.contains("shared objects file (top)"))
                .anyMatch(line -> line.contains("ch.qos.logback.core.Context "))
                .anyMatch(line -> line.contains("network.autonomys.farmer.controller.ControllerCommand "));
        String version = run(home, "", "--version");
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(run(home, "", "--version")).isEqualTo(version);
        Files.write(archive, new byte[100]);
        assertThat(run(home, "", "--version")).isEqualTo(version);
    }

    /** Where each class came from. */
    private List<String> loadedFrom(Path home) throws IOException, InterruptedException {
        Path log = base.resolve("classes.log");
        Files.deleteIfExists(log);
        run(home, "-Xlog:class+load:file=" + log, "cluster", "controller", "--help");
        return Files.readAllLines(log);
    }

    private String run(Path home, String options, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/autonomys-farmer").toString()));
        command.addAll(List.of(arguments));
        Path output = base.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AUTONOMYS_JAVA_OPTS", options);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f -> !f.endsWith("classes.jsa")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
