package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.farm.Farm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plots one farm: keeps its plan, sends jobs as far as the disk has permits, fetches what plot-servers have ready, and tries again where nothing is
 * heard. The farm is the truth about what is stored; jobs that a restart forgot are taken when their sectors are announced.
 */
final class FarmPlotting {
    private static final Logger LOG = LoggerFactory.getLogger(FarmPlotting.class);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** What plotting needs to know of the chain. */
    interface Chain {
        /** Parameters with the current history size; empty until they are known. */
        Optional<FarmerProtocolInfo> protocolInfo();

        /** The history size by which the chain judges solutions. */
        long currentHistorySize();

        /** The history size by which replotting is decided, which follows the current one after a delay. */
        long expiryHistorySize();
    }

    /**
     * A job that was sent.
     *
     * @param begun whether a server is known to work on it; until then it waits in the queue, where others may be before it
     */
    private record Running(PlotJob job, PlotPlan.Cause cause, boolean begun, long heardNanos) {
        Running heard(long nanos) {
            return new Running(job, cause, true, nanos);
        }

        Running queued(long nanos) {
            return new Running(job, cause, false, nanos);
        }

        Timer patience() {
            return begun ? Timer.READY_LOST : Timer.JOB_MAX_AGE;
        }
    }

    private record Fetch(SectorFetch of, long heardNanos) {}

    private final InstanceId self;
    private final InstanceId farmId;
    private final Farm farm;
    private final PlotPlan plan;
    private final Chain chain;
    private final HeaderChain headers;
    private final SectorExpiry expiry;
    private final JobQueue jobs;
    private final BulkClient client;
    private final ExecutorService threads;
    private final ClientMetrics metrics;
    private final Scheduler scheduler;
    private final Timers timers;
    private final String zone;
    private final Map<InstanceId, Running> running = new HashMap<>();
    private final Map<Integer, InstanceId> jobOfSector = new HashMap<>();
    /** What is being fetched, or was begun and broke off, by sector. */
    private final Map<Integer, Fetch> fetches = new HashMap<>();
    /** Sectors that a thread is fetching. */
    private final Set<Integer> fetching = new HashSet<>();

    private volatile String fault = "";

    FarmPlotting(
            InstanceId self,
            Farm farm,
            PlotPlan plan,
            Chain chain,
            HeaderChain headers,
            JobQueue jobs,
            BulkClient client,
            ExecutorService threads,
            ClientMetrics metrics,
            Scheduler scheduler,
            Timers timers,
            String zone) {
        this.self = self;
        this.farmId = farm.info().id();
        this.farm = farm;
        this.plan = plan;
        this.chain = chain;
        this.headers = headers;
        this.expiry = new SectorExpiry(headers::commitment);
        this.jobs = jobs;
        this.client = client;
        this.threads = threads;
        this.metrics = metrics;
        this.scheduler = scheduler;
        this.timers = timers;
        this.zone = zone;
        for (int sector = 0; sector < farm.targetSectors(); sector++) {
            if (farm.hasSector(sector)) {
                plan.stored(sector, farm.historySize(sector));
            }
            if (farm.hasSector(sector) && !farm.isStored(sector)) {
                plan.damaged(sector);
            }
        }
    }

    PlotPlan plan() {
        return plan;
    }

    Farm farm() {
        return farm;
    }

    /** The latest reason why plotting does not go on, empty while it does. */
    String fault() {
        return fault.isEmpty() ? waiting() : fault;
    }

