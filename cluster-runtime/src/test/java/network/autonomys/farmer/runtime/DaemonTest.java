package network.autonomys.farmer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.testkit.NatsServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DaemonTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private NatsServerProcess server;

    @BeforeEach
    void startServer() throws IOException {
        Optional<Path> binary = NatsServerProcess.binary();
        Assumptions.assumeTrue(binary.isPresent(), "no nats-server");
        server = NatsServerProcess.start(binary.orElseThrow(), folder.resolve("nats"));
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private RoleOptions options(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--nats-server", server.url(), "--timers", "demo"));
        arguments.addAll(List.of(more));
        return CommandLine.populateCommand(new RoleOptions(), arguments.toArray(String[]::new));
    }

    @Test
    void aRoleIsAMemberFromStartToStop() throws Exception {
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        Daemon watcher = Daemon.start(Role.CONTROLLER, options(), Optional.empty(), context -> {});
        Daemon daemon = Daemon.start(Role.PLOT_SERVER, options(), Optional.of(folder.resolve("state")), context -> {
            context.onDrain(() -> steps.add("drain"));
            context.onStop("one", () -> steps.add("one"));
            context.onStop("two", () -> steps.add("two"));
        });
        await().atMost(WAIT)
                .until(() ->
                        watcher.context().presence().ready(Role.PLOT_SERVER).size() == 1);
        daemon.context().degraded("disk slow");
        InstanceId id = daemon.context().id();
        await().atMost(WAIT)
                .until(() -> watcher.context()
                        .presence()
                        .member(id)
                        .orElseThrow()
                        .presence()
                        .reason()
                        .equals("disk slow"));
        daemon.requestStop();
        assertThat(daemon.awaitEnd()).isZero();
        daemon.stop();
        assertThat(steps).containsExactly("drain", "two", "one");
        assertThat(daemon.context().self().state()).isEqualTo(MemberState.STOPPED);
        await().atMost(WAIT)
                .until(() ->
                        watcher.context().presence().members(Role.PLOT_SERVER).isEmpty());
        Daemon again = Daemon.start(Role.PLOT_SERVER, options(), Optional.of(folder.resolve("state")), context -> {});
        assertThat(again.context().id()).as("a restart is the same member").isEqualTo(id);
        again.stop();
        watcher.stop();
    }

    @Test
    void whatHangsDoesNotHoldUpTheStop() throws Exception {
        RoleOptions options = options("--timer", "stop=1s");
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        Daemon daemon = Daemon.start(Role.CONTROLLER, options, Optional.empty(), context -> {
            context.onStop("last", () -> steps.add("last"));
            context.onStop("broken", () -> {
                throw new IllegalStateException("broken");
            });
            context.onStop("hanging", () -> new CountDownLatch(1).await());
        });
        long before = System.nanoTime();
        daemon.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(steps).containsExactly("last");
    }

    @Test
    void aRoleCanEndItself() throws Exception {
        Daemon daemon = Daemon.start(Role.CONTROLLER, options(), Optional.empty(), context -> {});
        daemon.context().refuse("other KZG parameters than the chain");
        assertThat(daemon.awaitEnd()).isEqualTo(ExitCode.CONFIGURATION);
        daemon.stop();
    }

    @Test
    void aStateDirectoryBelongsToOneCluster() throws Exception {
        Optional<Path> state = Optional.of(folder.resolve("state"));
        Daemon.start(Role.CONTROLLER, options(), state, context -> {}).stop();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> Daemon.start(Role.CONTROLLER, options("--cluster-name", "other"), state, context -> {}))
                .withMessageContaining("main")
                .withMessageContaining("other");
        Files.writeString(folder.resolve("state/identity.json"), "{");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Daemon.start(Role.CONTROLLER, options(), state, context -> {}))
                .withMessageContaining("damaged");
    }

    @Test
    void theProcessEndsWithTheCodesOfTheDesign() throws Exception {
        assertThat(exitCode("refuse")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(Files.readString(folder.resolve("out-refuse"))).contains("plot-server: cannot work");
        assertThat(exitCode("fail")).isEqualTo(ExitCode.FAILED);
        assertThat(exitCode("die")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void terminationIsACleanStopAlsoWhileWaitingForNats() throws Exception {
        Process running = run("run", server.url());
        await().atMost(WAIT).until(() -> output("run").contains("READY"));
        running.destroy();
        assertThat(running.waitFor(12, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isZero();
        assertThat(output("run")).contains("stopped");
        Process waiting = run("wait", "nats://127.0.0.1:1");
        await().atMost(WAIT).until(() -> output("wait").contains("waiting"));
        waiting.destroy();
        assertThat(waiting.waitFor(12, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.exitValue()).isZero();
    }

    private int exitCode(String behaviour) throws IOException, InterruptedException {
        Process process = run(behaviour, server.url());
        if (!process.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(behaviour + " does not end: " + output(behaviour));
        }
        return process.exitValue();
    }

    private String output(String behaviour) throws IOException {
        return Files.readString(folder.resolve("out-" + behaviour), StandardCharsets.UTF_8);
    }

    private Process run(String behaviour, String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DaemonProgram.class.getName(),
                        behaviour,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out-" + behaviour).toFile())
                .start();
    }
}
