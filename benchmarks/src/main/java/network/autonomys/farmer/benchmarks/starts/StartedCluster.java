package network.autonomys.farmer.benchmarks.starts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * nats-server, a development chain, a controller and a cache, each a process on a free port of the loopback; and starts of roles beside them. Closing ends all
 * processes.
 */
final class StartedCluster implements AutoCloseable {
    /** What can be started. */
    static final List<String> ROLES =
            List.of("controller", "sharded-cache", "full-piece-cache", "plot-server", "proof-server", "plot-client");

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final String READY = " - READY";
    private static final String PARAMETERS = "dev-kzg-parameters.bin";

    private final Path launcher;
    private final Path folder;
    private final int natsPort = freePort();
    private final int nodePort = freePort();
    private final Deque<Process> processes = new ConcurrentLinkedDeque<>();
    private final Thread atExit = new Thread(this::end, "cluster-end");
    private int logs;

    /**
     * A role that has started.
     *
     * @param wall from the call of the launcher to the log's line READY
     * @param processor time of all its threads until then
     */
    record Start(Duration wall, Duration processor) {}

    /**
     * @param launcher what the cluster itself is started by
     * @param folder for everything that is written
     */
    StartedCluster(Path launcher, Path folder) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        Files.createDirectories(cache());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Where this process is asked to end in the middle of it. */
    private void end() {
        processes.forEach(Process::destroy);
    }

    /** Where the roles of the cluster remember what they know of the parameters. */
    Path cache() {
        return folder.resolve("cache");
    }

    /** A new cache folder with the development parameters and nothing else. */
    Path emptyCache() throws IOException {
        Path empty = Files.createTempDirectory(folder, "cache-");
        Files.copy(cache().resolve(PARAMETERS), empty.resolve(PARAMETERS));
        return empty;
    }

    /** Has the launcher's distribution write its archive of class data. */
    void shareClasses() throws IOException, InterruptedException {
        Process process = run("share-classes", List.of(launcher.toString(), "util", "share-classes"), cache());
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("no archive of class data: " + Files.readString(log("share-classes")));
        }
    }

    /** Starts everything that the roles need, and waits until it has settled. */
    void start() throws IOException, InterruptedException {
        Path configuration = folder.resolve("nats-server.conf");
        Files.writeString(
                configuration,
                "listen: 127.0.0.1:" + natsPort + "\nmax_payload = 3MB\njetstream {\n  store_dir="
                        + folder.resolve("nats") + "\n}\n");
        String program = Files.isExecutable(Path.of("/usr/sbin/nats-server")) ? "/usr/sbin/nats-server" : "nats-server";
        run("nats-server", List.of(program, "-c", configuration.toString()), cache());
        List<String> node = new ArrayList<>(List.of(launcher.toString(), "dev-node"));
        node.addAll(List.of(
                "--listen",
                "127.0.0.1:" + nodePort,
                "--base-path",
                folder.resolve("node").toString()));
        node.addAll(List.of("--kzg-parameters", "dev", "--pot-iterations", "1600000", "--initial-pieces", "4"));
        awaitLine("dev-node", run("dev-node", node, cache()), "listens on");
        for (String role : List.of("controller", "sharded-cache")) {
            awaitLine(role, run(role, command(role, launcher, "settled"), cache()), READY);
        }
    }

    /** Starts a role, waits until it is READY and stops it. */
    Start start(String role, Path program, Path cache) throws IOException, InterruptedException {
        String name = role + "-" + logs++;
        List<String> command = command(role, program, name);
        long start = System.nanoTime();
        Process process = run(name, command, cache);
        awaitLine(name, process, READY);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        stop(process);
        processes.remove(process);
        return new Start(wall, processor);
    }

    private List<String> command(String role, Path program, String name) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "cluster"));
        command.addAll(List.of("--nats-server", "nats://127.0.0.1:" + natsPort, role));
        command.addAll(List.of("--kzg-parameters", "dev", "--timers", "demo", "--bind", "127.0.0.1"));
        command.addAll(List.of("--prometheus-listen-on", "127.0.0.1:" + freePort()));
        command.addAll(options(role, name));
        return command;
    }

    /** What each role needs to be READY. */
    private List<String> options(String role, String name) {
        String place = folder.resolve("state-" + name).toString();
        return switch (role) {
            case "controller" -> List.of("--base-path", place, "--node-rpc-url", "ws://127.0.0.1:" + nodePort);
            case "sharded-cache", "full-piece-cache" -> List.of("path=" + place);
            case "plot-server" -> List.of("--listen-port", "" + freePort(), place);
            case "proof-server" -> List.of();
            case "plot-client" ->
                List.of(
                        "--reward-address",
                        "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
                        "path=" + place + ",sectors=2");
            default -> throw new IllegalArgumentException(role + " is none of " + ROLES);
        };
    }

    private Process run(String name, List<String> command, Path cache) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().put("AUTONOMYS_CACHE", cache.toString());
        Process process = builder.start();
        processes.push(process);
        return process;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void awaitLine(String name, Process process, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.readString(log(name)).contains(text)) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException(name + " never said \"" + text.strip() + "\":\n" + Files.readString(log(name)));
            }
            Thread.sleep(POLL);
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port on the loopback", e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        boolean interrupted = false;
        while (!processes.isEmpty()) {
            try {
                stop(processes.pop());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
