package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import network.autonomys.farmer.benchmarks.starts.Starts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark of starts runs and prints a line for each role; no figure is looked at. */
class StartsIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rolesStartWarmAndCold() {
        assertThat(run(
                        "--rounds",
                        "1",
                        "--role",
                        "plot-server,full-piece-cache",
                        Distribution.home().toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().skip(1))
                .hasSize(2)
                .anyMatch(line -> line.matches("plot-server( +[0-9.]+ s){4} +[0-9.]+( +[0-9.]+ s){2}"))
                .anyMatch(line -> line.startsWith("full-piece-cache "));
    }

    @Test
    void aFolderThatIsNoDistributionIsRefused(@TempDir Path folder) {
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(folder.toString());
    }

    @Test
    void aRoleThatIsNoneIsRefused() {
        assertThat(run("--role", "plot-server,plot-sever", Distribution.home().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("[plot-sever]").contains("proof-server");
    }

    private int run(String... arguments) {
        CommandLine command = Starts.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
