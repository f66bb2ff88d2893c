package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.ManualScheduler;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.storage.farm.Farm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the plan to the stored sector, over transfers that break off, and what becomes of the sector that was there. */
class FarmPlottingTest {
    private static final InstanceId SELF = new InstanceId(1, 2);
    private static final int LIFETIME = 2;
    private static final Timers TIMERS = Timers.demo();

    @TempDir
    Path scratch;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, TIMERS);
    private final HeaderChain headers = new HeaderChain();
    private final Spool spool = new Spool();
    private long history;
    private BulkServer server;
    private BulkClient client;
    private Farm farm;
    private JobQueue clients;
    private JobQueue servers;
    private FarmPlotting plotting;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = SectorFixture.serve(spool);
        client = new BulkClient(SectorFixture.SETTINGS, Duration.ofSeconds(5));
        farm = SectorFixture.open(scratch.resolve("farm"));
        clients = JobQueue.forClient(broker.connect(), scheduler, TIMERS, SELF);
        servers = JobQueue.forServer(broker.connect(), scheduler, TIMERS, new InstanceId(5, 6));
        grow(3);
        plotting = plotting();
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        servers.close();
        farm.close();
        client.close();
        server.close();
    }

    /** A spool of one sector that breaks off behind a place. */
    private static final class Spool implements SectorProvider {
        private byte[] content = new byte[0];
        private boolean broken;
        private final List<Long> offsets = new ArrayList<>();

        @Override
        public long length(InstanceId job, long attempt) {
            return content.length;
        }

        @Override
        public synchronized void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException {
            if (broken && offset >= 2 << 20) {
                throw new IOException("the spool's disk fails");
            }
            offsets.add(offset);
            into.put(content, (int) offset, into.remaining());
        }

        @Override
        public void stored(InstanceId job, long attempt) {}
    }

    /** Works on the caller's thread. */
    private static final class Here extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    private void grow(long segments) {
        while (headers.size() < segments) {
            headers.offer(new SegmentHeader(
                    headers.size(),
                    Bytes.zeros(48),
                    headers.last().map(SegmentHeader::hash).orElse(Bytes.zeros(32)),
                    new LastArchivedBlock(10 * headers.size(), new ArchivedBlockProgress.Complete())));
        }
        history = segments;
    }

    private FarmPlotting plotting() {
        FarmPlotting.Chain chain = new FarmPlotting.Chain() {
            @Override
            public Optional<FarmerProtocolInfo> protocolInfo() {
                return Optional.of(
                        new FarmerProtocolInfo(history, SectorFixture.PIECES, 5, new Fraction(1, 10), LIFETIME));
            }

            @Override
            public long currentHistorySize() {
                return history;
            }

            @Override
            public long expiryHistorySize() {
                return history;
            }
        };
        ClientMetrics metrics = new ClientMetrics(
                new Metrics(Map.of()), new SelfReport(SELF, Role.PLOT_CLIENT, "here", "", "1", scheduler.millis()));
        return new FarmPlotting(
                SELF,
                farm,
                new PlotPlan(farm.targetSectors(), 1),
                chain,
                headers,
                clients,
                client,
                new Here(),
                metrics,
                scheduler,
                TIMERS,
                "");
    }

    private PlotJob nextJob() throws InterruptedException {
        plotting.step();
        PlotJob job = servers.take(Duration.ofSeconds(5)).orElseThrow().job();
        spool.content = SectorFixture.transfer(job.sectorIndex(), job.historySize());
        return job;
    }

    private Ready ready(PlotJob job) {
        Ready made = SectorFixture.ready(0, job.sectorIndex(), job.historySize(), spool.content, server);
        return new Ready(
                job.job(),
                job.attempt(),
                SELF,
                farm.info().id(),
                made.sectorIndex(),
                made.historySize(),
                made.server(),
                made.addresses(),
                made.sectorBytes(),
                made.metadataBytes(),
                made.contentHash(),
                made.stageMillis());
    }

    @Test
    void theNextNoticeTakesABrokenTransferUp() throws Exception {
        PlotJob job = nextJob();
        assertThat(job.sectorIndex()).isZero();
        spool.broken = true;
        plotting.ready(ready(job));
        assertThat(farm.isStored(0)).isFalse();
        assertThat(plotting.fault()).isNotEmpty();
        spool.broken = false;
        plotting.ready(ready(job));
        assertThat(farm.isStored(0)).isTrue();
        assertThat(plotting.fault()).isEmpty();
        assertThat(spool.offsets).doesNotHaveDuplicates();
        assertThat(nextJob().sectorIndex()).isOne();
    }

    @Test
    void aTransferThatIsNotOfferedAgainIsGivenUp() throws Exception {
        PlotJob job = nextJob();
        spool.broken = true;
        plotting.ready(ready(job));
        assertThat(farm.isModifying(0)).as("it may go on").isTrue();
        scheduler.advance(TIMERS.get(Timer.READY_LOST).plusSeconds(1));
        PlotJob again = nextJob();
        assertThat(farm.isModifying(0)).isFalse();
        assertThat(again.sectorIndex()).isZero();
        assertThat(again.attempt()).isEqualTo(job.attempt() + 1);
        spool.broken = false;
        plotting.ready(ready(again));
        assertThat(farm.isStored(0)).isTrue();
    }

    @Test
    void aJobThatWaitsInTheQueueIsNotSentASecondTime() throws Exception {
        PlotJob job = nextJob();
        scheduler.advance(TIMERS.get(Timer.READY_LOST).multipliedBy(3));
        plotting.step();
        assertThat(servers.take(Duration.ZERO)).isEmpty();
        assertThat(plotting.fault()).isEqualTo("no plot-server has taken a job for 90 s");
        plotting.state(state(job, JobStage.ENCODING));
        assertThat(plotting.fault()).isEmpty();
        scheduler.advance(TIMERS.get(Timer.READY_LOST).minusSeconds(1));
        plotting.state(state(job, JobStage.ENCODING));
        scheduler.advance(TIMERS.get(Timer.READY_LOST).minusSeconds(1));
        plotting.step();
        assertThat(servers.take(Duration.ZERO)).as("its server works on it").isEmpty();
        plotting.state(state(job, JobStage.FAILED));
        scheduler.advance(TIMERS.get(Timer.READY_LOST).plusSeconds(1));
        plotting.step();
        assertThat(servers.take(Duration.ZERO)).as("back in the queue").isEmpty();
        plotting.state(state(job, JobStage.DOWNLOADING));
        scheduler.advance(TIMERS.get(Timer.READY_LOST).plusSeconds(1));
        assertThat(nextJob().attempt()).as("its server is silent").isEqualTo(job.attempt() + 1);
    }

    @Test
    void aJobThatTheQueueHasDroppedIsSentAgain() throws Exception {
        PlotJob job = nextJob();
        scheduler.advance(TIMERS.get(Timer.JOB_MAX_AGE).plusSeconds(1));
        assertThat(nextJob().attempt()).isEqualTo(job.attempt() + 1);
    }

    private static JobState state(PlotJob job, JobStage stage) {
        return new JobState(job.job(), job.attempt(), new InstanceId(5, 6), stage, 0, Optional.empty(), "");
    }

    @Test
    void aSectorIsGivenUpForItsSuccessorOnlyWhenItHasExpired() throws Exception {
        spool.content = SectorFixture.transfer(0, 1);
        new SectorFetch(client, farm, SectorFixture.ready(0, 0, 1, spool.content, server), () -> false, FarmSpace.DISKS)
                .run(Duration.ofSeconds(5));
        long expires = new SectorExpiry(headers::commitment)
                .historySize(farm.publicKey(), 0, 1, LIFETIME)
                .orElseThrow();
        // One segment before it expires, or at that moment where nobody could know before.
        grow(Math.max(expires - 1, history));
        plotting = plotting();
        PlotJob job = nextJob();
        assertThat(job.sectorIndex()).as("before the new ones").isZero();
        boolean expired = expires <= history;
        assertThat(job.priority()).isEqualTo(expired ? JobPriority.EXPIRED : JobPriority.ABOUT_TO_EXPIRE);
        assertThat(farm.isStored(0)).as("until its successor is ready").isTrue();
        spool.broken = true;
        plotting.ready(ready(job));
        assertThat(farm.isStored(0)).isEqualTo(!expired);
        grow(expires);
        scheduler.advance(TIMERS.get(Timer.READY_LOST).plusSeconds(1));
        PlotJob again = nextJob();
        assertThat(again.sectorIndex())
                .as("plotted again whatever became of it")
                .isZero();
        plotting.ready(ready(again));
        assertThat(farm.isStored(0)).as("it has expired now").isFalse();
        spool.broken = false;
        plotting.ready(ready(again));
        assertThat(farm.isStored(0)).isTrue();
        assertThat(farm.historySize(0)).isEqualTo(again.historySize());
    }
}
