package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The operators' supervisor files parse as they are, and what nobody knows is refused with exit code 2. */
class OperatorFilesTest {
    private static final String PROGRAM = "/root/autonomys/autonomys-farmer ";

    static Stream<String> operatorCommands() throws IOException {
        List<String> commands = new ArrayList<>();
        try (Stream<Path> files = Files.list(Vectors.projectRoot().resolve("supervisor-conf"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".conf")).sorted().toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("command=") && line.contains(PROGRAM))
                        .map(line -> line.substring(line.indexOf(PROGRAM) + PROGRAM.length()))
                        .forEach(commands::add);
            }
        }
        return commands.stream();
    }

    @Test
    void everyRoleHasAFile() throws IOException {
        assertThat(operatorCommands()).hasSize(9);
    }

    @ParameterizedTest
    @MethodSource("operatorCommands")
    void theirCommandLinesParse(String command) {
        CommandLine line = Main.commandLine();
        String[] arguments =
                ClusterCommand.withOptionsBehindRole(command.strip().split(" +", -1), clusterRoles(line));
        CommandLine.ParseResult parsed = line.parseArgs(arguments);
        CommandLine.ParseResult role = parsed.subcommand().subcommand();
        assertThat(role).isNotNull();
        assertThat(role.matchedOption("--nats-server").typedValues()).isNotEmpty();
        assertThat(role.unmatched()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster --nats-servers nats://a:4222,nats://b:4222 full-piece-cache path=/x",
                "cluster proof-server --nats-server nats://a:4222",
                "cluster --nats-server nats://a:4222 proof-server --exporter-endpoint http://p:9091 --exporter-internal 15"
                        + " --proof-label gpu-1",
                "cluster --nats-server nats://a:4222 plot-client --endpoint http://p:9091 --internal 15 --farmer-label d1"
                        + " --reward-address st path=/x,sectors=8",
                "status --nats-server nats://a:4222 --json",
                "util kzg-parameters import /x",
                "util reinitialization-cache --nats-servers nats://a:4222 --delay 30",
                "util reinitialization-cache --nats-server nats://a:4222 --scope full-piece-cache --verify full --no-wait",
                "util sharded-cache-benchmark --nats-servers nats://a:4222 --sectors 2 --epoch 3 --cache-item-type"
                        + " split-parity-piece",
                "export-piece",
                "export-piece --node-url http://n:9944 --to /x --threads 8 --dry-run",
                "cluster --nats-server nats://a:4222 --nats-server nats://b:4222 controller --tmp --node-rpc-url ws://n:9944",
                "cluster --nats-server nats://a:4222 controller --base-path /x --retain-metadata",
                "cluster --nats-server nats://a:4222 sharded-cache --mem-cache path=/x",
                "cluster --nats-server nats://a:4222 full-piece-sharded-cache --tmp --visible path=/x",
                "cluster --nats-server nats://a:4222 plot-server --priority-cache --listen-port 9966"
                        + " --record-encoding-concurrency 32 /x",
                "cluster --nats-server nats://a:4222 plot-client --reward-address st path=/x,sectors=8 path=/y,sectors=9"
            })
    void otherSpellingsParseToo(String command) {
        CommandLine line = Main.commandLine();
        line.parseArgs(ClusterCommand.withOptionsBehindRole(command.split(" ", -1), clusterRoles(line)));
        assertThat(line.getParseResult().hasSubcommand()).isTrue();
    }

    @Test
    void anUnknownOptionIsRefusedWithASuggestion() {
        CommandLine line = Main.commandLine();
        assertThatThrownBy(() -> line.parseArgs("cluster", "plot-client", "--reward-adress", "x"))
                .isInstanceOf(CommandLine.UnmatchedArgumentException.class);
        assertThat(line.execute("cluster", "frobnicate")).isEqualTo(2);
    }

    private static Iterable<String> clusterRoles(CommandLine line) {
        return java.util.Objects.requireNonNull(line.getSubcommands().get("cluster"))
                .getSubcommands()
                .keySet();
    }
}
