package network.autonomys.farmer.proofserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.ProofVerifier;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.PieceCheckParams;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.DevSegment;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.SimulatedCache;
import network.autonomys.farmer.runtime.sim.SimulatedProcess;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole proof server between a plot-client, a controller and caches; only NATS is simulated. */
class ProofServerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final InstanceId SERVER = new InstanceId(9, 9);
    private static final Bytes KEY = Bytes.of(Blake3.hash(new byte[] {1}));
    private static final int SECTOR = 4;
    private static final int OFFSET = 1;
    private static final Fraction RECENT = new Fraction(1, 10);
    private static final Timers TIMERS = Timers.demo();

    /** A challenge whose s-bucket has a proof, and what the plot stores there. */
    private record Candidate(Bytes challenge, int sBucket, long pieceIndex, Bytes stored) {}

    private static DevSegment segment;
    private static Kzg kzg;
    private static RecordEngine engine;
    private static Candidate candidate;

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker = new MemoryBroker(new Subjects("main"), scheduler, TIMERS, scheduler::execute);
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private SimulatedProcess client;

    @BeforeAll
    static void compute() {
        segment = new DevSegment(new Random(3));
        kzg = Kzg.cpu(KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile())));
        engine = new CpuRecordEngine(kzg.field(), VectorForm.SCALAR);
        Bytes sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(KEY), SECTOR, 1);
        long index = SectorIds.pieceIndex(sectorId, OFFSET, 1, 1000, 5, RECENT);
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        try (ProofTable table = engine.table(
                PosVersion.V1, SectorIds.evaluationSeed(sectorId, OFFSET).toArray())) {
            for (int i = 0; candidate == null; i++) {
                Bytes challenge = Bytes.of(Blake3.hash(new byte[] {(byte) i, 7}));
                int sBucket = Challenges.sBucket(Challenges.sectorSlotChallenge(sectorId, challenge));
                // Chunks of even s-buckets are those of the record itself.
                if (sBucket % 2 == 0 && table.findProof(sBucket, proof)) {
                    Bytes chunk = Bytes.copyOf(segment.piece((int) index), sBucket / 2 * 32, sBucket / 2 * 32 + 32);
                    candidate = new Candidate(challenge, sBucket, index, Challenges.mask(chunk, Bytes.of(proof)));
                }
            }
        }
    }

    @AfterAll
    static void free() {
        engine.close();
        kzg.close();
    }

    @BeforeEach
    void surroundings() {
        client = closing(new SimulatedProcess(broker, scheduler, TIMERS, Role.PLOT_CLIENT, new InstanceId(1, 1)));
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
    }

    @AfterEach
    void stop() throws Exception {
        while (!closers.isEmpty()) {
            closers.pop().close();
        }
        scheduler.close();
    }

    @Test
    void aRequestBecomesASolutionThatTheChainAccepts() throws Exception {
        SimulatedCache cache = cache(3, segment.piece((int) candidate.pieceIndex()));
        server(2, 4);
        for (int i = 0; i < 2; i++) {
            ProofAnswer answer = ask(candidate.stored(), LONG);
            assertThat(answer.refused()).isEmpty();
            PieceCheckParams params =
                    new PieceCheckParams(1000, segment.header().segmentCommitment(), 5, RECENT, 4, 1, Optional.empty());
            long distance = new SolutionVerifier(kzg, new ProofVerifier(VectorForm.SCALAR)::isValid)
                    .verify(answer.solution().orElseThrow(), candidate.challenge(), -1, Optional.of(params));
            assertThat(Long.compareUnsigned(distance, Long.MAX_VALUE)).isNotPositive();
        }
        assertThat(cache.served()).isEqualTo(1);
    }

    @Test
    void badBytesAreRefusedAndTheSolutionMadeFromAnotherCache() throws Exception {
        byte[] otherChunk = segment.piece((int) candidate.pieceIndex());
        otherChunk[32 * (candidate.sBucket() / 2 == 0 ? 1 : 0) + 5] ^= 1;
        cache(3, otherChunk);
        cache(4, otherChunk);
        byte[] otherWitness = segment.piece((int) (candidate.pieceIndex() + 3) % 256);
        cache(5, otherWitness);
        SimulatedProcess server = server(2, 4);
        // A slow machine does not get through all three in the time of one request, nor answers each in time.
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(BusException.class)
                .until(() -> {
                    assertThat(ask(candidate.stored(), Duration.ofSeconds(8)).solution())
                            .isEmpty();
                    return server.host().metrics().text().contains("autonomys_farmer_pieces_refused_total 3.0");
                });
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(BusException.class)
                .until(() -> ask(candidate.stored(), Duration.ofSeconds(4))
                        .refused()
                        .equals(Optional.of(ReasonCode.NO_PIECE)));
        cache(6, segment.piece((int) candidate.pieceIndex()));
        assertThat(ask(candidate.stored(), LONG).solution()).isPresent();
    }

    @Test
    void aChunkThatTheSectorDoesNotStoreIsNoReasonToBlameTheCache() throws Exception {
        cache(3, segment.piece((int) candidate.pieceIndex()));
        SimulatedProcess server = server(2, 4);
        assertThat(ask(Bytes.zeros(32), LONG).refused()).contains(ReasonCode.NO_SOLUTION);
        assertThat(server.host().metrics().text()).contains("autonomys_farmer_pieces_refused_total 0.0");
    }

    @Test
    void moreThanItCanDoIsBusyAtOnceAndEverybodyIsAnswered() throws Exception {
        cache(3, segment.piece((int) candidate.pieceIndex()));
        server(1, 2);
        List<Callable<ProofAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(() -> ask(candidate.stored(), LONG));
        }
        int solved = 0;
        int busy = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ProofAnswer> answer : threads.invokeAll(calls)) {
                ProofAnswer one = answer.get();
                solved += one.solution().isPresent() ? 1 : 0;
                busy += one.refused().equals(Optional.of(ReasonCode.BUSY)) ? 1 : 0;
            }
        }
        assertThat(solved).isBetween(2, 6);
        assertThat(solved + busy).isEqualTo(12);
    }

    private ProofAnswer ask(Bytes stored, Duration budget) throws Exception {
        Bus bus = client.bus();
        ProofRequest request = new ProofRequest(
                new InstanceId(1, 1),
                KEY,
                KEY,
                SECTOR,
                1,
                1000,
                OFFSET,
                candidate.pieceIndex(),
                candidate.sBucket(),
                stored,
                PosVersion.V1,
                1,
                candidate.challenge(),
                0,
                -1,
                -1);
        return bus.call(bus.subjects().proof(SERVER), request, ProofAnswer.class, budget);
    }

    private SimulatedCache cache(int number, byte[] piece) throws Exception {
        SimulatedCache cache = closing(new SimulatedCache(broker, scheduler, TIMERS, new InstanceId(number, number)));
        cache.put(candidate.pieceIndex(), piece);
        return cache;
    }

    private SimulatedProcess server(int proofs, int queue) {
        SimulatedProcess process = closing(new SimulatedProcess(broker, scheduler, TIMERS, Role.PROOF_SERVER, SERVER));
        closing(ProofServer.start(
                process.host(),
                new ProofServerSettings(queue, queue, proofs, 8 << 20, Duration.ofMillis(700), Optional.empty()),
                new Prover(engine, kzg),
                kzg,
                BulkSettings.of("main", SERVER, Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(15))));
        return process;
    }

    private <T extends AutoCloseable> T closing(T part) {
        closers.push(part);
        return part;
    }
}
