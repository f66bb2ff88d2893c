package network.autonomys.farmer.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.AppInfo;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import network.autonomys.farmer.runtime.RoleOptions;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code util sharded-cache-benchmark}. */
@Command(
        name = "sharded-cache-benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Downloads the pieces of sectors from the caches as a plot server does, throws them away, and says how fast it went"
                    + " and what was missing.",
            "Sectors that are being plotted at the same time share the network with it."
        },
        footer = {
            "",
            "Exit code 0 when every piece came, 1 when some are missing or nobody answers, 2 for wrong options.",
            "Example: autonomys-farmer util sharded-cache-benchmark --nats-servers nats://10.0.0.1:4222 --sectors 4 --epoch 3"
        })
final class CacheBenchmarkCommand implements Callable<Integer> {
    private static final List<String> ITEM_TYPES =
            List.of("piece", "split-piece", "record", "parity-piece", "split-parity-piece");
    private static final Duration GATHER = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST = 100_000;

    @Mixin
    private final RoleOptions options = new RoleOptions();

    @Option(
            names = "--sectors",
            paramLabel = "N",
            defaultValue = "1",
            description = "Sectors downloaded in each round. Default: ${DEFAULT-VALUE}.")
    private int sectors;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Rounds, each with other sectors. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "2",
            description = "Sectors downloaded at a time; each takes 128 MiB of memory. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--cache-item-type",
            paramLabel = "TYPE",
            defaultValue = "piece",
            description =
                    "piece, split-piece, record, parity-piece or split-parity-piece. The caches of this version keep whole"
                            + " pieces, from which plot servers make the rest: each type is measured as the pieces that it is made of."
                            + " Default: ${DEFAULT-VALUE}.")
    private String itemType = "piece";

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Time for one sector; what did not come by then is missing. Default: ${DEFAULT-VALUE}.")
    private int limit;

    CacheBenchmarkCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            options.configureToolLog();
            check();
            try (ToolLink link = new ToolLink("sharded-cache-benchmark", options)) {
                Thread.sleep(GATHER);
                return run(link);
            }
        } catch (ConfigurationException e) {
            System.err.println("sharded-cache-benchmark: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (BusException e) {
            System.err.println(
                    "sharded-cache-benchmark: no controller says how long the history is: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            System.err.println("sharded-cache-benchmark: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private int run(ToolLink link) throws ConfigurationException, BusException, IOException, InterruptedException {
        List<Presence> caches = caches(link);
        if (caches.isEmpty()) {
            System.err.println("sharded-cache-benchmark: no cache answers; see \"autonomys-farmer status\"");
            return ExitCode.FAILED;
        }
        FarmerProtocolInfo protocol = link.bus()
                .call(link.bus().subjects().appInfo(), new AppInfoRequest(), AppInfo.class, ANSWER)
                .info()
                .protocolInfo();
        BulkSettings bulk = BulkSettings.of(
                link.bus().subjects().cluster(),
                link.self().id(),
                options.dataSecret().map(HandshakeProof::new),
                link.timers().get(Timer.BULK_PING),
                link.timers().get(Timer.BULK_DEAD));
        String host = link.self().host();
        try (RingService ring = new RingService(link.bus(), link.scheduler(), link.timers(), Optional.empty());
                BulkClient client = new BulkClient(bulk, link.timers().get(Timer.BULK_IDLE))) {
            ring.start();
            MeasuringTransport transport =
                    new MeasuringTransport(new BulkPieceTransport(client, TrafficClass.PLOT, host, ANSWER));
            try (PieceFinder finder = new PieceFinder(
                    new PieceFinder.Self(link.self().id(), host, link.self().zone()),
                    () -> members(link),
                    ring::ring,
                    transport,
                    link.bus(),
                    link.metrics())) {
                if (!itemType.equals("piece")) {
                    System.out.println("The caches keep whole pieces: " + itemType + " is measured as those");
                }
                System.out.println(caches.size() + " caches, " + protocol.historySize() + " segments of history, "
                        + protocol.maxPiecesInSector() + " pieces in a sector");
                CacheBenchmark benchmark = new CacheBenchmark(finder, protocol, new SecureRandom(), System.out);
                CacheBenchmark.Plan plan =
                        new CacheBenchmark.Plan(sectors, epochs, parallel, Duration.ofSeconds(limit));
                CacheBenchmark.Result result = benchmark.run(plan);
                benchmark.print(result, transport, plan);
                return result.missing() == 0 ? ExitCode.STOPPED : ExitCode.FAILED;
            }
        }
    }

    private static List<Presence> members(ToolLink link) {
        return link.presence().members().stream()
                .filter(member -> !member.suspect())
                .map(Member::presence)
                .toList();
    }

    private static List<Presence> caches(ToolLink link) {
        return members(link).stream()
                .filter(member -> member.role() == Role.SHARDED_CACHE || member.role() == Role.FULL_PIECE_CACHE)
                .toList();
    }

    private void check() throws ConfigurationException {
        options.natsServers();
        for (Map.Entry<String, Integer> number : Map.of(
                        "--sectors", sectors, "--epoch", epochs, "--parallel", parallel, "--limit", limit)
                .entrySet()) {
            if (number.getValue() < 1 || number.getValue() > MOST) {
                throw new ConfigurationException(
                        number.getKey() + " " + number.getValue() + ": 1 to " + MOST + " are possible");
            }
        }
        if (!ITEM_TYPES.contains(itemType)) {
            throw new ConfigurationException("--cache-item-type " + itemType + ": one of " + ITEM_TYPES);
        }
    }
}
