package network.autonomys.farmer.controller;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.archive.ArchivingProgress;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.HistoryFromBlocks;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.nodeproxy.ChainCalls;
import network.autonomys.farmer.nodeproxy.NodeCalls;
import network.autonomys.farmer.nodeproxy.rpc.RpcOverHttp;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.Logs;
import network.autonomys.farmer.runtime.cache.MemoryTier;
import network.autonomys.farmer.runtime.cache.StorePieceVault;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export-piece}, also {@code autonomys-export-piece}: a node's history as a folder for a full piece cache. */
@Command(
        name = "export-piece",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads the archived history out of a node and writes all of its pieces into a folder, for a new cluster's first full piece cache.",
            "The node must have its full history: --sync full, archive pruning for blocks and state. Every segment is compared with the chain's"
                    + " header. An export that was stopped goes on where it was."
        },
        footer = {
            "",
            "Exit code 0 when the history is complete, 2 where a repetition cannot help, 1 otherwise.",
            "Example: NODE_URL=http://10.0.0.5:9944 autonomys-export-piece"
        })
public final class ExportPieceCommand implements Callable<Integer> {
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final HistoryExport.Patience PATIENCE = new HistoryExport.Patience(Duration.ofSeconds(5), 120);

    @Option(
            names = "--node-url",
            paramLabel = "URL",
            defaultValue = "${env:NODE_URL:-http://127.0.0.1:9944}",
            description =
                    "The node's RPC, http:// or https://. Default: the environment variable NODE_URL, then http://127.0.0.1:9944")
    private String nodeUrl = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "full-cache-tmp",
            description = "Folder for the pieces. Default: ${DEFAULT-VALUE} in the working directory")
    private Path folder = Path.of("full-cache-tmp");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that archive. Default: one for each processor")
    private @Nullable Integer threads;

    @Option(
            names = "--kzg-parameters",
            paramLabel = "FILE|dev",
            description = "KZG parameters of the network, or \"dev\" for a development chain"
                    + " (default: AUTONOMYS_KZG_PARAMETERS, then the install directory).")
    private @Nullable String kzgParameters;

    @Option(names = "--dry-run", description = "Say how much there is to export, and export nothing.")
    private boolean dryRun;

    @Option(
            names = "--log",
            paramLabel = "FILTER",
            defaultValue = "${env:AUTONOMYS_LOG:-${env:RUST_LOG:-info}}",
            description = "Log levels (default: AUTONOMYS_LOG, RUST_LOG, info).")
    private String log = "info";

    private final PrintStream out;
    private final PrintStream err;

    public ExportPieceCommand() {
        this(System.out, System.err);
    }

    /** With other streams for its messages. */
    ExportPieceCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Logs.configureTool(log, false);
            URI url = url();
            int workers = workers();
            KzgParameters parameters = KzgLocator.ofProcess().load(Optional.ofNullable(kzgParameters));
            return export(url, workers, parameters);
        } catch (ConfigurationException e) {
            err.println("export-piece: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (HistoryFromBlocks.MismatchException e) {
            err.println("export-piece: the node's blocks do not give the chain's segments: " + e.getMessage());
            err.println("Is --kzg-parameters that of the node's chain? What was written before is good.");
            return ExitCode.CONFIGURATION;
        } catch (NodeRefusal e) {
            err.println("export-piece: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (IOException e) {
            err.println("export-piece: " + e.getMessage() + ". Started again, it goes on where it is.");
            return ExitCode.FAILED;
        }
    }

    private URI url() throws ConfigurationException {
        try {
            URI url = URI.create(nodeUrl.strip());
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("NODE_URL " + nodeUrl + ": not a URL");
        }
        throw new ConfigurationException("NODE_URL " + nodeUrl + ": http://HOST:PORT or https://HOST:PORT is needed");
    }

    private int workers() throws ConfigurationException {
        int all = Runtime.getRuntime().availableProcessors();
        int chosen = threads == null ? all : threads;
        if (chosen < 1 || chosen > 1024) {
            throw new ConfigurationException("--threads " + chosen + ": 1 to 1024 are possible");
        }
        return chosen;
    }

    private int export(URI url, int workers, KzgParameters parameters)
            throws IOException, InterruptedException, ConfigurationException, HistoryFromBlocks.MismatchException {
        boolean dev = parameters.digest().equals(DevSecret.PARAMETERS_DIGEST);
        try (Kzg kzg = Kzg.cpu(parameters);
                DevSegmentCommitter devCommitter = new DevSegmentCommitter();
                ExecutorService processors = Executors.newFixedThreadPool(
                        workers,
                        Thread.ofPlatform().daemon().name("archiving-", 0).factory());
                Arena memory = Arena.ofShared();
                StorePieceVault vault = open();
                RpcOverHttp rpc = new RpcOverHttp(url, CONNECT)) {
            SegmentCommitter committer = dev ? devCommitter : new KzgSegmentCommitter(kzg);
            // Each segment is on disk before the next one is made: they share their memory.
            MemorySegment place = memory.allocate(SegmentPieces.BYTES, Long.BYTES);
            SegmentSealer sealer = new SegmentSealer(
                    kzg.field(),
                    committer,
                    (size, alignment) -> place.asSlice(0, size),
                    Workers.with(processors, workers),
                    ArchivingProgress.NONE);
            Report report = new Report(out);
            HistoryExport export = new HistoryExport(
                    new NodeCalls(rpc, CALL), new ChainCalls(rpc, CALL), vault, sealer, report, PATIENCE);
            long segments = export.readHeaders();
            long missing = export.missing();
            out.printf(
                    Locale.ROOT,
                    "%d segments of history, %d pieces in %s, %d missing%n",
                    segments,
                    vault.held().size(),
                    folder,
                    missing);
            long room = vault.capacity() - vault.held().size();
            if (missing > room) {
                throw new ConfigurationException(
                        folder + " has room for " + room + " more pieces, and " + missing + " are missing");
            }
            if (!dryRun) {
                report.begin(segments);
                export.run();
                out.println("Complete. Now: autonomys-farmer cluster --nats-server URL full-piece-cache path="
                        + folder.toAbsolutePath().normalize());
            }
            return ExitCode.STOPPED;
        }
    }

    private StorePieceVault open() throws ConfigurationException {
        try {
            Files.createDirectories(folder);
            return new StorePieceVault(
                    folder,
                    Constants.PIECE_SIZE,
                    OptionalLong.empty(),
                    new MemoryTier(Constants.PIECE_SIZE, 0),
                    piece -> err.println("export-piece: piece " + piece + " was corrupt"),
                    true);
        } catch (IOException e) {
            throw new ConfigurationException("--to " + folder + ": " + e.getMessage());
        }
    }

    /** Tells people how far the export is: a line for each segment, and one each few seconds between. */
    private static final class Report implements HistoryExport.Observer {
        private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();

        private final PrintStream out;
        private long total;
        private long started;
        private long told;
        private long made;

        Report(PrintStream out) {
            this.out = out;
        }

        void begin(long segments) {
            total = segments;
            started = System.nanoTime();
            told = started;
        }

        @Override
        public void blocks(long number, long read) {
            long now = System.nanoTime();
            if (now - told >= PERIOD_NANOS) {
                told = now;
                out.printf(Locale.ROOT, "block %d, %d read%n", number, read);
            }
        }

        @Override
        public void segment(long segment, int pieces) {
            made++;
            told = System.nanoTime();
            double seconds = (told - started) / 1e9;
            long left = (long) (seconds / made * (total - 1 - segment));
            out.printf(
                    Locale.ROOT,
                    "segment %d of %d: header as the chain has it, %d pieces written; %.1f segments an hour, about %s left%n",
                    segment,
                    total,
                    pieces,
                    made * 3600 / seconds,
                    Duration.ofSeconds(left));
        }

        @Override
        public void nodeAway(IOException reason) {
            out.println("The node does not answer (" + reason.getMessage() + "); asking again");
        }
    }
}
