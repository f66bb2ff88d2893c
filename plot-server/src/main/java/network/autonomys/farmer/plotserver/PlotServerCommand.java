package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.engine.EngineOptions;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.runtime.settings.ByteSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code plot-server} (cluster-and-cli §2.2, §2.4). */
@Command(
        name = "plot-server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Encodes sectors and keeps them in its spool until their plot-client has stored them.")
public final class PlotServerCommand implements Callable<Integer> {
    private static final long DEFAULT_SPOOL = 20L << 30;
    private static final int DEFAULT_PORT = 9966;
    private static final int MAX_PORT = 65_535;

    @Mixin
    private final EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private final RoleOptions options;

    @Parameters(
            paramLabel = "BASEPATH",
            arity = "0..1",
            description = "Working folder: identity, and the spool of encoded sectors that wait for their plot-client.")
    private @Nullable Path basePath;

    @Option(
            names = "--listen-port",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_PORT,
            description =
                    "TCP port on which plot-clients fetch sectors; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int listenPort;

    @Option(
            names = "--priority-cache",
            description = "Ask the caches for pieces in a class of traffic before other plotting.")
    private boolean priorityCache;

    @Option(
            names = "--spool-limit",
            paramLabel = "SIZE",
            description =
                    "Most bytes of finished sectors; when they are reached no job is taken. Default: 20GiB, or half of the free space where that is less.")
    private @Nullable String spoolLimit;

    @Option(
            names = "--sector-downloading-concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "Jobs in work at once, of which one is encoded. Default: ${DEFAULT-VALUE}.")
    private int downloadingConcurrency;

    @Option(
            names = "--record-encoding-concurrency",
            paramLabel = "N",
            description = "Records encoded at once. Default: the processors of the affinity mask.")
    private @Nullable Integer recordConcurrency;

    /** A command over the options that every role shares. */
    public PlotServerCommand(RoleOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        try {
            options.configureLog();
            options.natsServers();
            Path base = basePath;
            if (base == null) {
                throw new ConfigurationException("BASEPATH is needed: the working folder, e.g. /var/plot-server");
            }
            PlotServerSettings settings = settings(base);
            engineOptions.explain(System.getenv());
            KzgParameters kzg = KzgLocator.ofProcess().load(options.kzgParameters());
            if (options.dryRun()) {
                return ExitCode.STOPPED;
            }
            return Daemon.run(
                    Role.PLOT_SERVER,
                    options,
                    Optional.of(options.stateDir().orElse(base)),
                    context -> PlotServer.start(context, settings, kzg));
        } catch (ConfigurationException e) {
            System.err.println("plot-server: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    private PlotServerSettings settings(Path base) throws ConfigurationException {
        if (listenPort < 0 || listenPort > MAX_PORT) {
            throw new ConfigurationException("--listen-port " + listenPort + ": 0 to " + MAX_PORT);
        }
        int records = recordConcurrency == null ? Engines.processors() : recordConcurrency;
        if (downloadingConcurrency < 1 || records < 1) {
            throw new ConfigurationException("a concurrency is at least 1");
        }
        try {
            Files.createDirectories(base);
            long free = Files.getFileStore(base).getUsableSpace();
            long limit = spoolLimit == null ? Math.min(DEFAULT_SPOOL, free / 2) : ByteSize.parse(spoolLimit);
            return new PlotServerSettings(base, listenPort, priorityCache, limit, downloadingConcurrency, records);
        } catch (IOException e) {
            throw new ConfigurationException("the working folder " + base + " cannot be used: " + e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--spool-limit: " + e.getMessage());
        }
    }
}