    /** Says so where none of the jobs has been taken for long: nobody may be there to take them. */
    private synchronized String waiting() {
        if (running.values().stream().anyMatch(Running::begun)) {
            return "";
        }
        Duration waited = running.values().stream()
                .map(r -> Duration.ofNanos(scheduler.nanoTime() - r.heardNanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (waited.compareTo(timers.get(Timer.READY_LOST)) <= 0) {
            return "";
        }
        boolean second = running.values().stream().anyMatch(r -> r.job().posVersion() == PosVersion.V2);
        return "no plot-server has taken a job for " + waited.toSeconds() + " s"
                + (second ? "; the second proof-of-space rule needs one without cards or with --cpu-fallback" : "");
    }

    /** Works out expiries, gives up what is silent, sends the next jobs. Called again and again by one thread. */
    void step() throws InterruptedException {
        Optional<FarmerProtocolInfo> info = chain.protocolInfo();
        if (info.isEmpty() || headers.size() == 0) {
            return;
        }
        determineExpiries(info.get().minSectorLifetime());
        giveUpSilent();
        boolean sent = true;
        while (sent) {
            sent = sendNext(info.get());
        }
    }

    private void determineExpiries(long minLifetime) {
        for (int sector = 0; sector < farm.targetSectors(); sector++) {
            if (!farm.isStored(sector) || !plan.expiryUnknown(sector)) {
                continue;
            }
            int index = sector;
            expiry.historySize(farm.publicKey(), sector, farm.historySize(sector), minLifetime)
                    .ifPresent(expires -> plan.expiresAt(index, expires - 1));
        }
    }

    private synchronized void giveUpSilent() {
        running.values().removeIf(r -> {
            int sector = r.job().sectorIndex();
            Duration patience = timers.get(r.patience());
            boolean silent = !fetching.contains(sector) && scheduler.nanoTime() - r.heardNanos() > patience.toNanos();
            if (silent) {
                LOG.warn("sector {}: nothing heard of its job for {}, trying again", sector, patience);
                plan.failed(sector);
            }
            return silent;
        });
        long limit = timers.get(Timer.READY_LOST).toNanos();
        for (Integer sector : List.copyOf(fetches.keySet())) {
            Fetch fetch = fetches.get(sector);
            if (fetch != null && !fetching.contains(sector) && scheduler.nanoTime() - fetch.heardNanos() > limit) {
                drop(sector);
            }
        }
    }

    private boolean sendNext(FarmerProtocolInfo info) throws InterruptedException {
        Optional<PlotPlan.Choice> choice = plan.next(Math.min(chain.expiryHistorySize(), info.historySize()));
        if (choice.isEmpty()) {
            return false;
        }
        PlotPlan.Choice sector = choice.get();
        PlotJob job;
        synchronized (this) {
            InstanceId id = sector.attempt() > 1 ? jobOfSector.getOrDefault(sector.sectorIndex(), newId()) : newId();
            jobOfSector.put(sector.sectorIndex(), id);
            job = new PlotJob(
                    id,
                    sector.attempt(),
                    self,
                    farmId,
                    farm.publicKey(),
                    sector.sectorIndex(),
                    info.historySize(),
                    farm.info().piecesInSector(),
                    info,
                    farm.posVersionFor(info.historySize()),
                    priority(sector.cause()),
                    zone,
                    scheduler.millis());
            running.put(id, new Running(job, sector.cause(), false, scheduler.nanoTime()));
        }
        JobQueue.Submission submission = jobs.submit(job);
        if (submission == JobQueue.Submission.REFUSED) {
            fault = "no plot-server takes jobs at the moment";
            synchronized (this) {
                running.remove(job.job());
            }
            plan.failed(sector.sectorIndex());
            return false;
        }
        if (submission == JobQueue.Submission.OFFERED) {
            synchronized (this) {
                running.computeIfPresent(job.job(), (id, r) -> r.heard(scheduler.nanoTime()));
            }
        }
        fault = "";
        return true;
    }

    private InstanceId newId() {
        return InstanceId.random(scheduler.clock(), java.util.concurrent.ThreadLocalRandom.current());
    }

    /** Progress or failure of one of our jobs. */
    void state(JobState state) {
        synchronized (this) {
            Running known = running.get(state.job());
            if (known == null || known.job().attempt() < state.attempt()) {
                return;
            }
            // Work on an earlier attempt is as good: whichever sector of the job is ready first is stored.
            if (state.stage() == JobStage.PARKED && known.job().attempt() == state.attempt()) {
                running.remove(state.job());
                plan.failed(known.job().sectorIndex());
                fault = state.text();
            } else if (state.stage() == JobStage.FAILED) {
                running.put(state.job(), known.queued(scheduler.nanoTime()));
            } else {
                running.put(state.job(), known.heard(scheduler.nanoTime()));
            }
        }
    }

    /** A sector waits for us in a plot-server's spool. */
    void ready(Ready ready) {
        int sector = ready.sectorIndex();
        PlotPlan.Cause cause;
        SectorFetch fetch;
        synchronized (this) {
            if (fetching.contains(sector)) {
                return;
            }
            Running known = running.computeIfPresent(ready.job(), (job, r) -> r.heard(scheduler.nanoTime()));
            Optional<SectorFetch> begun = begun(ready);
            if (sector >= farm.targetSectors() || (known == null && begun.isEmpty() && alreadyBetter(ready))) {
                threads.execute(() -> disown(ready));
                return;
            }
            if (begun.isEmpty()) {
                drop(sector);
            }
            cause = known == null ? causeOf(sector) : known.cause();
            fetch = begun.orElseGet(() -> fetchOf(ready));
            fetches.put(sector, new Fetch(fetch, scheduler.nanoTime()));
            fetching.add(sector);
        }
        threads.execute(() -> fetch(fetch, cause));
    }

    private SectorFetch fetchOf(Ready ready) {
        return new SectorFetch(client, farm, ready, () -> !isExpired(ready.sectorIndex()), FarmSpace.DISKS);
    }

    /** True where the chain refuses solutions of the stored sector. */
    private boolean isExpired(int sector) {
        return chain.protocolInfo()
                .map(info -> expiry.isExpired(
                        farm.publicKey(),
                        sector,
                        farm.historySize(sector),
                        info.minSectorLifetime(),
                        chain.currentHistorySize()))
                .orElse(false);
    }

    private Optional<SectorFetch> begun(Ready ready) {
        return Optional.ofNullable(fetches.get(ready.sectorIndex()))
                .map(Fetch::of)
                .filter(f -> f.ready().job().equals(ready.job()) && f.ready().attempt() == ready.attempt());
    }

    /** Forgets a transfer that nobody works on. A stored sector that was given up for it is plotted again. */
    private void drop(int sector) {
        Fetch fetch = fetches.remove(sector);
        if (fetch != null) {
            fetch.of().close();
        }
        if (farm.hasSector(sector) && !farm.isStored(sector)) {
            plan.damaged(sector);
        }
    }

    /** True where what is stored, or being plotted, is at least as good as what is offered by a job that we do not know. */
    private boolean alreadyBetter(Ready ready) {
        int sector = ready.sectorIndex();
        if (plan.isRunning(sector) || farm.isModifying(sector)) {
            return true;
        }
        return farm.isStored(sector) && Long.compareUnsigned(farm.historySize(sector), ready.historySize()) >= 0;
    }

    private PlotPlan.Cause causeOf(int sector) {
        return farm.isStored(sector) ? PlotPlan.Cause.EXPIRED : PlotPlan.Cause.NEW;
    }

    private void fetch(SectorFetch fetch, PlotPlan.Cause cause) {
        Ready ready = fetch.ready();
        int sector = ready.sectorIndex();
        try {
            fetch.run(SILENCE);
            plan.stored(sector, ready.historySize());
            metrics.plotted(cause);
            LOG.info("{}: sector {} stored ({})", farm.folder(), sector, cause);
            synchronized (this) {
                running.remove(ready.job());
                jobOfSector.remove(sector);
            }
            fault = "";
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: sector {} not stored: {}", farm.folder(), sector, e.toString());
            fault = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                fetching.remove(sector);
                running.computeIfPresent(ready.job(), (job, r) -> r.heard(scheduler.nanoTime()));
                if (!fetch.isBegun()) {
                    drop(sector);
                }
            }
        }
    }

    /** Lets the server drop what nobody wants. */
    private void disown(Ready ready) {
        for (String address : ready.addresses()) {
            try {
                client.stored(address, ready.job(), ready.attempt(), SILENCE);
                return;
            } catch (IOException e) {
                LOG.debug("sector {} of {} not disowned: {}", ready.sectorIndex(), address, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static JobPriority priority(PlotPlan.Cause cause) {
        return switch (cause) {
            case EXPIRED -> JobPriority.EXPIRED;
            case ABOUT_TO_EXPIRE -> JobPriority.ABOUT_TO_EXPIRE;
            case DAMAGED -> JobPriority.DAMAGED;
            case NEW -> JobPriority.NEW;
        };
    }
}
