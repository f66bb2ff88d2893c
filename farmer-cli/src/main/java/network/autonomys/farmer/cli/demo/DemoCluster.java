package network.autonomys.farmer.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The demo's processes: nats-server, the dev node and every role, each a supervisord program with its own folder below one base folder.
 */
final class DemoCluster {
    private final Path base;
    private final Path logs;
    private final Path launcher;
    private final Path natsServer;
    private final DemoChain chain;
    private final String rewardAddress;
    private final String engine;
    private final int natsPort;
    private final int nodePort;
    private final int plotServerPort;
    private final int metricsPort;

    /**
     * @param cpu whether graphics cards are left alone; otherwise the processor takes what they do not
     */
    DemoCluster(
            Path base,
            Path logs,
            Path launcher,
            Path natsServer,
            DemoChain chain,
            String rewardAddress,
            boolean cpu,
            List<Integer> ports) {
        this.base = base;
        this.logs = logs;
        this.launcher = launcher;
        this.natsServer = natsServer;
        this.chain = chain;
        this.rewardAddress = rewardAddress;
        this.engine = cpu ? "--cpu" : "--cpu-fallback";
        this.natsPort = ports.get(0);
        this.nodePort = ports.get(1);
        this.plotServerPort = ports.get(2);
        this.metricsPort = ports.get(3);
    }

    static final int PORTS = 4;

    String natsUrl() {
        return "nats://127.0.0.1:" + natsPort;
    }

    /** The dev node's JSON-RPC over HTTP. */
    String nodeHttpUrl() {
        return "http://127.0.0.1:" + nodePort;
    }

    String plotClientMetricsUrl() {
        return "http://127.0.0.1:" + metricsPort + "/metrics";
    }

    Path farm() {
        return base.resolve("farm");
    }

    /** Writes every file that supervisord needs and returns its configuration. */
    Path writeFiles() throws IOException {
        SupervisorFiles files = new SupervisorFiles(base.resolve("supervisor"), logs);
        Files.createDirectories(logs);
        Files.createDirectories(farm());
        files.writeMain();
        writeNats(files);
        files.writeProgram("autonomys-dev-node", devNode(), Map.of(), 20, "TERM");
        files.writeProgram(
                "autonomys-controller",
                role("controller", "--base-path", folder("controller"), "--node-rpc-url", "ws://127.0.0.1:" + nodePort),
                Map.of(),
                30,
                "TERM");
        files.writeProgram(
                "autonomys-sharded-cache-0",
                role("sharded-cache", "path=" + folder("sharded-cache-0")),
                Map.of(),
                40,
                "TERM");
        files.writeProgram(
                "autonomys-sharded-cache-1",
                role("sharded-cache", "path=" + folder("sharded-cache-1")),
                Map.of(),
                40,
                "TERM");
        files.writeProgram(
                "autonomys-full-piece",
                role("full-piece-sharded-cache", "--tmp", "path=" + folder("full-piece")),
                Map.of(),
                40,
                "TERM");
        files.writeProgram(
                "autonomys-plot-server",
                role(
                        "plot-server",
                        engine,
                        "--priority-cache",
                        "--listen-port",
                        Integer.toString(plotServerPort),
                        folder("plot-server")),
                Map.of(),
                50,
                "TERM");
        files.writeProgram("autonomys-proof-server", role("proof-server", engine), Map.of(), 50, "TERM");
        files.writeProgram(
                "autonomys-plot-client",
                role(
                        "plot-client",
                        "--prometheus-listen-on",
                        "127.0.0.1:" + metricsPort,
                        "--reward-address",
                        rewardAddress,
                        "path=" + farm() + ",sectors=" + chain.sectors()),
                Map.of(),
                60,
                "TERM");
        return files.configuration();
    }

    private void writeNats(SupervisorFiles files) throws IOException {
        Path configuration = base.resolve("nats-server.conf");
        Files.writeString(configuration, """
                server_name=demo
                listen: 127.0.0.1:%d
                max_payload = 3MB

                jetstream {
                   store_dir=%s
                }
                """.formatted(natsPort, base.resolve("nats-data")));
        files.writeProgram(
                "nats-server",
                List.of(natsServer.toString(), "--jetstream", "-c", configuration.toString()),
                Map.of(),
                10,
                "INT");
    }

    private List<String> devNode() {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "dev-node",
                "--listen",
                "127.0.0.1:" + nodePort,
                "--base-path",
                folder("dev-node"),
                "--kzg-parameters",
                "dev",
                "--dev-rpc"));
        command.addAll(chain.devNodeOptions());
        return command;
    }

    private List<String> role(String role, String... options) {
        List<String> command =
                new ArrayList<>(List.of(launcher.toString(), "cluster", "--nats-server", natsUrl(), role));
        command.addAll(List.of("--kzg-parameters", "dev", "--timers", "demo", "--bind", "127.0.0.1"));
        command.addAll(List.of(options));
        return command;
    }

    private String folder(String name) {
        return base.resolve(name).toString();
    }
}
