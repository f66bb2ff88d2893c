package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.KzgAgreement;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.os.ThreadNice;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.AdvertisedAddress;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.PieceProvider;
import network.autonomys.farmer.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires a plot-server: spool, bulk server, pieces from the caches, the pipeline. */
final class PlotServer {
    private static final Logger LOG = LoggerFactory.getLogger(PlotServer.class);
    private static final Duration BITMAPS = Duration.ofSeconds(5);
    private static final Duration PIECES = Duration.ofMinutes(3);

    private PlotServer() {}

    static void start(DaemonContext context, PlotServerSettings settings, KzgParameters kzg)
            throws ConfigurationException, IOException, InterruptedException {
        context.self().kzgDigest(kzg.digest());
        Engines engines = context.onStop("engines", Engines.processor(kzg));
        Spool spool = Spool.open(settings.basePath().resolve("spool"), settings.spoolLimit());
        LOG.info("spool: {} sectors, {} of {} bytes", spool.entries().size(), spool.usedBytes(), settings.spoolLimit());
        BulkSettings bulk = BulkSettings.of(
                context.subjects().cluster(),
                context.id(),
                context.options().dataSecret().map(HandshakeProof::new),
                context.timers().get(Timer.BULK_PING),
                context.timers().get(Timer.BULK_DEAD));
        BulkServer server = context.onStop(
                "bulk server",
                BulkServer.start(
                        bulk,
                        new InetSocketAddress(context.options().bind(), settings.listenPort()),
                        PieceProvider.NONE,
                        new SpoolProvider(spool)));
        List<String> addresses = List.of(AdvertisedAddress.of(
                context.options().advertise(),
                context.options().bind(),
                context.options().natsServers(),
                server.port()));
        context.self().addresses(addresses);
        PieceFinder finder = finder(context, settings, bulk);
        context.onStop(
                "KZG agreement",
                new KzgAgreement(
                        context.bus(),
                        context.scheduler(),
                        context.timers().get(Timer.RING_REFRESH),
                        kzg.digest(),
                        context::refuse));
        ExecutorService plotting = PlottingThreads.start(settings.records(), () -> {
            if (!ThreadNice.lower(ThreadNice.LOWEST)) {
                LOG.debug("the system does not lower the priority of plotting");
            }
        });
        Announcer announcer = context.onStop(
                "announcer",
                new Announcer(
                        context.id(),
                        spool,
                        context.bus(),
                        () -> addresses,
                        context.scheduler(),
                        context.timers().get(Timer.READY_REPEAT)));
        JobQueue jobs = context.onStop(
                "jobs", JobQueue.forServer(context.bus(), context.scheduler(), context.timers(), context.id()));
        Pipeline pipeline = context.onStop(
                "pipeline",
                new Pipeline(
                        context.id(),
                        jobs,
                        context.bus(),
                        (indexes, sink, limit) -> {
                            int missing = finder.fetch(indexes, sink::piece, limit);
                            if (missing > 0) {
                                throw new MissingPiecesException(missing, indexes.length);
                            }
                        },
                        engines.records(),
                        plotting,
                        spool,
                        announcer,
                        PIECES,
                        new Figures(context.metrics())));
        observe(context, settings, spool, pipeline);
        pipeline.start(settings.jobs());
        context.ready();
    }

    private static PieceFinder finder(DaemonContext context, PlotServerSettings settings, BulkSettings bulk) {
        BulkClient client = context.onStop(
                "bulk client", new BulkClient(bulk, context.timers().get(Timer.BULK_IDLE)));
        RingService ring = context.onStop(
                "ring",
                new RingService(
                        context.bus(),
                        context.scheduler(),
                        context.timers(),
                        context.stateDir().map(folder -> folder.resolve("ring.bin"))));
        ring.start();
        TrafficClass trafficClass = settings.priorityCache() ? TrafficClass.PLOT_PRIORITY : TrafficClass.PLOT;
        CacheHost host = new CacheHost(
                context.bus(),
                context.scheduler(),
                context.timers(),
                context.metrics(),
                context.self(),
                context.presence(),
                context.events(),
                context::refuse);
        return context.onStop(
                "pieces",
                PieceFinder.of(
                        host,
                        ring::ring,
                        new BulkPieceTransport(
                                client, trafficClass, context.self().host(), BITMAPS)));
    }

    private static void observe(DaemonContext context, PlotServerSettings settings, Spool spool, Pipeline pipeline) {
        context.self().load(() -> spool.entries().size(), pipeline::running, settings::jobs);
        context.self().figure("spool_sectors", () -> spool.entries().size());
        context.metrics()
                .observe(
                        "spool_sectors",
                        "Finished sectors that wait",
                        () -> spool.entries().size());
        context.metrics().observe("spool_bytes", "Bytes held and reserved in the spool", spool::usedBytes);
        var watch = context.scheduler().every(Duration.ofSeconds(1), () -> {
            if (pipeline.isWaitingForStorage()) {
                context.degraded("waiting for storage: the spool is full");
            } else if (context.self().reason().startsWith("waiting for storage")) {
                context.ready();
            }
        });
        context.onStop("spool watch", watch::cancel);
    }

    /** Counts what the pipeline does. */
    private static final class Figures implements Pipeline.Counters {
        private final Metrics.Count encoded;
        private final Metrics.Count failed;
        private final Metrics.Times stages;

        Figures(Metrics metrics) {
            encoded = metrics.count("sectors_encoded_total", "Sectors encoded");
            failed = metrics.count("sectors_failed_total", "Jobs that did not succeed here", "reason");
            stages = metrics.times("sector_stage_seconds", "Time of a sector in a stage", "stage");
        }

        @Override
        public void plotted(Duration downloading, Duration encoding) {
            encoded.increment();
            stages.record(downloading, "download");
            stages.record(encoding, "encode");
        }

        @Override
        public void failed(ReasonCode reason) {
            failed.increment(reason);
        }
    }
}
