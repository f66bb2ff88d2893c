package network.autonomys.farmer.plotserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.protocol.message.JobPriority;
import network.autonomys.farmer.protocol.message.JobStage;
import network.autonomys.farmer.protocol.message.JobState;
import network.autonomys.farmer.protocol.message.PlotJob;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.engine.Plotting;
import network.autonomys.farmer.runtime.nats.JobQueue;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.DevSegment;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.SimulatedCache;
import network.autonomys.farmer.runtime.sim.SimulatedProcess;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole plot server between a plot-client, a controller and caches; only NATS is simulated. */
class PlotServerTest {
    private static final int PIECES = 2;
    private static final SectorLayout LAYOUT = new SectorLayout(PIECES);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Bytes KEY = Bytes.of(Blake3.hash(new byte[] {1}));
    private static final FarmerProtocolInfo INFO = new FarmerProtocolInfo(1, PIECES, 5, new Fraction(1, 10), 4);
    private static final InstanceId CLIENT = new InstanceId(1, 1);
    private static final Timers TIMERS = Timers.demo().with(Timer.READY_REPEAT, Duration.ofMillis(300));

    private static DevSegment segment;
    private static Kzg kzg;
    private static RecordEngine engine;

    @TempDir
    private Path folder;

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker = new MemoryBroker(new Subjects("main"), scheduler, TIMERS, scheduler::execute);
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private final List<Ready> ready = new CopyOnWriteArrayList<>();
    private final List<JobState> states = new CopyOnWriteArrayList<>();
    private SimulatedProcess client;
    private JobQueue queue;
    private BulkClient bulk;

