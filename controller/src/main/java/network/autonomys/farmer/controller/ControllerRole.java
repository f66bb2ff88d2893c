package network.autonomys.farmer.controller;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.PieceReconstructor;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.nodeproxy.NodeClientSettings;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.FirstSignature;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.KzgPieceVerifier;
import network.autonomys.farmer.runtime.cache.VaultProvider;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.runtime.settings.ByteSize;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.AdvertisedAddress;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a controller as a process of its own: from its arguments to its exit code. */
final class ControllerRole {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerRole.class);
    private static final Duration BITMAPS = Duration.ofSeconds(2);
    private static final Duration FETCH = Duration.ofSeconds(60);
    private static final Duration NODE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long MIN_WINDOW = 512L << 20;
    private static final int BATCH = 32;

    private final RoleOptions options;
    private final Arguments arguments;

    /** The arguments as they were written; see the command's help. */
    record Arguments(
            List<String> nodeUrls,
            boolean temporary,
            Optional<Path> basePath,
            String ackPolicy,
            int replicas,
            String windowSize,
            boolean retainMetadata,
            int listenPort,
            boolean networkOptions) {}

    ControllerRole(RoleOptions options, Arguments arguments) {
        this.options = options;
        this.arguments = arguments;
    }

    /** Runs until the process is told to stop or fails; gives the exit code. */
    int run() {
        try {
            check();
            KzgParameters parameters = KzgLocator.ofProcess().load(options.kzgParameters());
            if (arguments.networkOptions()) {
                LOG.warn("Options of the public piece network have no effect: this controller takes no part in it");
            }
            if (options.dryRun()) {
                LOG.info("The configuration is good; nothing was started (--dry-run)");
                return ExitCode.STOPPED;
            }
            Optional<Path> state = arguments.temporary()
                    ? Optional.empty()
                    : options.stateDir().or(arguments::basePath);
            return Daemon.run(Role.CONTROLLER, options, state, context -> start(context, parameters));
        } catch (ConfigurationException e) {
            System.err.println("controller: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    private void check() throws ConfigurationException {
        options.natsServers();
        if (arguments.temporary() == arguments.basePath().isPresent()) {
            throw new ConfigurationException("exactly one of --tmp and --base-path DIR is needed");
        }
        urls();
        policy(options);
        window();
        if (arguments.replicas() < 1 || arguments.replicas() > 8) {
            throw new ConfigurationException("--replicas " + arguments.replicas() + ": 1 to 8 copies are possible");
        }
        if (arguments.listenPort() < 0 || arguments.listenPort() > 65_535) {
            throw new ConfigurationException("--listen-port " + arguments.listenPort() + ": a port is 1 to 65535");
        }
        if (arguments.basePath().isPresent()) {
            Path folder = arguments.basePath().get();
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new ConfigurationException("--base-path " + folder + " cannot be made: " + e.getMessage());
            }
            if (!Files.isWritable(folder)) {
                throw new ConfigurationException("--base-path " + folder + " cannot be written to");
            }
        }
    }

    /** Starts the controller inside a daemon. */
    void start(DaemonContext context, KzgParameters parameters)
            throws ConfigurationException, IOException, InterruptedException {
        Path folder = folder(context);
        context.self().kzgDigest(parameters.digest());
        FirstSignature.inBackground(new SecureRandom());
        Kzg kzg = context.onStop("KZG engine", Kzg.atOnce(parameters));
        int cores = Runtime.getRuntime().availableProcessors();
        int helpers = Math.max(1, cores - 1);
        ExecutorService processors =
                context.onStop("archiving threads", LowPriorityThreads.pool("archiving-", helpers));
        ExecutorService checks = LowPriorityThreads.pool("piece-check-", Math.max(1, cores / 2));
        context.onStop("piece checks", () -> LowPriorityThreads.stop(checks));
        SegmentCommitter committer = committer(context, parameters);
        Workers workers = Workers.with(processors, helpers);

        BulkSettings bulk = BulkSettings.of(context);
        BulkClient client = context.onStop(
                "bulk client", new BulkClient(bulk, context.timers().get(Timer.BULK_IDLE)));
        BulkPieceTransport transport =
                new BulkPieceTransport(client, TrafficClass.FILL, context.self().host(), BITMAPS);
        NodeLine line = new NodeLine(urls(), NodeClientSettings.standard(), NODE_PATIENCE, new SecureRandom());
        AtomicReference<String> address = new AtomicReference<>("");
        SecureRandom random = new SecureRandom();
        // Plain code checks a proof in some microseconds at once; vector code that is not compiled yet would hold the
        // first solution up for a fifth of a second.
        ProofVerifier space = new ProofVerifier(VectorForm.SCALAR);
        ControllerTools tools = new ControllerTools(
                chain -> new KzgPieceVerifier(new PieceChecks(kzg), chain, random, checks),
                transport,
                address::get,
                List.of(
                        parts -> new CacheReconstruction(
                                parts.window(),
                                parts.caches(),
                                parts.holdings(),
                                transport,
                                parts.verifier(),
                                new PieceReconstructor(kzg.field(), committer, workers),
                                parts.folder(),
                                context.self().host(),
                                FETCH),
                        parts -> new BlockRecovery(
                                parts.window(),
                                parts.chain(),
                                () -> line.client().chain(),
                                allocator -> new SegmentSealer(
                                        kzg.field(), committer, allocator, workers, ArchivingProgress.NONE),
                                parts.folder())),
                (chain, protocol) -> new ChainSolutionCheck(new SolutionVerifier(kzg, space::isValid), chain, protocol),
                RewardSigning::verify,
                new LineFacts(line),
                context::fail);
        CacheHost host = CacheHost.of(context);
        ControllerSettings settings = new ControllerSettings(
                folder,
                OptionalLong.of(window()),
                policy(options),
                arguments.replicas(),
                parameters.digest(),
                Constants.PIECE_SIZE,
                BATCH,
                POLL);
        Controller controller = context.onStop("window", new Controller(host, settings, line, tools));
        BulkServer server = context.onStop(
                "bulk server",
                BulkServer.start(
                        bulk,
                        new InetSocketAddress(options.bind(), arguments.listenPort()),
                        new VaultProvider(controller.window(), context.metrics()),
                        SectorProvider.NONE));
        address.set(AdvertisedAddress.of(options.advertise(), options.bind(), options.natsServers(), server.port()));
        context.self().addresses(List.of(address.get()));
        context.onStop("controller", controller::stopServing);
        controller.start();
        context.onStop("node", line);
        context.degraded("no node: not connected yet");
        line.start(controller);
        LOG.info("Nodes {}, window served on {}", urls(), address.get());
    }

    private record LineFacts(NodeLine line) implements ControllerTools.NodeFacts {
        @Override
        public long bestBlock() throws IOException, InterruptedException {
            return line.client().chain().bestBlockNumber();
        }

        @Override
        public String chainName() throws IOException, InterruptedException {
            return line.client().chain().chainName();
        }
    }

    /** The development chain's secret is known, which makes its commitments a matter of milliseconds. */
    private static SegmentCommitter committer(DaemonContext context, KzgParameters parameters) {
        if (parameters.digest().equals(DevSecret.PARAMETERS_DIGEST)) {
            return context.onStop("committer", new DevSegmentCommitter());
        }
        return new KzgSegmentCommitter(context.onStop("committer", Kzg.cpu(parameters)));
    }

    private Path folder(DaemonContext context) throws IOException {
        if (arguments.basePath().isPresent()) {
            Path folder = arguments.basePath().get();
            if (!arguments.retainMetadata()) {
                deleteTree(folder.resolve("window"));
            }
            return folder;
        }
        Path folder = Files.createTempDirectory("autonomys-controller-");
        context.onStop("temporary files", () -> deleteTree(folder));
        return folder;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private List<URI> urls() throws ConfigurationException {
        if (arguments.nodeUrls().isEmpty()) {
            return List.of(ControllerCommand.defaultNode());
        }
        List<URI> urls = new ArrayList<>();
        for (String text : arguments.nodeUrls()) {
            URI url;
            try {
                url = URI.create(text.strip());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("--node-rpc-url " + text + ": not a URL");
            }
            boolean webSocket = "ws".equals(url.getScheme()) || "wss".equals(url.getScheme());
            if (!webSocket || url.getHost() == null) {
                throw new ConfigurationException(
                        "--node-rpc-url " + text + ": a node is reached by ws://HOST:PORT or wss://HOST:PORT");
            }
            if (!urls.contains(url)) {
                urls.add(url);
            }
        }
        return urls;
    }

    private AckPolicy policy(RoleOptions shared) throws ConfigurationException {
        try {
            return AckPolicy.parse(arguments.ackPolicy(), shared.timers().get(Timer.SEGMENT_ACK));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--ack-policy: " + e.getMessage());
        }
    }

    private long window() throws ConfigurationException {
        try {
            long size = ByteSize.parse(arguments.windowSize());
            if (size < MIN_WINDOW) {
                throw new ConfigurationException("--window-size " + arguments.windowSize() + ": at least 512MiB");
            }
            return size;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--window-size: " + e.getMessage());
        }
    }
}
