package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher has the virtual machine compile early is there, and written as the virtual machine reads it. */
class CompileCommandsTest {
    private static final Path FILE = Path.of("src/main/dist/lib/compile.commands");

    @TempDir
    private Path base;

    @Test
    void everyClassNamedExists() throws IOException {
        List<String> patterns = Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#") && !line.equals("quiet"))
                .map(line -> line.split(",", -1)[1])
                .toList();
        assertThat(patterns).hasSizeGreaterThan(4).allMatch(pattern -> pattern.endsWith("::*"));
        for (String pattern : patterns) {
            String name = pattern.replace("::*", "").replace(".*", ".package-info");
            assertThatCode(() -> Class.forName(name, false, CompileCommandsTest.class.getClassLoader()))
                    .as(pattern)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theVirtualMachineTakesThemSilently() throws IOException, InterruptedException {
        Path output = base.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:CompileCommandFile=" + FILE.toAbsolutePath(),
                        "-version")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("25").doesNotContain("CompileCommand");
    }
}