    @BeforeAll
    static void compute() {
        segment = new DevSegment(new Random(3));
        kzg = Kzg.cpu(KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile())));
        engine = new CpuRecordEngine(kzg.field(), VectorForm.SCALAR);
    }

    @AfterAll
    static void free() {
        engine.close();
        kzg.close();
    }

    @BeforeEach
    void surroundings() {
        client = closing(new SimulatedProcess(broker, scheduler, TIMERS, Role.PLOT_CLIENT, CLIENT));
        SimulatedProcess controller =
                closing(new SimulatedProcess(broker, scheduler, TIMERS, Role.CONTROLLER, new InstanceId(2, 2)));
        controller
                .bus()
                .serve(
                        controller.bus().subjects().headers(),
                        HeadersRequest.class,
                        (request, deadline) -> new HeadersAnswer(request.segmentIndexes().stream()
                                .map(i -> i == 0 ? Optional.of(segment.header()) : Optional.<SegmentHeader>empty())
                                .toList()));
        client.bus().subscribe(client.bus().subjects().ready(CLIENT), Ready.class, ready::add);
        client.bus().subscribe(client.bus().subjects().jobState(CLIENT), JobState.class, states::add);
        queue = closing(JobQueue.forClient(client.bus(), scheduler, TIMERS, CLIENT));
        bulk = closing(new BulkClient(settings(CLIENT), Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() throws Exception {
        while (!closers.isEmpty()) {
            closers.pop().close();
        }
        scheduler.close();
    }

    @Test
    void aJobBecomesASectorThatFarmsAndLeavesTheSpool() throws Exception {
        cache(3);
        server(1L << 30, LONG);
        submit(job(7, 1, PIECES));
        Ready told = firstReady();
        assertThat(told.sectorIndex()).isEqualTo(7);
        byte[] bytes = fetch(told);
        verifySector(told, bytes);
        bulk.stored(told.addresses().getFirst(), told.job(), told.attempt(), SILENCE);
        await().until(() -> files().isEmpty());
        ready.clear();
        await().during(Duration.ofMillis(900)).until(ready::isEmpty);
        assertThat(states).extracting(JobState::stage).contains(JobStage.DOWNLOADING, JobStage.ENCODING);
        assertThat(states).noneMatch(state -> state.reason().isPresent());
    }

    @Test
    void theSpoolSurvivesAKill() throws Exception {
        cache(3);
        server(1L << 30, LONG);
        submit(job(1, 1, PIECES));
        Ready told = firstReady();
        byte[] half = new byte[(int) (told.sectorBytes() + told.metadataBytes())];
        long[] arrived = {0};
        bulk.fetchSector(told.addresses().getFirst(), told.job(), told.attempt(), 0, SILENCE, (offset, block) -> {
            if (arrived[0] < 1 << 20) {
                MemorySegment.copy(block, 0, MemorySegment.ofArray(half), offset, block.byteSize());
                arrived[0] += block.byteSize();
            }
        });
        // What a killed process leaves: the spool as it is, and the beginning of a sector that was being written.
        Files.write(folder.resolve("spool").resolve(new InstanceId(5, 5) + "-1.sector"), new byte[1000]);
        closers.pop().close();
        closers.pop().close();
        ready.clear();
        server(1L << 30, LONG);
        Ready again = firstReady();
        assertThat(again.job()).isEqualTo(told.job());
        assertThat(again.contentHash()).isEqualTo(told.contentHash());
        assertThat(files()).hasSize(2);
        bulk.fetchSector(
                again.addresses().getFirst(),
                again.job(),
                again.attempt(),
                arrived[0],
                SILENCE,
                (offset, block) -> MemorySegment.copy(block, 0, MemorySegment.ofArray(half), offset, block.byteSize()));
        assertThat(Bytes.of(Blake3.hash(half))).isEqualTo(told.contentHash());
    }

    @Test
    void aBadPieceIsRefusedAndComesFromAnotherCache() throws Exception {
        SimulatedCache first = cache(3);
        SimulatedCache second = cache(4);
        for (long index = 0; index < 256; index++) {
            byte[] bad = segment.piece((int) index);
            bad[77_777] ^= 1;
            first.put(index, bad);
        }
        SimulatedProcess process = server(1L << 30, LONG);
        for (int sector = 0; sector < 3; sector++) {
            submit(job(sector, 1, PIECES));
        }
        await().atMost(LONG)
                .until(() -> ready.stream().map(Ready::sectorIndex).distinct().count() == 3);
        for (int sector = 0; sector < 3; sector++) {
            int wanted = sector;
            Ready told = ready.stream()
                    .filter(one -> one.sectorIndex() == wanted)
                    .findFirst()
                    .orElseThrow();
            verifySector(told, fetch(told));
        }
        assertThat(first.served()).isPositive();
        assertThat(second.served()).isEqualTo(3 * PIECES);
        assertThat(process.host().metrics().text())
                .contains("autonomys_farmer_pieces_refused_total " + first.served() + ".0");
    }

    @Test
    void whatCannotBeDoneIsRefusedWithItsReason() throws Exception {
        server(LAYOUT.sectorBytes() + SectorMetadata.SIZE, Duration.ofSeconds(1));
        submit(job(1, 1, PIECES));
        assertThat(refusalOf(1)).isEqualTo(ReasonCode.NO_PIECE);
        submit(job(2, 1, PIECES + 1));
        assertThat(refusalOf(2)).isEqualTo(ReasonCode.SPOOL_FULL);
        submit(job(3, 1, 0));
        assertThat(refusalOf(3)).isEqualTo(ReasonCode.MALFORMED);
        submit(job(4, 0, PIECES));
        assertThat(refusalOf(4)).isEqualTo(ReasonCode.MALFORMED);
        assertThat(states)
                .filteredOn(state -> state.reason().equals(Optional.of(ReasonCode.MALFORMED)))
                .allMatch(state -> state.stage() == JobStage.PARKED);
        assertThat(files()).isEmpty();
        cache(3);
        submit(job(5, 1, PIECES));
        assertThat(firstReady().sectorIndex()).isIn(1, 5);
    }

    /** A host with cards and no leave to use its processor, and one without cards. */
    @Test
    void sectorsOfTheSecondRuleAreLeftToServersThatPlotThem() throws Exception {
        cache(3);
        SimulatedProcess cards =
                server(new InstanceId(9, 8), 1L << 30, LONG, new Plotting(Set.of(PosVersion.V1), engine), "first");
        submit(job(1, 1, PIECES, PosVersion.V2));
        submit(job(2, 1, PIECES, PosVersion.V1));
        await().atMost(LONG).until(() -> ready.stream().anyMatch(told -> told.sectorIndex() == 2));
        await().during(Duration.ofSeconds(2))
                .until(() -> states.stream()
                        .noneMatch(state -> state.job().equals(job(1, 1, PIECES).job())));
        assertThat(cards.bus().workQueue().pending().values()).containsExactly(1L);
        server(1L << 30, LONG);
        await().atMost(LONG).until(() -> ready.stream().anyMatch(told -> told.sectorIndex() == 1));
        assertThat(states)
                .filteredOn(state -> state.job().equals(job(1, 1, PIECES).job()))
                .allMatch(state -> state.server().equals(new InstanceId(9, 9)));
    }

    private ReasonCode refusalOf(int sector) {
        InstanceId id = job(sector, 1, PIECES).job();
        await().atMost(LONG)
                .until(() -> states.stream()
                        .anyMatch(s -> s.job().equals(id) && s.reason().isPresent()));
        return states.stream()
                .filter(s -> s.job().equals(id))
                .flatMap(s -> s.reason().stream())
                .findFirst()
                .orElseThrow();
    }

    private void verifySector(Ready told, byte[] bytes) throws Exception {
        assertThat(Bytes.of(Blake3.hash(bytes))).isEqualTo(told.contentHash());
        SectorMetadata metadata =
                SectorMetadata.decode(Arrays.copyOfRange(bytes, (int) told.sectorBytes(), bytes.length));
        SectorSource source =
                (offset, into) -> MemorySegment.copy(MemorySegment.ofArray(bytes), offset, into, 0, into.byteSize());
        Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(KEY), told.sectorIndex(), 1);
        SectorReader reader = new SectorReader(engine, kzg.field());
        for (int offset = 0; offset < PIECES; offset++) {
            long index = SectorIds.pieceIndex(sectorId, offset, 1, PIECES, 5, new Fraction(1, 10));
            byte[] piece = reader.readPiece(
                    metadata, sectorId, PosVersion.V1, offset, source, SectorReader.Mode.CONCURRENT_CHUNKS);
            assertThat(Arrays.equals(piece, segment.piece((int) index))).isTrue();
        }
        ContentsMap contents = SectorReader.readContentsMap(LAYOUT, source);
        Optional<Solution> solution = Optional.empty();
        for (int slot = 0; solution.isEmpty(); slot++) {
            Bytes challenge = Bytes.of(Blake3.hash(new byte[] {(byte) slot}));
            Audit.Target target = Audit.target(metadata, sectorId, challenge);
            byte[] chunks = Arrays.copyOfRange(bytes, (int) target.offset(), (int) target.offset() + target.bytes());
            for (Audit.Winner winner :
                    Audit.winners(chunks, chunks.length, target.sectorSlotChallenge(), challenge, -1)) {
                Prover.Task task = new Prover.Task(
                        KEY,
                        KEY,
                        told.sectorIndex(),
                        1,
                        contents.recordAt(target.sBucket(), winner.rank()),
                        target.sBucket(),
                        PosVersion.V1);
                solution = new Prover(engine, kzg)
                        .fromPlot(task, metadata, contents, source, SectorReader.Mode.CONCURRENT_CHUNKS);
                if (solution.isPresent()) {
                    PieceCheckParams params = new PieceCheckParams(
                            PIECES,
                            segment.header().segmentCommitment(),
                            5,
                            new Fraction(1, 10),
                            4,
                            1,
                            Optional.empty());
                    long distance = new SolutionVerifier(kzg, new ProofVerifier(VectorForm.SCALAR)::isValid)
                            .verify(solution.get(), challenge, -1, Optional.of(params));
                    assertThat(distance).isEqualTo(winner.distance());
                    break;
                }
            }
        }
    }

    private byte[] fetch(Ready told) throws Exception {
        byte[] bytes = new byte[(int) (told.sectorBytes() + told.metadataBytes())];
        bulk.fetchSector(
                told.addresses().getFirst(),
                told.job(),
                told.attempt(),
                0,
                SILENCE,
                (offset, block) ->
                        MemorySegment.copy(block, 0, MemorySegment.ofArray(bytes), offset, block.byteSize()));
        return bytes;
    }

    private Ready firstReady() {
        await().atMost(LONG.toSeconds(), TimeUnit.SECONDS).until(() -> !ready.isEmpty());
        return ready.getFirst();
    }

    private void submit(PlotJob job) throws InterruptedException {
        assertThat(queue.submit(job)).isEqualTo(JobQueue.Submission.QUEUED);
    }

    private static PlotJob job(int sector, long historySize, int pieces) {
        return job(sector, historySize, pieces, PosVersion.V1);
    }

    private static PlotJob job(int sector, long historySize, int pieces, PosVersion version) {
        return new PlotJob(
                new InstanceId(77, sector),
                1,
                CLIENT,
                new InstanceId(6, 6),
                KEY,
                sector,
                historySize,
                pieces,
                INFO,
                version,
                JobPriority.NEW,
                "",
                0);
    }

    private SimulatedCache cache(int number) throws Exception {
        SimulatedCache cache = closing(new SimulatedCache(broker, scheduler, TIMERS, new InstanceId(number, number)));
        for (int position = 0; position < 256; position++) {
            cache.put(position, segment.piece(position));
        }
        return cache;
    }

    private SimulatedProcess server(long spoolLimit, Duration pieceLimit) throws Exception {
        return server(
                new InstanceId(9, 9),
                spoolLimit,
                pieceLimit,
                new Plotting(EnumSet.allOf(PosVersion.class), engine),
                "spool");
    }

    private SimulatedProcess server(
            InstanceId id, long spoolLimit, Duration pieceLimit, Plotting plotting, String spool) throws Exception {
        SimulatedProcess process = closing(new SimulatedProcess(broker, scheduler, TIMERS, Role.PLOT_SERVER, id));
        PlotServer server = PlotServer.start(
                process.host(),
                new PlotServerSettings(
                        folder.resolve(spool),
                        spoolLimit,
                        folder.resolve(spool + "-ring.bin"),
                        1,
                        2,
                        TrafficClass.PLOT,
                        pieceLimit),
                plotting,
                new PieceChecks(kzg),
                settings(id),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                port -> "127.0.0.1:" + port);
        closers.push(server);
        return process;
    }

    private static BulkSettings settings(InstanceId id) {
        return BulkSettings.of("main", id, Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.toList();
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        closers.push(part);
        return part;
    }
}
