package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.Daemon;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.engine.KzgLocator;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.AdvertisedAddress;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a cache of either kind as a process of its own: from its options to its exit code. */
public final class CacheRole {
    private static final Logger LOG = LoggerFactory.getLogger(CacheRole.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration BITMAPS = Duration.ofSeconds(5);

    private final Role role;
    private final RoleOptions options;
    private final CacheOptions cacheOptions;

    /**
     * A cache.
     *
     * @param role {@link Role#SHARDED_CACHE} or {@link Role#FULL_PIECE_CACHE}
     */
    public CacheRole(Role role, RoleOptions options, CacheOptions cacheOptions) {
        this.role = role;
        this.options = options;
        this.cacheOptions = cacheOptions;
    }

    /** Runs until the process is told to stop or fails; gives the exit code. */
    public int run() {
        KzgParameters parameters;
        try {
            cacheOptions.check();
            options.natsServers();
            Path directory = cacheOptions.argument().path();
            requireUsable(directory);
            parameters = KzgLocator.ofProcess().load(options.kzgParameters());
            if (options.dryRun()) {
                LOG.info("The configuration is good; nothing was started (--dry-run)");
                return ExitCode.STOPPED;
            }
            Optional<Path> state = cacheOptions.temporary()
                    ? Optional.empty()
                    : Optional.of(options.stateDir().orElse(directory));
            return Daemon.run(role, options, state, context -> start(context, parameters));
        } catch (ConfigurationException e) {
            System.err.println(role.label() + ": " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    /** Starts the cache inside a daemon. */
    public void start(DaemonContext context, KzgParameters parameters)
            throws ConfigurationException, IOException, InterruptedException {
        CacheArgument argument = cacheOptions.argument();
        long memory = cacheOptions.memoryBytes(FreeMemory.bytes());
        boolean localOnly = cacheOptions.localOnly();
        String bind = localOnly ? LOOPBACK : options.bind();
        CacheHost host = CacheHost.of(context);
        context.waiting("opens " + argument.path());
        context.self().kzgDigest(parameters.digest());
        CacheNode node = context.onStop(
                "cache",
                CacheNode.open(
                        host,
                        new CacheSettings(
                                argument.path(),
                                role == Role.FULL_PIECE_CACHE,
                                argument.size(),
                                memory,
                                cacheOptions.scrub(),
                                Constants.PIECE_SIZE,
                                ReconcileSettings.DEFAULT)));
        LOG.info(
                "{}: {} pieces, room for {}, {} MiB of memory for pieces",
                argument.path(),
                node.vault().held().size(),
                node.vault().capacity(),
                memory >> 20);
        BulkSettings bulk = BulkSettings.of(context);
        BulkServer server = context.onStop(
                "bulk server",
                BulkServer.start(
                        bulk,
                        new InetSocketAddress(bind, cacheOptions.listenPort()),
                        new VaultProvider(node.vault(), context.metrics()),
                        SectorProvider.NONE));
        Optional<String> advertise = localOnly ? Optional.of(LOOPBACK) : options.advertise();
        String address = AdvertisedAddress.of(advertise, bind, options.natsServers(), server.port());
        context.self().addresses(List.of(address));
        BulkClient client = context.onStop(
                "bulk client", new BulkClient(bulk, context.timers().get(Timer.BULK_IDLE)));
        Kzg kzg = context.onStop("KZG engine", Kzg.atOnce(parameters));
        int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        context.onStop("KZG agreement", KzgAgreement.of(context, parameters.digest()));
        ExecutorService checks = LowPriorityThreads.pool("piece-check-", parallel);
        context.onStop("piece checks", () -> LowPriorityThreads.stop(checks));
        SecureRandom random = new SecureRandom();
        node.start(
                chain -> new KzgPieceVerifier(new PieceChecks(kzg), chain, random, checks),
                new BulkPieceTransport(client, TrafficClass.FILL, context.self().host(), BITMAPS));
        context.onStop("reconcile loop", node::stopFilling);
        LOG.info("Serves pieces on {}", address);
    }

    private static void requireUsable(Path directory) throws ConfigurationException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigurationException("path=" + directory + " cannot be made: " + e.getMessage());
        }
        if (!Files.isWritable(directory)) {
            throw new ConfigurationException("path=" + directory + " cannot be written to");
        }
    }
}
