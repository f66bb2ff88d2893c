package network.autonomys.farmer.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that no restart can mend ends the program with exit code 2 and one clear line, and starts nothing. */
class RefusedConfigurationIT {
    @TempDir
    private Path base;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster controller --tmp --node-rpc-url ws://127.0.0.1:1 | --nats-server",
                "cluster --nats-server nats://127.0.0.1:1 controller --node-rpc-url ws://127.0.0.1:1 | --base-path",
                "cluster --nats-server nats://127.0.0.1:1 plot-client path=/nonexistent/x,sectors=1 | --reward-address",
                "cluster --nats-server nats://127.0.0.1:1 plot-client --reward-address nonsense path=/nonexistent/x,sectors=1 | address",
                "cluster --nats-server nats://127.0.0.1:1 plot-client --reward-adress x | --reward-address",
                "cluster --nats-server nats://127.0.0.1:1 sharded-cache | path=",
                "cluster --nats-server nats://127.0.0.1:1 proof-server --kzg-parameters /nonexistent/file | kzg",
                "frobnicate | frobnicate"
            })
    void isRefusedWithExitCodeTwo(String arguments, String named) throws IOException, InterruptedException {
        Path output = base.resolve("out");
        List<String> command = new ArrayList<>(List.of(Distribution.launcher().toString()));
        command.addAll(List.of(arguments.strip().split(" +", -1)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(2);
        assertThat(Files.readString(output)).containsIgnoringCase(named.strip());
    }
}
