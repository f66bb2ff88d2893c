package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    void everyClassAndMethodNamedExists() throws Exception {
        List<String> patterns = Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#") && !line.equals("quiet"))
                .map(line -> line.split(",", -1)[1])
                .toList();
        assertThat(patterns).hasSizeGreaterThan(4).allMatch(pattern -> pattern.contains("::"));
        for (String pattern : patterns) {
            String[] parts = pattern.split("::", -1);
            String name = parts[0].replace(".*", ".package-info");
            Class<?> named = Class.forName(name, false, CompileCommandsTest.class.getClassLoader());
            assertThat(parts[1].equals("*")
                            || Arrays.stream(named.getDeclaredMethods())
                                    .anyMatch(method -> method.getName().equals(parts[1])))
                    .as(pattern)
                    .isTrue();
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
