package network.autonomys.farmer.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real nats-server with JetStream on a free port of the loopback interface, for tests. It can be killed and started again on the same
 * port with the same store. Found as {@code NATS_SERVER}, in {@code /usr/sbin}, {@code /usr/bin} or {@code /usr/local/bin}.
 */
public final class NatsServerProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(30);
    private static final List<String> PLACES =
            List.of("/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server");

    private final Path binary;
    private final Path folder;
    private final int port;
    private final List<String> extraLines;
    private @Nullable Process process;

    private NatsServerProcess(Path binary, Path folder, int port, List<String> extraLines) {
        this.binary = binary;
        this.folder = folder;
        this.port = port;
        this.extraLines = extraLines;
    }

    /**
     * The program. Empty where there is none, and then the test says so and is skipped; in continuous integration (CI=true) that is a
     * failure.
     */
    public static Optional<Path> binary() {
        List<String> candidates = new ArrayList<>(PLACES);
        String named = System.getenv("NATS_SERVER");
        if (named != null) {
            candidates.addFirst(named);
        }
        Optional<Path> found =
                candidates.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (found.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("CI needs nats-server and there is none at " + candidates);
            }
            System.out.println("skipped: no nats-server at " + candidates);
        }
        return found;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder for its configuration, log and store; made if need be
     * @param extraLines further lines of the configuration, e.g. {@code max_payload: 100000}; an own {@code max_payload} replaces the
     *     usual 3 MB, {@code jetstream: false} replaces the store
     */
    public static NatsServerProcess start(Path binary, Path folder, String... extraLines) throws IOException {
        NatsServerProcess server = new NatsServerProcess(binary, folder, freePort(), List.of(extraLines));
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again after {@link #kill}, with the same port and store. */
    public void start() throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        lines.add("host: 127.0.0.1");
        lines.add("port: " + port);
        lines.add("pid_file: \"" + folder.resolve("nats.pid") + "\"");
        if (extraLines.stream().noneMatch(line -> line.startsWith("max_payload"))) {
            lines.add("max_payload: 3MB");
        }
        if (extraLines.stream().noneMatch(line -> line.startsWith("jetstream"))) {
            lines.add("jetstream { store_dir: \"" + folder.resolve("store") + "\", max_mem: 64MB, max_file: 1GB }");
        }
        lines.addAll(extraLines);
        Path configuration = Files.write(folder.resolve("nats.conf"), lines);
        process = new ProcessBuilder(binary.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("nats.log").toFile()))
                .start();
        awaitReady();
    }

    /** The server greets each connection with a line that begins with INFO. */
    private void awaitReady() throws IOException {
        long until = System.nanoTime() + READY.toNanos();
        while (System.nanoTime() < until) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                socket.setSoTimeout(1000);
                String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
                if (line != null && line.startsWith("INFO")) {
                    return;
                }
            } catch (IOException e) {
                Process started = process;
                if (started == null || !started.isAlive()) {
                    throw new IOException("nats-server ended: " + log(), e);
                }
                Thread.onSpinWait();
            }
        }
        throw new IOException("nats-server is not ready after " + READY + ": " + log());
    }

    /** Its address for clients. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** What it has written so far. */
    public String log() throws IOException {
        Path log = folder.resolve("nats.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Kills it without a chance to tidy up, as a power cut would. */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nats-server does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    @Override
    public void close() {
        kill();
    }
}
