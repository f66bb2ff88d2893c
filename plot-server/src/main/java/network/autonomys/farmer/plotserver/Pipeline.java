package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.JobDelivery;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.time.Scheduler;
import network.autonomys.farmer.storage.spool.Spool;
import network.autonomys.farmer.storage.spool.SpoolEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs and turns them into sectors in the spool. A few jobs are downloading while one is encoded; no job is taken that the spool has no
 * room for, so that a storage host that is away makes this one wait visibly and lose nothing.
 */
final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration TAKE = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Counts what the pipeline does. */
    interface Counters {
        void plotted(Duration downloading, Duration encoding);

        void failed(ReasonCode reason);
    }

    private final InstanceId self;
    private final JobQueue jobs;
    private final Bus bus;
    private final SectorPieces pieces;
    private final PieceCheck check;
    private final RecordEngine engine;
    private final ExecutorService plotting;
    private final Spool spool;
    private final long spoolLimit;
    private final Announcer announcer;
    private final Duration pieceLimit;
    private final Counters counters;
    private final Scheduler scheduler;
    private final Duration progress;
    private final Semaphore encoding = new Semaphore(1, true);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong waitingForStorage = new AtomicLong();
    private final List<Thread> takers = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param progress between two notices to a client whose job is in work
     */
    Pipeline(
            InstanceId self,
            JobQueue jobs,
            Bus bus,
            SectorPieces pieces,
            PieceCheck check,
            RecordEngine engine,
            ExecutorService plotting,
            Spool spool,
            long spoolLimit,
            Announcer announcer,
            Duration pieceLimit,
            Counters counters,
            Scheduler scheduler,
            Duration progress) {
        this.self = self;
        this.jobs = jobs;
        this.bus = bus;
        this.pieces = pieces;
        this.check = check;
        this.engine = engine;
        this.plotting = plotting;
        this.spool = spool;
        this.spoolLimit = spoolLimit;
        this.announcer = announcer;
        this.pieceLimit = pieceLimit;
        this.counters = counters;
        this.scheduler = scheduler;
        this.progress = progress;
    }

    /** Starts to take jobs, so many at once. */
    void start(int concurrency) {
        for (int i = 0; i < concurrency; i++) {
            takers.add(Thread.ofVirtual().name("sector-" + i).start(this::takeJobs));
        }
    }

    /** Jobs in work. */
    int running() {
        return running.get();
    }

    /** True while finished sectors fill the spool, so that no job is taken. */
    boolean isWaitingForStorage() {
        return waitingForStorage.get() > 0;
    }

    private void takeJobs() {
        while (!stopped) {
            try {
                Optional<JobDelivery> delivery = jobs.take(TAKE);
                if (delivery.isPresent()) {
                    running.incrementAndGet();
                    try {
                        work(delivery.get());
                    } finally {
                        running.decrementAndGet();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work(JobDelivery delivery) throws InterruptedException {
        PlotJob job = delivery.job();
        Optional<SpoolEntry> done = spool.find(job.job(), job.attempt());
        if (done.isPresent()) {
            delivery.done();
            announcer.announce(done.get());
            return;
        }
        SectorWork sector;
        try {
            sector = new SectorWork(job);
        } catch (IllegalArgumentException e) {
            park(delivery, ReasonCode.MALFORMED, "no such sector: " + e.getMessage());
            return;
        }
        if (sector.spoolBytes() > spoolLimit) {
            refuse(
                    delivery,
                    ReasonCode.SPOOL_FULL,
                    "the sector has " + sector.spoolBytes() + " bytes, the spool may take " + spoolLimit
                            + ": --spool-limit is too small");
            return;
        }
        if (!reserve(sector.spoolBytes())) {
            delivery.failed(Duration.ZERO);
            return;
        }
        boolean stored = false;
        try {
            SpoolEntry entry = plot(job, sector);
            stored = true;
            delivery.done();
            announcer.announce(entry);
        } catch (MissingPiecesException e) {
            refuse(delivery, ReasonCode.NO_PIECE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse(delivery, ReasonCode.INTERNAL, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            delivery.failed(Duration.ZERO);
            throw e;
        } finally {
            if (!stored) {
                spool.release(sector.spoolBytes());
            }
        }
    }

    /** Gives a job to another server, unless several have failed. */
    private void refuse(JobDelivery delivery, ReasonCode reason, String text) {
        boolean again = delivery.failed(RETRY);
        tellFailure(delivery.job(), again ? JobStage.FAILED : JobStage.PARKED, reason, text);
    }

    /** Ends a job that no server can do. */
    private void park(JobDelivery delivery, ReasonCode reason, String text) {
        delivery.drop();
        tellFailure(delivery.job(), JobStage.PARKED, reason, text);
    }

    private void tellFailure(PlotJob job, JobStage stage, ReasonCode reason, String text) {
        LOG.warn("sector {} of farm {}: {}", job.sectorIndex(), job.farm(), text);
        counters.failed(reason);
        bus.publish(
                bus.subjects().jobState(job.client()),
                new JobState(job.job(), job.attempt(), self, stage, 0, Optional.of(reason), text));
    }

    private SpoolEntry plot(PlotJob job, SectorWork sector) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Arena arena = Arena.ofShared();
                JobProgress told = new JobProgress(self, bus, job, scheduler, progress)) {
            SectorWork.Prepared prepared = sector.fetch(pieces, check, plotting, pieceLimit, arena);
            Duration downloading = Duration.ofNanos(System.nanoTime() - start);
            encoding.acquire();
            try {
                told.begin(JobStage.ENCODING, job.piecesInSector());
                long begun = System.nanoTime();
                EncodedSector encoded = sector.encode(prepared, engine, plotting, arena, told::step);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                told.begin(JobStage.SPOOLING, 0);
                SpoolEntry entry = new SpoolEntry(
                        job, encoded.sector().byteSize(), encoded.metadata().byteSize(), encoded.contentHash());
                spool.put(entry, encoded.sector(), encoded.metadata());
                counters.plotted(downloading, took);
                LOG.info(
                        "sector {} of farm {} encoded: {} ms download, {} ms encoding",
                        job.sectorIndex(),
                        job.farm(),
                        downloading.toMillis(),
                        took.toMillis());
                return entry;
            } finally {
                encoding.release();
            }
        }
    }

    /** Waits until the spool has room. */
    private boolean reserve(long bytes) throws InterruptedException {
        boolean waited = false;
        try {
            while (!spool.reserve(bytes)) {
                if (stopped) {
                    return false;
                }
                if (!waited) {
                    waited = true;
                    waitingForStorage.incrementAndGet();
                    LOG.warn("the spool is full ({} bytes): waiting for plot-clients to fetch", spool.usedBytes());
                }
                Thread.sleep(TAKE);
            }
            return true;
        } finally {
            if (waited) {
                waitingForStorage.decrementAndGet();
            }
        }
    }

    /** Takes no new job and gives back those at hand: another server gets them. */
    @Override
    public void close() {
        stopped = true;
        takers.forEach(Thread::interrupt);
        for (Thread taker : takers) {
            try {
                taker.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        plotting.shutdown();
    }
}
