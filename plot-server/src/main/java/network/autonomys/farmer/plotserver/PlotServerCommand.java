package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.KzgAgreement;
import network.autonomys.farmer.runtime.engine.CardWatch;
import network.autonomys.farmer.runtime.engine.Cards;
import network.autonomys.farmer.runtime.engine.EngineOptions;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.runtime.settings.ByteSize;
import network.autonomys.farmer.runtime.tcp.AdvertisedAddress;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cluster … plot-server BASEPATH}. */
@Command(
        name = "plot-server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Encodes sectors for plot-clients and keeps each under BASEPATH until its client has stored it.")
public final class PlotServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PlotServerCommand.class);
    private static final long DEFAULT_SPOOL = 20L << 30;
    private static final long DISK_RESERVE = 1L << 30;
    private static final long LARGE_SECTOR = 1100L << 20;
    private static final Duration PIECES = Duration.ofMinutes(10);
    private static final int MOST_THREADS = 4096;
    private static final int MOST_DOWNLOADS = 64;
    private static final Path MEMORY = Path.of("/dev/shm");

    @Parameters(
            arity = "1",
            paramLabel = "BASEPATH",
            description = "Folder for the identity and the spool; a fast SSD.")
    private Path basePath = Path.of("");

    @Option(names = "--priority-cache", description = "Ask caches to serve this plot-server before others that plot.")
    private boolean priorityCache;

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "9966",
            description = "TCP port on which plot-clients fetch sectors, 0 for any (default: ${DEFAULT-VALUE}).")
    private int listenPort = 9966;

    @Option(
            names = "--spool-limit",
            paramLabel = "SIZE",
            description = "Bytes that finished sectors may take (default: 20 GiB, or what fits where that is less).")
    private @Nullable String spoolLimit;

    @Option(
            names = "--spool-memory",
            description =
                    "Keep finished sectors in memory (/dev/shm) instead of BASEPATH; those that wait are lost when"
                            + " the host restarts, and then plotted again.")
    private boolean spoolMemory;

    @Option(
            names = "--sector-downloading-concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "Sectors in work at once: one is encoded, the others get their pieces"
                    + " (default: ${DEFAULT-VALUE}).")
    private int downloading = 2;

    @Option(
            names = "--record-encoding-concurrency",
            paramLabel = "N",
            description =
                    "Records encoded at once (default: what the graphics cards take, else the processors of this process).")
    private @Nullable Integer encoding;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final RoleOptions options;

    /** A command over the options that every role shares. */
    public PlotServerCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try {
            options.configureLog();
            check();
            KzgParameters parameters = KzgLocator.ofProcess().load(options.kzgParameters());
            if (options.dryRun()) {
                LOG.info("the configuration is good; nothing was started (--dry-run)");
                return ExitCode.STOPPED;
            }
            return Daemon.run(
                    Role.PLOT_SERVER,
                    options,
                    Optional.of(options.stateDir().orElse(basePath)),
                    context -> start(context, parameters));
        } catch (ConfigurationException e) {
            System.err.println(Role.PLOT_SERVER.label() + ": " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    /** Refuses what cannot work, before anything is started. */
    private void check() throws ConfigurationException {
        options.natsServers();
        options.subjects();
        options.timers();
        options.dataSecret();
        options.push();
        if (listenPort < 0 || listenPort > 65_535) {
            throw new ConfigurationException("--listen-port " + listenPort + ": a port is 0 to 65535");
        }
        inRange("--sector-downloading-concurrency", downloading, MOST_DOWNLOADS);
        inRange("--record-encoding-concurrency", encodingThreads(Engines.processors()), MOST_THREADS);
        try {
            Files.createDirectories(basePath);
        } catch (IOException e) {
            throw new ConfigurationException("BASEPATH " + basePath + " cannot be made: " + e.getMessage());
        }
        if (!Files.isWritable(basePath)) {
            throw new ConfigurationException("BASEPATH " + basePath + " cannot be written to");
        }
        if (spoolMemory && !Files.isWritable(MEMORY)) {
            throw new ConfigurationException("--spool-memory: this system has no " + MEMORY + " to write to");
        }
        String size = spoolLimit;
        if (size != null && parsed(size) < 1) {
            throw new ConfigurationException("--spool-limit " + size + ": nothing would fit");
        }
    }

    private static void inRange(String option, int value, int most) throws ConfigurationException {
        if (value < 1 || value > most) {
            throw new ConfigurationException(option + " " + value + " is not between 1 and " + most);
        }
    }

    /** As many as were asked for, else as cards or processors take at once. */
    private int encodingThreads(int usual) {
        Integer named = encoding;
        return named == null ? usual : named;
    }

    private void start(DaemonContext context, KzgParameters parameters)
            throws ConfigurationException, IOException, InterruptedException {
        context.self().kzgDigest(parameters.digest());
        Path spool = spoolMemory ? MEMORY.resolve("autonomys-farmer-spool-" + context.id()) : basePath.resolve("spool");
        Files.createDirectories(spool);
        Engines engines = context.onStop("engines", Engines.processorAtOnce(parameters, Engines.processors()));
        engines.observe(context.self(), context.metrics());
        Cards cards = context.onStop("graphics cards", engine.cards(engines.records(), System.getenv()));
        cards.observe(context.metrics());
        context.onStop(
                "watch over graphics cards",
                new CardWatch(cards::status, context.self(), context.presence(), context.scheduler()));
        PlotServerSettings settings = new PlotServerSettings(
                spool,
                limit(spool),
                context.stateDir().orElse(basePath).resolve("ring.bin"),
                downloading,
                encodingThreads(cards.concurrencyOr(Engines.processors())),
                priorityCache ? TrafficClass.PLOT_PRIORITY : TrafficClass.PLOT,
                PIECES);
        context.onStop("KZG agreement", KzgAgreement.of(context, parameters.digest()));
        BulkSettings bulk = BulkSettings.of(context);
        List<String> natsServers = options.natsServers();
        context.onStop(
                "plot server",
                PlotServer.start(
                        CacheHost.of(context),
                        settings,
                        cards.plotting(),
                        new PieceChecks(cards.kzg(engines.kzg())),
                        bulk,
                        new InetSocketAddress(options.bind(), listenPort),
                        port -> AdvertisedAddress.of(options.advertise(), options.bind(), natsServers, port)));
    }

    /** Bytes that the spool may take, never more than fits beside what is in the file system. */
    private long limit(Path spool) throws ConfigurationException, IOException {
        FileStore store = Files.getFileStore(spool);
        long reserve = spoolMemory ? store.getUsableSpace() / 2 : DISK_RESERVE;
        long fits = Math.max(0, store.getUsableSpace() - reserve) + held(spool);
        String named = spoolLimit;
        long wanted = named == null ? DEFAULT_SPOOL : parsed(named);
        long limit = Math.min(wanted, fits);
        if (limit <= 0) {
            throw new ConfigurationException("no room for finished sectors in " + spool);
        }
        if (named != null && limit < wanted) {
            LOG.warn("--spool-limit {}: only {} MiB fit in {}", named, limit >> 20, spool);
        }
        if (limit < LARGE_SECTOR) {
            LOG.warn("the spool may take {} MiB: no sector of 1000 pieces fits", limit >> 20);
        }
        return limit;
    }

    private static long held(Path spool) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(spool)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static long parsed(String size) throws ConfigurationException {
        try {
            return ByteSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--spool-limit: " + e.getMessage());
        }
    }
}
