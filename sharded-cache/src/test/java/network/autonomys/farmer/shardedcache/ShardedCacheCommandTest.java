package network.autonomys.farmer.shardedcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.testkit.KzgFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ShardedCacheCommandTest {
    @TempDir
    Path directory;

    @Test
    void acceptsTheOperatorsLineAndEveryOption() {
        Assumptions.assumeTrue(KzgFile.find().isPresent(), "no KZG parameter file");
        assertThat(run("path=" + directory + "/cache/")).isZero();
        assertThat(Files.isDirectory(directory.resolve("cache"))).isTrue();
        assertThat(run(
                        "--tmp",
                        "--mem-cache=10MiB",
                        "--visible",
                        "--item-type=piece",
                        "--scrub-rate=10MiB",
                        "--cache-group=rack1",
                        "--listen-port=9000",
                        "path=" + directory + ",size=200GiB"))
                .isZero();
        assertThat(run("--mem-cache", "--local-only", "--scrub-rate=off", "path=" + directory))
                .isZero();
        assertThat(run("--mem-cache", "path=" + directory)).isZero();
        assertThat(run("--mem-cache", "10MiB", "path=" + directory)).isZero();
        assertThat(run("path=" + directory, "--mem-cache")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DIR",
                "path=",
                "path=DIR,size=lots",
                "path=DIR,sectors=5",
                "path=DIR path=DIR2",
                "path=DIR --visible --local-only",
                "path=DIR --item-type=split-piece",
                "path=DIR --scrub-rate=0",
                "path=DIR --mem-cache=lots",
                "path=DIR --scrub-rate=fast",
                "path=DIR --listen-port=70000",
                "path=DIR --no-such-option",
                "path=/proc/no-such-directory"
            })
    void refusesWhatCannotWorkWithExitCode2(String arguments) {
        String[] words = arguments.isEmpty()
                ? new String[0]
                : arguments.replace("DIR", directory.toString()).split(" ");
        assertThat(run(words)).isEqualTo(2);
    }

    @Test
    void needsANatsServer() {
        assertThat(new CommandLine(new ShardedCacheCommand(new RoleOptions())).execute("path=" + directory))
                .isEqualTo(2);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "--nats-server";
        all[1] = "nats://127.0.0.1:4222";
        all[2] = "--dry-run";
        all[3] = "--kzg-parameters";
        all[4] = KzgFile.find().map(Path::toString).orElse("/no/such/file");
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return new CommandLine(new ShardedCacheCommand(new RoleOptions())).execute(all);
    }
}
