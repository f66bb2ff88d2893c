package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.frame.HandshakeProof;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.DaemonContext;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.KzgAgreement;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.engine.Cards;
import network.autonomys.farmer.runtime.engine.EngineOptions;
import network.autonomys.farmer.runtime.engine.Engines;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires a proof-server: pieces from the caches, the prover, the desk. */
final class ProofServer {
    private static final Logger LOG = LoggerFactory.getLogger(ProofServer.class);
    private static final Duration BITMAPS = Duration.ofSeconds(5);
    private static final Duration FIRST_ESTIMATE = Duration.ofMillis(700);
    private static final int WARM_UP_ROUNDS = 1;

    private ProofServer() {}

    static void start(
            DaemonContext context, int maxQueue, int concurrency, KzgParameters kzg, EngineOptions engineOptions)
            throws ConfigurationException, InterruptedException {
        context.self().kzgDigest(kzg.digest());
        Engines engines = context.onStop("engines", Engines.processor(kzg));
        Cards cards = context.onStop("graphics cards", engineOptions.cards(engines.records(), System.getenv()));
        cards.observe(context.metrics());
        Prover prover = new Prover(cards.records(), cards.kzg(engines.kzg()));
        context.waiting("warming up");
        warmUp(prover, cards.records());
        PieceFinder finder = finder(context);
        context.onStop(
                "KZG agreement",
                new KzgAgreement(
                        context.bus(),
                        context.scheduler(),
                        context.timers().get(Timer.RING_REFRESH),
                        kzg.digest(),
                        context::refuse));
        Metrics.Count answers = context.metrics().count("proofs_total", "Answers to proof requests", "result");
        Metrics.Times times = context.metrics().times("proof_seconds", "Time from a request to its answer");
        ProofDesk desk = context.onStop(
                "desk",
                new ProofDesk(
                        finder::piece,
                        (request, piece) -> solve(prover, request, piece),
                        maxQueue,
                        concurrency,
                        FIRST_ESTIMATE,
                        System::nanoTime,
                        context.self()::served));
        context.self().load(desk::waiting, desk::running, () -> concurrency);
        var service = context.bus()
                .serve(context.subjects().proof(context.id()), ProofRequest.class, (request, deadline) -> {
                    long start = System.nanoTime();
                    ProofAnswer answer = desk.answer(request, deadline.nanos());
                    times.recordNanos(System.nanoTime() - start);
                    answers.increment(answer.refused().map(r -> r.label()).orElse("solved"));
                    return answer;
                });
        context.onStop("requests", service);
        context.onDrain(service::close);
        context.onStop(
                "cancellations",
                context.bus().subscribe(context.subjects().proofCancel(context.id()), ProofCancel.class, desk::cancel));
        context.ready();
    }

    private static Optional<Solution> solve(Prover prover, ProofRequest request, byte[] piece) {
        return prover.fromPiece(
                new Prover.Task(
                        request.publicKey(),
                        request.rewardAddress(),
                        request.sectorIndex(),
                        request.historySize(),
                        request.pieceOffset(),
                        request.sBucket(),
                        request.posVersion()),
                request.chunk(),
                piece);
    }

    /** Proves something of no meaning a few times, so that the first real request finds compiled code. */
    private static void warmUp(Prover prover, RecordEngine records) {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        long start = System.nanoTime();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (int sBucket = 0; sBucket < 2; sBucket++) {
                byte[] proof = new byte[Constants.POS_PROOF_SIZE];
                Bytes key = Bytes.zeros(32);
                Prover.Task task = new Prover.Task(key, key, round, 1, 0, sBucket, PosVersion.V1);
                // The zero record's chunks are zero, so that the stored chunk is the hash of the proof itself.
                try (var table = records.table(PosVersion.V1, prover.seed(task))) {
                    if (table.findProof(sBucket, proof)) {
                        prover.fromPiece(task, Bytes.of(network.autonomys.farmer.core.hash.Blake3.hash(proof)), piece);
                    }
                }
            }
        }
        LOG.info("warmed up in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private static PieceFinder finder(DaemonContext context) throws ConfigurationException {
        BulkSettings bulk = BulkSettings.of(
                context.subjects().cluster(),
                context.id(),
                context.options().dataSecret().map(HandshakeProof::new),
                context.timers().get(Timer.BULK_PING),
                context.timers().get(Timer.BULK_DEAD));
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
                                client, TrafficClass.PROOF, context.self().host(), BITMAPS)));
    }
}
