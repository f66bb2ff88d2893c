package network.autonomys.farmer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedProgramsTest {
    @TempDir
    Path logs;

    @Test
    void findsWhoEndedWithExitCodeTwo() throws IOException {
        RefusedPrograms refused = new RefusedPrograms(logs);
        assertThat(refused.first()).isEmpty();
        Path log = logs.resolve("supervisord.log");
        Files.writeString(log, """
                2026-11-21 17:51:01,003 INFO spawned: 'autonomys-plot-client' with pid 4711
                2026-11-21 17:51:02,003 WARN exited: autonomys-full-piece (exit status 1; not expected)
                2026-11-21 17:51:02,103 WARN exited: autonomys-sharded-cache-0 (terminated by SIGKILL; not expected)
                """);
        assertThat(refused.first()).isEmpty();
        Files.writeString(log, Files.readString(log) + """
                2026-11-21 17:51:03,003 WARN exited: autonomys-plot-client (exit status 2; not expected)
                """);
        assertThat(refused.first().orElseThrow())
                .startsWith("autonomys-plot-client refuses to run: it said nothing")
                .endsWith("(" + logs.resolve("autonomys-plot-client.log") + ")");
        Files.writeString(logs.resolve("autonomys-plot-client.log"), """
                WARNING: Using incubator modules
                autonomys-farmer: sectors=9 does not fit, at most 4

                """);
        assertThat(refused.first().orElseThrow()).contains("sectors=9 does not fit, at most 4");
    }
}
