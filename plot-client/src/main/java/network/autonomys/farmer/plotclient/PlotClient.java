package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.AppInfo;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.protocol.message.FarmState;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.protocol.message.Slot;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.FirstSignature;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.HeaderFeed;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.FarmConfig;
import network.autonomys.farmer.storage.farm.FarmException;
import network.autonomys.farmer.storage.farm.IncomingFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires a plot-client: farms, the way from slot to solution, the signer, and plotting. */
final class PlotClient {
    private static final Logger LOG = LoggerFactory.getLogger(PlotClient.class);
    private static final int STALE_SLOTS = 4;
    private static final int NOT_USED_AFTER_SLOTS = 8;
    private static final Duration APP_INFO = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(500);

    private final DaemonContext context;
    private final PlotClientSettings settings;
    private final ClientMetrics metrics;
    private final SigningGuard guard = new SigningGuard();
    private final SlotWindow slots = new SlotWindow();
    private final TakenSolutions taken = new TakenSolutions(NOT_USED_AFTER_SLOTS);
    private final HeaderChain headers = new HeaderChain();
    private final SectorExpiry expiry = new SectorExpiry(headers::commitment);
    private volatile AppInfo appInfo;
    private final AtomicLong expiryHistory = new AtomicLong();
    private final List<StoredFarm> farms = new ArrayList<>();
    private final List<AuditLoop> loops = new ArrayList<>();
    private final List<FarmPlotting> plottings = new CopyOnWriteArrayList<>();

    private PlotClient(DaemonContext context, PlotClientSettings settings, AppInfo info) {
        this.context = context;
        this.settings = settings;
        this.metrics = new ClientMetrics(context.metrics(), context.self());
        this.appInfo = info;
    }

    /** Starts a plot-client: waits for a controller, opens the farms, begins to farm and to plot. */
    static void start(DaemonContext context, PlotClientSettings settings, KzgParameters kzg)
            throws ConfigurationException, IOException, InterruptedException {
        context.self().kzgDigest(kzg.digest());
        context.onStop("audit warm-up", AuditWarmUp.start(System::nanoTime));
        FirstSignature.inBackground(new SecureRandom());
        AppInfo info = awaitAppInfo(context);
        if (!info.kzgDigest().equals(kzg.digest())) {
            throw new ConfigurationException("the chain works with KZG parameters of digest " + info.kzgDigest()
                    + ", this process with " + kzg.digest() + ": see --kzg-parameters");
        }
        new PlotClient(context, settings, info).run(kzg);
    }

    private static AppInfo awaitAppInfo(DaemonContext context) throws InterruptedException {
        context.waiting("waiting for a controller");
        while (true) {
            try {
                return context.bus().call(context.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, APP_INFO);
            } catch (BusException e) {
                LOG.debug("no controller answers yet: {}", e.getMessage());
                Thread.sleep(STEP);
            }
        }
    }

