package network.autonomys.farmer.controller;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.autonomys.farmer.runtime.RoleOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cluster … controller}: the cluster's line to a node. */
@Command(
        name = "controller",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Connects the cluster with a node: slots, solutions, signatures, new segments."
                + " Run one for each node; all of them work side by side.")
public final class ControllerCommand implements Callable<Integer> {
    @Option(
            names = "--node-rpc-url",
            paramLabel = "URL",
            split = ",",
            description =
                    "The node's RPC, ws:// or wss://. Of several the first is preferred, the others stand in for it."
                            + " Default: ws://127.0.0.1:9944")
    private List<String> nodeUrls = new ArrayList<>();

    @Option(
            names = "--tmp",
            description = "Keep nothing: a new identity and an empty window at each start. Excludes --base-path.")
    private boolean temporary;

    @Option(
            names = "--base-path",
            paramLabel = "DIR",
            description = "Where identity and the window of recent pieces are kept. Needed without --tmp.")
    private @Nullable Path basePath;

    @Option(
            names = "--ack-policy",
            paramLabel = "POLICY[:SECONDS]",
            defaultValue = "durable",
            description =
                    "When the node is told that a new segment is safe: durable (the caches hold all of it), fetched"
                            + " (this controller holds it), or immediate; after SECONDS in any case, with an alarm."
                            + " Default: ${DEFAULT-VALUE}, within the time of --timer segment-ack (30 s)")
    private String ackPolicy = "durable";

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Copies of each piece in the sharded caches, on different hosts, 1 to 8. Default: ${DEFAULT-VALUE}")
    private int replicas;

    @Option(
            names = "--window-size",
            paramLabel = "SIZE",
            defaultValue = "4GiB",
            description =
                    "Disk space for pieces on their way to the caches, at least 512MiB. Default: ${DEFAULT-VALUE}")
    private String windowSize = "4GiB";

    @Option(
            names = "--retain-metadata",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Keep what is in the window from the last run; --no-retain-metadata begins with an empty one.")
    private boolean retainMetadata = true;

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "TCP port on which the window's pieces are served (default: any free one).")
    private int listenPort;

    @Option(
            names = "--no-dsn",
            description =
                    "Take no part in the public piece network. This version never does; pieces come from the node,"
                            + " the caches and the node's blocks.")
    private boolean noDsn;

    @Option(
            names = {
                "--bootstrap-node",
                "--listen-on",
                "--reserved-peers",
                "--external-address",
                "--in-connections",
                "--out-connections",
                "--pending-in-connections",
                "--pending-out-connections",
                "--service-instances"
            },
            hidden = true,
            description = "Of the reference farmer's piece network; accepted and without effect.")
    private List<String> networkOptions = new ArrayList<>();

    @Option(
            names = {"--allow-private-ips", "--dev"},
            hidden = true,
            description = "Of the reference farmer's piece network; accepted and without effect.")
    private boolean networkFlag;

    @Mixin
    private final RoleOptions options;

    /** A command over the options that every role shares. */
    public ControllerCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return new ControllerRole(
                        options,
                        new ControllerRole.Arguments(
                                nodeUrls,
                                temporary,
                                basePath == null ? Optional.empty() : Optional.of(basePath),
                                ackPolicy,
                                replicas,
                                windowSize,
                                retainMetadata,
                                listenPort,
                                networkFlag || !networkOptions.isEmpty()))
                .run();
    }

    /** Whether the public piece network was excluded by name; it is never used. */
    boolean withoutPieceNetwork() {
        return noDsn;
    }

    static URI defaultNode() {
        return URI.create("ws://127.0.0.1:9944");
    }
}
