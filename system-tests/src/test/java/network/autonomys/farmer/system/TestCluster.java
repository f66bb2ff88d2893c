package network.autonomys.farmer.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A cluster of real processes on free loopback ports: nats-server, dev nodes and roles, all from the distribution. Closing it ends
 * every process and prints the ends of the logs of those that a failed test wants to see.
 */
final class TestCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CALL = Duration.ofSeconds(5);

    private final Path base;
    private final Path logs;
    private final Set<Integer> chosen = new HashSet<>();
    private final int natsPort = freePort();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** Sectors of the farm, pieces of a sector. */
    static final int SECTORS = 4;

    TestCluster(Path base) throws IOException {
        this.base = base;
        this.logs = Files.createDirectories(base.resolve("log"));
    }

    /** Defines nats-server, one dev node, one of each role and a second sharded cache; sectors expire after minutes. */
    static TestCluster standard(Path base) throws IOException {
        return standard(base, 2);
    }

    /** The same with a lifetime of sectors, in segments: a large one keeps them from being plotted again by and by. */
    static TestCluster standard(Path base, int minSectorLifetime) throws IOException {
        TestCluster cluster = new TestCluster(base);
        cluster.defineNats();
        cluster.defineDevNode("dev-node", minSectorLifetime, List.of());
        cluster.defineController("controller", "dev-node");
        cluster.defineRole("sharded-cache-0", "sharded-cache", "path=" + cluster.folder("sharded-cache-0"));
        cluster.defineRole("sharded-cache-1", "sharded-cache", "path=" + cluster.folder("sharded-cache-1"));
        cluster.defineRole(
                "full-piece",
                "full-piece-sharded-cache",
                "--timer",
                "cache-scrub=20s",
                "--tmp",
                "path=" + cluster.folder("full-piece"));
        cluster.defineRole(
                "plot-server",
                "plot-server",
                "--priority-cache",
                "--listen-port",
                "" + cluster.freePort(),
                cluster.folder("plot-server"));
        cluster.defineRole("proof-server", "proof-server");
        cluster.definePlotClient("plot-client", "farm");
        return cluster;
    }

    void defineNats() throws IOException {
        Path configuration = base.resolve("nats-server.conf");
        Files.writeString(
                configuration,
                "listen: 127.0.0.1:" + natsPort + "\nmax_payload = 3MB\njetstream {\n  store_dir=" + folder("nats-data")
                        + "\n}\n");
        String program = Files.isExecutable(Path.of("/usr/sbin/nats-server")) ? "/usr/sbin/nats-server" : "nats-server";
        define("nats-server", List.of(program, "-c", configuration.toString()));
    }

    /** A dev node whose chain grows by a segment every ten to twenty seconds, as the demo's. */
    void defineDevNode(String name, List<String> more) {
        defineDevNode(name, 2, more);
    }

    private void defineDevNode(String name, int minSectorLifetime, List<String> more) {
        int port = freePort();
        ports.put(name, port);
        List<String> command = new ArrayList<>(List.of(
                Distribution.launcher().toString(),
                "dev-node",
                "--listen",
                "127.0.0.1:" + port,
                "--base-path",
                folder(name)));
        command.addAll(List.of("--kzg-parameters", "dev", "--dev-rpc", "--pot-iterations", "1600000"));
        command.addAll(List.of("--slot-probability", "1/1", "--min-sector-lifetime", "" + minSectorLifetime));
        command.addAll(List.of("--max-pieces-in-sector", "2"));
        command.addAll(List.of("--filler-bytes", "8000000", "--allow-big-blocks", "--initial-pieces", "4"));
        command.addAll(List.of("--confirmation-depth", "2"));
        command.addAll(more);
        define(name, command);
    }

    void defineController(String name, String devNode) {
        defineRole(
                name,
                "controller",
                "--base-path",
                folder(name),
                "--node-rpc-url",
                "ws://127.0.0.1:" + ports.get(devNode));
    }

    void definePlotClient(String name, String farm) {
        defineRole(
                name,
                "plot-client",
                "--reward-address",
                "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
                "path=" + farm(farm) + ",sectors=" + SECTORS);
    }

    void defineRole(String name, String role, String... options) {
        int metrics = freePort();
        ports.put(name, metrics);
        List<String> command = new ArrayList<>(List.of(
                Distribution.launcher().toString(), "cluster", "--nats-server", "nats://127.0.0.1:" + natsPort, role));
        command.addAll(List.of("--kzg-parameters", "dev", "--timers", "demo", "--bind", "127.0.0.1"));
        command.addAll(List.of("--prometheus-listen-on", "127.0.0.1:" + metrics));
        command.addAll(List.of(options));
        define(name, command);
    }

    private void define(String name, List<String> command) {
        members.put(name, new Member(name, command, logs));
    }

    /** Starts every member that does not run. */
    void startAll() {
        members.values().stream().filter(m -> !m.isRunning()).forEach(Member::start);
    }

    /** The port of a dev node's RPC or a role's metrics. */
    int port(String name) {
        return Optional.ofNullable(ports.get(name)).orElseThrow();
    }

    Member member(String name) {
        return Optional.ofNullable(members.get(name)).orElseThrow();
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    String natsUrl() {
        return "nats://127.0.0.1:" + natsPort;
    }

    Path farm(String name) {
        try {
            return Files.createDirectories(base.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String folder(String name) {
        return base.resolve(name).toString();
    }

    /** Calls a dev node; empty while it does not answer. */
    Optional<JsonNode> call(String devNode, String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(devNode)))
                .timeout(CALL)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}"))
                .build();
        return send(request).map(text -> {
            try {
                return JSON.readTree(text).path("result");
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        });
    }

    /** What {@code status --json} prints. */
    JsonNode status() throws IOException, InterruptedException {
        Path errors = base.resolve("status.err");
        ProcessBuilder builder = new ProcessBuilder(
                        Distribution.launcher().toString(),
                        "status",
                        "--nats-server",
                        natsUrl(),
                        "--json",
                        "--wait",
                        "5")
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            JsonNode status = JSON.readTree(output);
            process.waitFor();
            return status;
        } catch (IOException e) {
            throw new AssertionError(Files.readString(errors), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Blocks and votes that a dev node has accepted with the farm's signature. */
    long rewards(String devNode) {
        long rewards = 0;
        for (JsonNode author : call(devNode, "devnode_authors")
                .map(n -> n.path("rewardAddresses"))
                .orElse(JSON.createArrayNode())) {
            rewards += author.path("blocks").asLong() + author.path("votes").asLong();
        }
        return rewards;
    }

    /** The sum of a role's metric over the series whose labels contain the given texts; 0 while it does not answer. */
    double metric(String role, String name, String... labels) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(role) + "/metrics"))
                .timeout(CALL)
                .build();
        double sum = 0;
        for (String line : send(request).orElse("").split("\n", -1)) {
            boolean named = line.startsWith(name + " ") || line.startsWith(name + "{");
            if (named && List.of(labels).stream().allMatch(line::contains)) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }

    private Optional<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until this many more rewards are signed and accepted than at the call. */
    void awaitMoreRewards(String devNode, int more, Duration limit) {
        long before = rewards(devNode);
        await(more + " more rewards after " + before, limit, () -> rewards(devNode) >= before + more);
    }

    /** Waits for a condition, and shows the logs' ends where it does not come true. */
    void await(String what, Duration limit, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            String late = what + ": not within " + limit + "\n";
            StringBuilder report = new StringBuilder(late);
            members.values()
                    .forEach(m -> report.append("---- ")
                            .append(m.name())
                            .append(m.isRunning() ? "" : " (ended)")
                            .append('\n')
                            .append(Member.tail(m.output())));
            throw new AssertionError(report.append(late).toString(), e);
        }
    }

    /** One that nobody listens on, and that no other part of this cluster was given: those begin to listen later. */
    private int freePort() {
        int port;
        do {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        } while (!chosen.add(port));
        return port;
    }

    @Override
    public void close() {
        List<Member> reversed = new ArrayList<>(members.values());
        java.util.Collections.reverse(reversed);
        reversed.forEach(Member::close);
    }
}