    private void run(KzgParameters kzg) throws ConfigurationException, IOException, InterruptedException {
        Engines engines = context.onStop("engines", Engines.processorAtOnce(kzg, 1));
        engines.observe(context.self(), context.metrics());
        Prover prover = engines.prover();
        if (settings.localProof() != BusProvers.LocalProof.NEVER) {
            LowPriorityThreads.factory("recovery-warm-up-")
                    .newThread(engines::prepareRecoveries)
                    .start();
        }
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("client-", 0).factory());
        context.onStop("threads", threads::shutdownNow);
        ExecutorService proofs = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("local-proof").daemon(true).factory());
        context.onStop("local proofs", proofs::shutdownNow);
        LocalProver local = new LocalProver(proofs, System::nanoTime);
        BusProvers provers = new BusProvers(
                context.bus(),
                context.presence(),
                new SecureRandom(),
                settings.localProof(),
                local,
                context.self().host());
        openFarms((key, farm) -> local.add(key, (request, wanted) -> farm.prove(request, prover, wanted)));
        RewardSigner signer = context.onStop(
                "signer", new RewardSigner(context.bus(), guard, taken, slots, metrics, context.events()));
        farms.forEach(farm -> signer.serve(farm.farm().identity().keyPair()));
        startFarming(provers, threads);
        startHeaders();
        if (settings.plot()) {
            startPlotting(threads);
        }
        var states = context.scheduler().every(context.timers().get(Timer.FARM_STATE), this::publishStates);
        context.onStop("farm states", states::cancel);
        observe();
        context.ready();
    }

    private void openFarms(BiConsumer<Bytes, StoredFarm> opened) throws ConfigurationException, IOException {
        int protocolPieces = appInfo.info().protocolInfo().maxPiecesInSector();
        int pieces = Math.min(protocolPieces, settings.maxPiecesInSector().orElse(protocolPieces));
        for (FarmArgument argument : settings.farms()) {
            try {
                Farm farm = Farm.open(
                        new FarmConfig(
                                argument.path(),
                                new FarmSpace(FarmSpace.DISKS).allocation(argument, pieces),
                                pieces,
                                appInfo.info().genesisHash(),
                                settings.create(),
                                settings.lock()),
                        new SecureRandom(),
                        context.scheduler().clock());
                context.onStop("farm " + argument.path(), farm);
                for (Path file : IncomingFiles.deleteAll(farm.folder())) {
                    LOG.info("{}: left by an earlier transfer, deleted; its sector is fetched again", file);
                }
                SectorReader.Mode mode = argument.mode() == FarmArgument.RecordChunksMode.WHOLE_SECTOR
                        ? SectorReader.Mode.WHOLE_SECTOR
                        : SectorReader.Mode.CONCURRENT_CHUNKS;
                StoredFarm stored = context.onStop(
                        "plot " + argument.path(),
                        new StoredFarm(
                                farm,
                                mode,
                                settings.diskReads(),
                                (sector, reason, what) -> damaged(farm, sector, reason, what)));
                farms.add(stored);
                opened.accept(stored.publicKey(), stored);
                LOG.info(
                        "farm {} {}: {} sectors of {} pieces, key {}",
                        farm.info().id(),
                        farm.folder(),
                        farm.targetSectors(),
                        farm.info().piecesInSector(),
                        farm.publicKey());
            } catch (FarmException e) {
                throw new ConfigurationException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The farm has given the sector up already; it is plotted next. */
    private void damaged(Farm farm, int sector, ReasonCode reason, String what) {
        metrics.damaged(reason);
        context.events()
                .record(
                        Severity.ERROR,
                        "sector.damaged",
                        farm.folder() + ": sector " + sector + " is damaged and will be plotted again: " + what,
                        java.util.Map.of(
                                "farm",
                                farm.info().id().toString(),
                                "sector",
                                Integer.toString(sector),
                                "reason",
                                reason.label()));
        plottings.stream()
                .filter(p -> p.farm().equals(farm))
                .forEach(p -> p.plan().damaged(sector));
    }

    private void startFarming(BusProvers provers, ExecutorService threads) {
        ProofRace race = new ProofRace(
                provers,
                new ProofRace.Patience(Duration.ofMillis(700), Duration.ofMillis(1500), Duration.ofMillis(2500)),
                System::nanoTime);
        Submitter submitter = new Submitter(
                context.id(),
                new BusControllerLine(context.bus(), context.presence()),
                guard,
                new Submitter.Limits(Duration.ofMillis(700), Duration.ofMillis(200)),
                System::nanoTime);
        SolutionPipeline pipeline = new SolutionPipeline(
                race, submitter, slots, taken, this::request, this::isExpired, metrics, System::nanoTime);
        for (StoredFarm farm : farms) {
            AuditLoop loop = new AuditLoop(
                    farm,
                    (won, slot, candidates) -> threads.execute(() -> {
                        try {
                            pipeline.work(won, slot, candidates, window());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }),
                    metrics,
                    System::nanoTime);
            loops.add(loop);
            Thread.ofPlatform()
                    .name("audit-" + farm.farm().info().id())
                    .daemon(true)
                    .start(loop);
            context.onDrain(loop::stop);
        }
        context.onStop("slots", context.bus().subscribe(context.subjects().slot(), Slot.class, this::slot));
    }

    private boolean isExpired(AuditedFarm farm, Candidate candidate) {
        return expiry.isExpired(
                farm.publicKey(),
                candidate.sectorIndex(),
                candidate.historySize(),
                appInfo.info().protocolInfo().minSectorLifetime(),
                currentHistorySize());
    }

    /** As the controller's check has it: a segment whose header is known is in the chain with the next block. */
    private long currentHistorySize() {
        return Math.max(appInfo.info().protocolInfo().historySize(), headers.size());
    }

    private Duration window() {
        return appInfo.info().farmingTimeout().minus(settings.reserve());
    }

    private void slot(Slot slot) {
        SlotInfo info = slot.info();
        SlotWindow.Arrival arrival = slots.announced(
                info.slotNumber(), info.globalChallenge(), slot.controller().toString(), STALE_SLOTS);
        if (arrival == SlotWindow.Arrival.FORK) {
            context.events()
                    .record(
                            Severity.WARNING,
                            "slot.fork",
                            "two challenges for slot " + info.slotNumber() + ": the nodes are on different forks",
                            java.util.Map.of("controller", slot.controller().toString()));
        }
        if (arrival == SlotWindow.Arrival.NEW || arrival == SlotWindow.Arrival.FORK) {
            AuditLoop.Arrived arrived = new AuditLoop.Arrived(info, System.nanoTime());
            loops.forEach(loop -> loop.slot(arrived));
            for (int unused = taken.expire(slots.highest()); unused > 0; unused--) {
                metrics.missed(ReasonCode.NOT_USED);
            }
        }
    }

    private ProofRequest request(AuditedFarm farm, SlotInfo slot, Candidate candidate) {
        FarmerProtocolInfo info = appInfo.info().protocolInfo();
        Bytes sectorId = SectorIds.sectorId(
                SectorIds.publicKeyHash(farm.publicKey()), candidate.sectorIndex(), candidate.historySize());
        return new ProofRequest(
                context.id(),
                farm.publicKey(),
                settings.rewardAddress(),
                candidate.sectorIndex(),
                candidate.historySize(),
                candidate.piecesInSector(),
                candidate.pieceOffset(),
                SectorIds.pieceIndex(
                        sectorId,
                        candidate.pieceOffset(),
                        candidate.historySize(),
                        info.maxPiecesInSector(),
                        info.recentSegments(),
                        info.recentHistoryFraction()),
                candidate.sBucket(),
                candidate.chunk(),
                candidate.version(),
                slot.slotNumber(),
                slot.globalChallenge(),
                candidate.distance(),
                slot.solutionRange(),
                slot.votingSolutionRange());
    }

    private void startHeaders() {
        HeaderFeed feed = new HeaderFeed(
                context.bus(),
                context.scheduler(),
                headers,
                context.timers().get(Timer.RING_REFRESH),
                new HeaderFeed.Listener() {
                    @Override
                    public void grown(long segments) {
                        context.scheduler().execute(() -> historyGrew(segments));
                    }

                    @Override
                    public void fork(SegmentHeader header, Optional<InstanceId> announcedBy) {
                        context.events()
                                .record(
                                        Severity.CRITICAL,
                                        "header.fork",
                                        "a segment header contradicts the known chain",
                                        java.util.Map.of("segment", Long.toUnsignedString(header.segmentIndex())));
                    }
                });
        context.onStop("segment headers", feed);
    }

    /** New history counts for expiry after a random delay, so that a whole network does not replot at once (sectors-farms §9.3). */
    private void historyGrew(long segments) {
        refreshInfo();
        if (expiryHistory.get() == 0) {
            expiryHistory.set(segments);
            return;
        }
        long least = context.timers().get(Timer.REPLOT_DELAY_MIN).toMillis();
        long most =
                Math.max(least + 1, context.timers().get(Timer.REPLOT_DELAY_MAX).toMillis());
        Duration delay = Duration.ofMillis(
                java.util.concurrent.ThreadLocalRandom.current().nextLong(least, most));
        context.scheduler().after(delay, () -> expiryHistory.accumulateAndGet(segments, Math::max));
    }

    /** Again and again: a segment is in the chain some blocks after its header is known, and sectors are plotted with what the chain has. */
    private void refreshInfo() {
        try {
            appInfo = context.bus().call(context.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, APP_INFO);
        } catch (BusException e) {
            LOG.debug("app info not refreshed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startPlotting(ExecutorService threads) throws ConfigurationException {
        BulkClient client = context.onStop(
                "bulk",
                new BulkClient(BulkSettings.of(context), context.timers().get(Timer.BULK_IDLE)));
        JobQueue jobs = context.onStop(
                "jobs", JobQueue.forClient(context.bus(), context.scheduler(), context.timers(), context.id()));
        FarmPlotting.Chain chain = new FarmPlotting.Chain() {
            @Override
            public Optional<FarmerProtocolInfo> protocolInfo() {
                FarmerProtocolInfo info = appInfo.info().protocolInfo();
                long known = headers.size();
                // Only history whose headers are known here: expiry is worked out from them.
                return known == 0 || Long.compareUnsigned(info.historySize(), known) > 0
                        ? Optional.empty()
                        : Optional.of(info);
            }

            @Override
            public long currentHistorySize() {
                return PlotClient.this.currentHistorySize();
            }

            @Override
            public long expiryHistorySize() {
                return expiryHistory.get();
            }
        };
        for (StoredFarm farm : farms) {
            plottings.add(new FarmPlotting(
                    context.id(),
                    farm.farm(),
                    new PlotPlan(farm.farm().targetSectors(), settings.maxPlottingSectors()),
                    chain,
                    headers,
                    jobs,
                    client,
                    threads,
                    metrics,
                    context.scheduler(),
                    context.timers(),
                    context.options().zone()));
        }
        context.onStop(
                "ready notices",
                context.bus()
                        .subscribe(
                                context.subjects().ready(context.id()),
                                Ready.class,
                                ready -> plottings.stream()
                                        .filter(p -> p.farm().info().id().equals(ready.farm()))
                                        .forEach(p -> p.ready(ready))));
        context.onStop(
                "job states",
                context.bus()
                        .subscribe(
                                context.subjects().jobState(context.id()),
                                JobState.class,
                                state -> plottings.forEach(p -> p.state(state))));
        var infos = context.scheduler().every(APP_INFO, this::refreshInfo);
        context.onStop("app info", infos::cancel);
        var steps = context.scheduler().every(STEP, this::stepAll);
        context.onStop("plotting", steps::cancel);
    }

    private void stepAll() {
        for (FarmPlotting plotting : plottings) {
            try {
                plotting.step();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void publishStates() {
        for (int i = 0; i < farms.size(); i++) {
            Farm farm = farms.get(i).farm();
            AuditLoop loop = loops.get(i);
            Optional<FarmPlotting> plotting =
                    plottings.stream().filter(p -> p.farm().equals(farm)).findFirst();
            String text =
                    loop.fault().isEmpty() ? plotting.map(FarmPlotting::fault).orElse("") : loop.fault();
            context.bus()
                    .publish(
                            context.subjects().farmState(farm.info().id()),
                            new FarmState(
                                    farm.info().id(),
                                    context.id(),
                                    context.self().host(),
                                    farm.folder().toString(),
                                    farm.publicKey(),
                                    farm.targetSectors(),
                                    storedSectors(farm),
                                    0,
                                    plotting.map(p -> p.plan().unusableSectors(currentHistorySize() - 1))
                                            .orElse(0),
                                    0,
                                    plotting.map(p -> p.plan().runningSectors()).orElse(0),
                                    loop.fault().isEmpty(),
                                    plotting.isEmpty(),
                                    loop.lastAuditMillis(),
                                    0,
                                    text.length() > 512 ? text.substring(0, 512) : text));
            if (!loop.fault().isEmpty() && (settings.exitOnFarmError() || farms.size() == 1)) {
                context.fail(farm.folder() + ": " + loop.fault());
            }
        }
    }

    private static long storedSectors(Farm farm) {
        long stored = 0;
        for (int sector = 0; sector < farm.targetSectors(); sector++) {
            stored += farm.isStored(sector) ? 1 : 0;
        }
        return stored;
    }

    private void observe() {
        for (StoredFarm farm : farms) {
            context.metrics()
                    .observe(
                            "sectors_stored",
                            "Sectors in the farm",
                            () -> storedSectors(farm.farm()),
                            "farm",
                            farm.farm().info().id().toString());
        }
        context.self()
                .figure(
                        "sectors_stored",
                        () -> farms.stream()
                                .mapToLong(f -> storedSectors(f.farm()))
                                .sum());
        context.self()
                .figure(
                        "sectors_total",
                        () -> farms.stream()
                                .mapToLong(f -> f.farm().targetSectors())
                                .sum());
    }
}
