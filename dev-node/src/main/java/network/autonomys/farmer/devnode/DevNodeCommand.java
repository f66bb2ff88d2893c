package network.autonomys.farmer.devnode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.autonomys.farmer.core.keys.Ss58;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.SlotProbability;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.Body;
import network.autonomys.farmer.devnode.chain.ChainSpec;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.HostPort;
import network.autonomys.farmer.runtime.Logs;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code dev-node} (node-rpc §6.5). */
@Command(
        name = "dev-node",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a little chain of one author that speaks a consensus node's JSON-RPC: real proofs of time, real archiving,"
                        + " full verification; no network, no transactions, no value. For demos and tests.")
public final class DevNodeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DevNodeCommand.class);
    private static final int MAX_FILLER = 3_932_160;
    private static final int STOP_SECONDS = 10;

    static final class Place {
        @Option(
                names = "--base-path",
                paramLabel = "DIR",
                required = true,
                description =
                        "Where the chain is kept. A node that starts with a folder of the same chain goes on with it.")
        @Nullable
        Path basePath;

        @Option(
                names = "--tmp",
                required = true,
                description = "Keep the chain in a temporary folder that is removed at the end.")
        boolean tmp;
    }

    @ArgGroup(multiplicity = "1")
    @Nullable
    Place place;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9944",
            description = "Address of the JSON-RPC, WebSocket and HTTP. Default: ${DEFAULT-VALUE}")
    String listen = "";

    @Option(
            names = "--rpc-methods",
            paramLabel = "auto|safe|unsafe",
            defaultValue = "auto",
            description =
                    "Whether farmers may hand in solutions; auto: if the address is a loopback one. Default: ${DEFAULT-VALUE}")
    String rpcMethods = "";

    @Option(
            names = "--rpc-cors",
            paramLabel = "all|ORIGINS",
            defaultValue = "all",
            description = "all, or a list: then the Host header must name this machine. Default: ${DEFAULT-VALUE}")
    String rpcCors = "";

    @Option(
            names = "--kzg-parameters",
            paramLabel = "FILE|dev",
            description = "The network's KZG parameters, or \"dev\" for the insecure set of development chains.")
    @Nullable
    String kzgParameters;

    @Option(
            names = "--follow",
            paramLabel = "URL",
            description =
                    "Follow another dev node with the same options: check and take its blocks, announce its slots, pass on what"
                            + " farmers hand in. For example ws://127.0.0.1:9944")
    @Nullable
    URI follow;

    @Option(
            names = "--chain-seed",
            paramLabel = "TEXT",
            defaultValue = "dev",
            description = "Goes into the genesis block. Default: ${DEFAULT-VALUE}")
    String chainSeed = "";

    @Option(
            names = "--slot-duration-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Default: ${DEFAULT-VALUE}")
    long slotDurationMs;

    @Option(
            names = "--pot-iterations",
            paramLabel = "N",
            defaultValue = "20000000",
            description = "Iterations of the proof of time in a slot, a multiple of 16. Default: ${DEFAULT-VALUE}")
    long potIterations;

    @Option(
            names = "--pot-external-entropy",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Goes into the first seed of the proof of time.")
    String potExternalEntropy = "";

    @Option(
            names = "--confirmation-depth",
            paramLabel = "BLOCKS",
            defaultValue = "5",
            description = "Blocks until a block is archived. Default: ${DEFAULT-VALUE}")
    int confirmationDepth;

    @Option(
            names = "--block-authoring-delay",
            paramLabel = "SLOTS",
            defaultValue = "4",
            description = "Slots that solutions are waited for. Default: ${DEFAULT-VALUE}")
    int blockAuthoringDelay;

    @Option(
            names = "--slot-probability",
            paramLabel = "A/B",
            defaultValue = "1/6",
            description = "Expected blocks per slot. Default: ${DEFAULT-VALUE}")
    String slotProbability = "";

    @Option(
            names = "--era-blocks",
            paramLabel = "BLOCKS",
            defaultValue = "2016",
            description = "Blocks between adjustments of the solution range. Default: ${DEFAULT-VALUE}")
    int eraBlocks;

    @Option(
            names = "--adjust-solution-range",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Without adjustment there are no votes. Default: ${DEFAULT-VALUE}")
    String adjustSolutionRange = "";

    @Option(
            names = "--initial-pieces",
            paramLabel = "PIECES",
            defaultValue = "1000",
            description = "Pieces that the first solution range supposes. Default: ${DEFAULT-VALUE}")
    long initialPieces;

    @Option(
            names = "--expected-votes",
            paramLabel = "N",
            defaultValue = "9",
            description = "Votes per block. Default: ${DEFAULT-VALUE}")
    int expectedVotes;

    @Option(
            names = "--max-pieces-in-sector",
            paramLabel = "PIECES",
            defaultValue = "1000",
            description = "Default: ${DEFAULT-VALUE}")
    int maxPiecesInSector;

    @Option(
            names = "--recent-segments",
            paramLabel = "SEGMENTS",
            defaultValue = "5",
            description = "Default: ${DEFAULT-VALUE}")
    long recentSegments;

    @Option(
            names = "--recent-fraction",
            paramLabel = "A/B",
            defaultValue = "1/10",
            description = "Share of a sector from recent history. Default: ${DEFAULT-VALUE}")
    String recentFraction = "";

    @Option(
            names = "--min-sector-lifetime",
            paramLabel = "SEGMENTS",
            defaultValue = "4",
            description = "Default: ${DEFAULT-VALUE}")
    long minSectorLifetime;

    @Option(
            names = "--entropy-interval",
            paramLabel = "BLOCKS",
            defaultValue = "50",
            description = "Blocks between injections of entropy into the proof of time. Default: ${DEFAULT-VALUE}")
    int entropyInterval;

    @Option(
            names = "--entropy-lookback",
            paramLabel = "INTERVALS",
            defaultValue = "2",
            description = "Intervals until the entropy of a block is used. Default: ${DEFAULT-VALUE}")
    int entropyLookback;

    @Option(
            names = "--entropy-delay",
            paramLabel = "SLOTS",
            defaultValue = "15",
            description = "Slots from the announcement to the injection. Default: ${DEFAULT-VALUE}")
    int entropyDelay;

    @Option(
            names = "--filler-bytes",
            paramLabel = "BYTES",
            defaultValue = "0",
            description =
                    "Filler of each block, so that history grows; 3932160 gives a segment each 33 blocks. Default: ${DEFAULT-VALUE}")
    int fillerBytes;

    @Option(
            names = "--allow-big-blocks",
            description = "Allow filler up to 64 MiB, and answers longer than a real node's.")
    boolean allowBigBlocks;

    @Option(
            names = "--authoring",
            paramLabel = "anyone|first-farmer|KEY",
            defaultValue = "anyone",
            description = "Who may author blocks. Default: ${DEFAULT-VALUE}")
    String authoring = "";

    @Option(
            names = "--reward-address-only",
            paramLabel = "SS58",
            arity = "1..*",
            description = "Accept solutions for these reward addresses only.")
    List<String> rewardAddressOnly = new ArrayList<>();

    @Option(names = "--dev-rpc", description = "Serve the devnode_* calls too.")
    boolean devRpc;

    @Option(
            names = "--log",
            paramLabel = "FILTER",
            defaultValue = "${env:AUTONOMYS_LOG:-${env:RUST_LOG:-info}}",
            description = "Log levels, such as info or info,io.netty=debug. Default: AUTONOMYS_LOG, RUST_LOG, info")
    String log = "";

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Default: ${DEFAULT-VALUE}")
    String logFormat = "";

    @Override
    public Integer call() {
        try {
            if (!logFormat.equals("text") && !logFormat.equals("json")) {
                throw new ConfigurationException("--log-format is text or json, not " + logFormat);
            }
            Logs.configure(log, logFormat.equals("json"));
            return run();
        } catch (ConfigurationException e) {
            System.err.println("dev-node: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (IOException e) {
            LOG.error("The node cannot run", e);
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            return ExitCode.STOPPED;
        }
    }

    private int run() throws ConfigurationException, IOException, InterruptedException {
        boolean temporary = place == null || place.basePath == null;
        KzgParameters parameters = KzgLocator.ofProcess().load(Optional.ofNullable(kzgParameters));
        Path folder = temporary || place == null || place.basePath == null
                ? Files.createTempDirectory("dev-node-")
                : place.basePath;
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (DevNode node = DevNode.start(options(parameters, folder))) {
            CompletableFuture<Void> watched = node.failure().thenRun(stop::countDown);
            stop.await();
            watched.cancel(false);
            return node.failure().isDone() ? failed(node.failure().get()) : ExitCode.STOPPED;
        } catch (BlockException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        } finally {
            if (temporary) {
                remove(folder);
            }
            stopped.countDown();
        }
    }

    private static int failed(Throwable cause) {
        LOG.error("The node ends: {}", cause.toString());
        return cause instanceof BlockException ? ExitCode.CONFIGURATION : ExitCode.FAILED;
    }

    /** On a signal: lets the node stop in order, and ends with the code of a clean stop. */
    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        if (stopped.getCount() == 0) {
            return;
        }
        stop.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("Not stopped in time, leaving anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private DevNode.Options options(KzgParameters parameters, Path folder) throws ConfigurationException {
        InetSocketAddress address = HostPort.parse(listen, "--listen");
        boolean unsafe = switch (rpcMethods) {
            case "auto" -> isLoopback(address);
            case "safe" -> false;
            case "unsafe" -> true;
            default -> throw new ConfigurationException("--rpc-methods: auto, safe or unsafe, not " + rpcMethods);
        };
        int most = allowBigBlocks ? Body.MAX_FILLER : MAX_FILLER;
        if (fillerBytes < 0 || fillerBytes > most) {
            throw new ConfigurationException("--filler-bytes: 0 to " + most + ", not " + fillerBytes
                    + (allowBigBlocks ? "" : " (more with --allow-big-blocks)"));
        }
        Set<Bytes> addresses = new HashSet<>();
        for (String text : rewardAddressOnly) {
            addresses.add(account(text, "--reward-address-only"));
        }
        return new DevNode.Options(
                spec(parameters.digest()),
                parameters,
                address,
                folder,
                unsafe,
                !rpcCors.equals("all"),
                devRpc,
                fillerBytes,
                allowBigBlocks,
                addresses,
                Optional.ofNullable(follow));
    }

    private static boolean isLoopback(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return host != null && host.isLoopbackAddress();
    }

    /** The chain that the options describe. */
    ChainSpec spec(Bytes kzgDigest) throws ConfigurationException {
        long[] probability = fraction(slotProbability, "--slot-probability");
        long[] recent = fraction(recentFraction, "--recent-fraction");
        boolean adjust = switch (adjustSolutionRange) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw new ConfigurationException("--adjust-solution-range: on or off, not " + adjustSolutionRange);
        };
        try {
            return new ChainSpec(
                    chainSeed,
                    slotDurationMs,
                    potIterations,
                    potExternalEntropy,
                    confirmationDepth,
                    blockAuthoringDelay,
                    new SlotProbability(probability[0], probability[1]),
                    eraBlocks,
                    adjust,
                    initialPieces,
                    expectedVotes,
                    maxPiecesInSector,
                    recentSegments,
                    new Fraction(recent[0], recent[1]),
                    minSectorLifetime,
                    new ChainSpec.EntropyTiming(entropyInterval, entropyLookback, entropyDelay),
                    authoring(),
                    kzgDigest);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private ChainSpec.Authoring authoring() throws ConfigurationException {
        return switch (authoring) {
            case "anyone" -> ChainSpec.Authoring.ANYONE;
            case "first-farmer" -> new ChainSpec.Authoring(true, Optional.empty());
            default -> new ChainSpec.Authoring(false, Optional.of(account(authoring, "--authoring")));
        };
    }

    private static long[] fraction(String text, String option) throws ConfigurationException {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) {
                return new long[] {Long.parseLong(parts[0].trim()), Long.parseLong(parts[1].trim())};
            }
        } catch (NumberFormatException e) {
            throw new ConfigurationException(option + ": \"" + text + "\" is no fraction such as 1/6");
        }
        throw new ConfigurationException(option + ": \"" + text + "\" is no fraction such as 1/6");
    }

    /** 32 bytes, as an address or in hexadecimal digits. */
    private static Bytes account(String text, String option) throws ConfigurationException {
        try {
            return text.length() == 64 ? Bytes.fromHex(text) : Ss58.decode(text).account();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(option + ": \"" + text + "\" is no address: " + e.getMessage());
        }
    }
}
