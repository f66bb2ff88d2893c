package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.Parts;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.ChainView;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.engine.Plotting;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.PieceProvider;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.spool.Spool;
import network.autonomys.farmer.storage.spool.SpoolEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plot server at work: the job queue, the pipeline, the spool and its listener, and what it says about itself. */
final class PlotServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlotServer.class);
    private static final String WAITING =
            "waiting for storage: the spool is full of sectors that plot-clients have not fetched";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BITMAPS = Duration.ofSeconds(5);

    private final CacheHost host;
    private final PlotServerSettings settings;
    private final Spool spool;
    private final Parts parts = new Parts("plot server");

    private PlotServer(CacheHost host, PlotServerSettings settings, Spool spool) {
        this.host = host;
        this.settings = settings;
        this.spool = spool;
    }

    /**
     * Starts to serve what an earlier process left in the spool, and to take jobs.
     *
     * @param plots what is plotted and with what; stays the caller's, who closes it after this
     * @param checks judges pieces
     * @param address where sectors are served; port 0 takes a free one
     * @param advertised gives the address that clients are told, from the port
     */
    static PlotServer start(
            CacheHost host,
            PlotServerSettings settings,
            Plotting plots,
            PieceChecks checks,
            BulkSettings bulk,
            InetSocketAddress address,
            IntFunction<String> advertised)
            throws IOException, InterruptedException {
        Spool spool = Spool.open(settings.spool(), settings.spoolLimit());
        PlotServer server = new PlotServer(host, settings, spool);
        try {
            server.begin(plots, checks, bulk, address, advertised);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void begin(
            Plotting plots,
            PieceChecks checks,
            BulkSettings bulk,
            InetSocketAddress address,
            IntFunction<String> advertised)
            throws IOException, InterruptedException {
        BulkServer listener = parts.add(BulkServer.start(bulk, address, PieceProvider.NONE, new SpoolProvider(spool)));
        List<String> addresses = List.of(advertised.apply(listener.port()));
        host.report().addresses(addresses);
        BulkClient client = parts.add(new BulkClient(bulk, host.timers().get(Timer.BULK_IDLE)));
        RingService ring = parts.add(
                new RingService(host.bus(), host.scheduler(), host.timers(), Optional.of(settings.ringFile())));
        ring.start();
        PieceFinder finder = parts.add(PieceFinder.of(
                host,
                ring::ring,
                new BulkPieceTransport(
                        client, settings.trafficClass(), host.report().host(), BITMAPS)));
        ChainView chain = parts.add(ChainView.start(host));
        ExecutorService plotting = LowPriorityThreads.pool("plot-", settings.encoding());
        parts.add(() -> LowPriorityThreads.stop(plotting));
        Announcer announcer = parts.add(new Announcer(
                host.report().id(),
                spool,
                host.bus(),
                () -> addresses,
                host.scheduler(),
                host.timers().get(Timer.READY_REPEAT)));
        JobQueue jobs = parts.add(JobQueue.forServer(
                host.bus(), host.scheduler(), host.timers(), host.report().id(), plots.versions()));
        Pipeline pipeline = parts.add(new Pipeline(
                host.report().id(),
                jobs,
                host.bus(),
                new TierPieces(finder),
                new ChainPieceCheck(chain, checks, new SecureRandom()),
                plots.engine(),
                plotting,
                spool,
                settings.spoolLimit(),
                announcer,
                settings.pieceLimit(),
                new Figures(host.metrics()),
                host.scheduler(),
                host.timers().get(Timer.JOB_PROGRESS)));
        SpoolKeeper keeper = new SpoolKeeper(spool, host.scheduler(), pipeline::isWaitingForStorage, this::dropped);
        publish(pipeline, keeper);
        Scheduler.Task look = host.scheduler().every(LOOK, () -> {
            keeper.look();
            report(pipeline);
        });
        parts.add(look::cancel);
        pipeline.start(settings.downloading());
        host.presence().state(MemberState.READY, "");
        LOG.info(
                "serves sectors on {}; the spool in {} may take {} MiB and holds {} sectors",
                addresses.getFirst(),
                settings.spool(),
                settings.spoolLimit() >> 20,
                spool.entries().size());
    }

    /** Counts sectors and failures. */
    private static final class Figures implements Pipeline.Counters {
        private final Metrics.Count encoded;
        private final Metrics.Count failures;
        private final Metrics.Times stages;

        Figures(Metrics metrics) {
            encoded = metrics.count("sectors_encoded_total", "Sectors encoded into the spool.");
            failures = metrics.count("sectors_failed_total", "Attempts that gave no sector.", "reason");
            stages = metrics.times("sector_stage_seconds", "Time of a sector in a stage.", "stage");
        }

        @Override
        public void plotted(Duration download, Duration encode) {
            encoded.increment();
            stages.record(download, "download");
            stages.record(encode, "encode");
        }

        @Override
        public void failed(ReasonCode reason) {
            failures.increment(reason);
        }
    }

    private void publish(Pipeline pipeline, SpoolKeeper keeper) {
        Metrics metrics = host.metrics();
        metrics.observe("spool_bytes", "Bytes of the spool held or reserved.", spool::usedBytes);
        metrics.observe("spool_limit_bytes", "Bytes that the spool may take.", settings::spoolLimit);
        metrics.observe(
                "spool_sectors",
                "Finished sectors waiting for their clients.",
                () -> spool.entries().size());
        metrics.observe(
                "spool_oldest_seconds",
                "Waiting time of the oldest sector.",
                () -> keeper.oldest().toSeconds());
        metrics.observe("jobs_running", "Jobs in work.", pipeline::running);
        host.report().load(() -> spool.entries().size(), pipeline::running, settings::downloading);
        host.report().figure("spool_bytes", spool::usedBytes);
        host.report().figure("spool_limit", settings::spoolLimit);
        host.report().figure("spool_sectors", () -> spool.entries().size());
    }

    /** Says in presence when the spool begins and ceases to be full. */
    private void report(Pipeline pipeline) {
        boolean waiting = pipeline.isWaitingForStorage();
        boolean said = host.report().reason().equals(WAITING);
        if (waiting && !said && host.report().state() == MemberState.READY) {
            host.presence().state(MemberState.DEGRADED, WAITING);
        } else if (!waiting && said && host.report().state() == MemberState.DEGRADED) {
            host.presence().state(MemberState.READY, "");
        }
    }

    private void dropped(SpoolEntry entry) {
        host.events()
                .record(
                        Severity.WARNING,
                        "spool.dropped",
                        "a finished sector that nobody fetched made room in the full spool",
                        Map.of(
                                "client", entry.job().client().toString(),
                                "farm", entry.job().farm().toString(),
                                "sector", Integer.toString(entry.job().sectorIndex())));
    }

    /** Gives jobs at hand back, lets running transfers end for a moment, closes. */
    @Override
    public void close() {
        parts.close();
    }
}
