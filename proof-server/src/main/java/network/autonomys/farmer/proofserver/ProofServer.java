package network.autonomys.farmer.proofserver;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.Parts;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.ChainView;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.ring.RingService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkSettings;

/** A proof server at work: requests, pieces from the caches, the desk, and what it says about itself. */
final class ProofServer implements AutoCloseable {
    private static final Duration BITMAPS = Duration.ofSeconds(5);

    private final Parts parts = new Parts("proof server");
    private final Registration requests;

    private ProofServer(CacheHost host, ProofServerSettings settings, Prover prover, Kzg kzg, BulkSettings bulk) {
        BulkClient client = parts.add(new BulkClient(bulk, host.timers().get(Timer.BULK_IDLE)));
        RingService ring = parts.add(new RingService(host.bus(), host.scheduler(), host.timers(), settings.ringFile()));
        ring.start();
        PieceFinder finder = parts.add(PieceFinder.of(
                host,
                ring::ring,
                new BulkPieceTransport(client, TrafficClass.PROOF, host.report().host(), BITMAPS)));
        ChainView chain = parts.add(ChainView.start(host));
        PieceLookup pieces = new TierLookup(finder);
        ProofDesk desk = parts.add(new ProofDesk(
                pieces,
                new ChainSolutions(prover, kzg, chain),
                settings,
                host.scheduler()::nanoTime,
                host.report()::served));
        host.report().load(desk::waiting, desk::running, settings::proofs);
        host.metrics().observe("queue", "Requests waiting for the engine.", desk::waiting);
        host.metrics().observe("recent_pieces_bytes", "Bytes of pieces kept for the next proof.", desk::recentBytes);
        Metrics.Count answers = host.metrics().count("proofs_total", "Answers to proof requests.", "result");
        Metrics.Times times = host.metrics().times("proof_seconds", "Time from a request to its answer.");
        Bus bus = host.bus();
        parts.add(bus.subscribe(bus.subjects().proofCancel(host.report().id()), ProofCancel.class, desk::cancel));
        requests = bus.serve(bus.subjects().proof(host.report().id()), ProofRequest.class, (request, deadline) -> {
            long start = host.scheduler().nanoTime();
            ProofAnswer answer = desk.answer(request, deadline.nanos());
            times.recordNanos(host.scheduler().nanoTime() - start);
            answers.increment(answer.refused().map(r -> r.label()).orElse("solved"));
            return answer;
        });
        parts.add(requests);
        parts.add(new FirstPiece(pieces, host.scheduler()));
    }

    /** Pieces of proofs from the cluster's cache tier. */
    private record TierLookup(PieceFinder finder) implements PieceLookup {
        @Override
        public Optional<PieceFinder.Found> piece(long pieceIndex, Duration limit) throws InterruptedException {
            return finder.piece(pieceIndex, limit);
        }

        @Override
        public void refuse(long pieceIndex, String source) {
            finder.refuse(pieceIndex, source);
        }
    }

    /**
     * Starts to serve at once.
     *
     * @param prover makes the solutions; its engines stay the caller's, as does {@code kzg}, and are closed after this
     */
    static ProofServer start(CacheHost host, ProofServerSettings settings, Prover prover, Kzg kzg, BulkSettings bulk) {
        ProofServer server = new ProofServer(host, settings, prover, kzg, bulk);
        host.presence().state(MemberState.READY, "");
        return server;
    }

    /** Takes no new request; those at hand are answered. */
    void drain() {
        requests.close();
    }

    /** Answers what waits, lets what is computed end for a moment, closes. */
    @Override
    public void close() {
        parts.close();
    }
}
