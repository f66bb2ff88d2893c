package network.autonomys.farmer.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.LeaseRecord;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.protocol.message.Slot;
import network.autonomys.farmer.runtime.Parts;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.HeaderFeed;
import network.autonomys.farmer.runtime.cache.MemoryTier;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceVault;
import network.autonomys.farmer.runtime.cache.PieceVerifier;
import network.autonomys.farmer.runtime.cache.Reinitializer;
import network.autonomys.farmer.runtime.cache.StorePieceVault;
import network.autonomys.farmer.runtime.nats.HeaderStream;
import network.autonomys.farmer.runtime.nats.LeaderElection;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.ring.RingLeader;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller: everything between one node and the cluster (cluster-and-cli §3.10). It lives as long as its process; a node that is away
 * is a state and not an end.
 */
final class Controller implements AutoCloseable, NodeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration HOLDINGS_ANSWER = Duration.ofSeconds(2);
    private static final Duration RECOVERY_REST = Duration.ofMinutes(2);
    private static final Duration SIGN = Duration.ofMillis(400);
    private static final Duration STATE_PERIOD = Duration.ofSeconds(1);
    private static final Duration INFO_PERIOD = Duration.ofSeconds(2);
    private static final Duration TIDY_PERIOD = Duration.ofSeconds(10);
    private static final Duration SLOT_SILENCE = Duration.ofSeconds(10);

    private final CacheHost host;
    private final ControllerSettings settings;
    private final InstanceId self;
    private final NodePort node;
    private final ControllerTools tools;
    private final HeaderChain chain = new HeaderChain();
    private final SlotBook slots = new SlotBook();
    private final NodeState state = new NodeState();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("controller-", 0).factory());
    private final Parts serving = new Parts("controller");
    private final AtomicBoolean catchingUp = new AtomicBoolean();
    private final StorePieceVault window;
    private final HeaderPublisher publisher;
    private final ControllerFigures figures;
    private final SegmentIntake intake;
    private final SignRelay signing;
    private final CacheCoverage coverage;
    private final PeerHoldings holdings;
    private final PieceVerifier verifier;

    /** Opens the window; nothing runs before {@link #start}. */
    Controller(CacheHost host, ControllerSettings settings, NodePort node, ControllerTools tools) throws IOException {
        this.host = host;
        this.settings = settings;
        this.self = host.report().id();
        this.node = node;
        this.tools = tools;
        Files.createDirectories(settings.folder());
        this.window = new StorePieceVault(
                settings.folder().resolve("window"),
                settings.pieceSize(),
                settings.windowSize(),
                new MemoryTier(settings.pieceSize(), 0),
                piece -> LOG.warn("Piece {} of the window was corrupt", piece),
                true);
        this.publisher = new HeaderPublisher(new HeaderStream(host.bus()), chain, self, this::ownAddress);
        this.figures = new ControllerFigures(host.metrics(), host.events(), publisher::announce);
        this.verifier = tools.verifiers().apply(chain);
        this.holdings = new PeerHoldings(tools.transport(), threads, HOLDINGS_ANSWER);
        this.coverage = new CacheCoverage(this::caches, holdings);
        this.intake = new SegmentIntake(
                chain,
                node,
                window,
                verifier,
                coverage,
                figures,
                threads,
                new IntakeSettings(
                        settings.policy(),
                        settings.poll(),
                        settings.batchPieces(),
                        Math.floorMod(self.hashCode(), 256)));
        this.signing = new SignRelay(self, new BusKeyOwners(host.bus()), node, tools.signatures(), figures, SIGN);
    }

    /** The pieces that this controller serves. */
    PieceVault window() {
        return window;
    }

    /** The segment headers that the cluster agrees on. */
    HeaderChain chain() {
        return chain;
    }

    /** Begins to serve the cluster; the node's reports may come from now on. */
    void start() {
        RecoveryParts parts = new RecoveryParts(window, chain, verifier, this::caches, holdings, settings.folder());
        List<SegmentRecovery> ways = new ArrayList<>();
        ways.add(new NodeRecovery(chain, intake, window));
        tools.ways().forEach(way -> ways.add(way.over(parts)));
        PieceDesk pieces = new PieceDesk(
                self,
                this::ownAddress,
                window,
                chain,
                this::caches,
                holdings,
                new RecoveryQueue(window, ways, threads, RECOVERY_REST));
        SolutionCheck check = tools.checks().over(chain, () -> state.info().map(FarmerAppInfo::protocolInfo));
        SolutionDesk solutions = new SolutionDesk(slots, node, state::synced, check, figures);
        serving.add(new ControllerDesks(
                host.bus(), host.scheduler(), self, solutions, pieces, chain, state, settings.kzgDigest()));
        serving.add(new HeaderFeed(
                host.bus(), host.scheduler(), chain, host.timers().get(Timer.RING_REFRESH), new Headers()));
        LeaderElection election = serving.add(new LeaderElection(
                host.bus(),
                host.scheduler(),
                host.timers(),
                LeaderElection.CONTROLLER,
                new LeaseRecord(
                        self,
                        Role.CONTROLLER,
                        host.report().host(),
                        host.scheduler().millis())));
        serving.add(new RingLeader(
                host.bus(), host.presence(), election, host.scheduler(), host.timers(), self, settings.replicas()));
        serving.add(
                new Reinitializer(host.bus(), host.scheduler(), host.timers(), host.report(), all -> reinitialize()));
        publishFigures(election);
        every(STATE_PERIOD, this::report);
        every(INFO_PERIOD, this::refreshInfo);
        every(TIDY_PERIOD, this::tidy);
        every(host.timers().get(Timer.RING_REFRESH), publisher::complete);
    }

    @Override
    public void close() throws IOException {
        stopServing();
        window.close();
    }

    /** Ends everything but the window, from which pieces can still be read. */
    synchronized void stopServing() {
        serving.close();
        threads.shutdownNow();
    }

    @Override
    public void connected(FarmerAppInfo info) {
        state.connected(info);
        host.events()
                .record(
                        Severity.INFO,
                        "node.connected",
                        "the node is there",
                        Map.of(
                                "history",
                                Long.toString(info.protocolInfo().historySize()),
                                "syncing",
                                Boolean.toString(info.syncing())));
        report();
        inBackground(this::catchUp);
    }

    @Override
    public void disconnected(String reason) {
        state.disconnected(reason);
        host.events().record(Severity.WARNING, "node.away", "the node is away", Map.of("reason", cut(reason)));
        report();
    }

    @Override
    public void otherChain(FarmerAppInfo info) {
        state.disconnected("the node is on another chain now");
        tools.failure().fail("the node is on chain " + info.genesisHash() + " now, another than at the start");
    }

    @Override
    public void slot(SlotInfo info) {
        slots.announced(info);
        state.slot();
        figures.slot();
        host.bus()
                .publish(
                        host.bus().subjects().slot(),
                        new Slot(
                                self,
                                info,
                                state.bestBlock(),
                                state.synced(),
                                host.scheduler().millis()));
    }

    @Override
    public void rewardSigning(RewardSigningInfo request) {
        // A thread of its own for each: nothing may stand before a signature.
        inBackground(() -> signing.sign(request));
    }

    @Override
    public void archivedSegment(SegmentHeader header) {
        LOG.info("Segment {} is archived", header.segmentIndex());
        try {
            intake.archived(header);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another controller's headers: what its node has, and whether it contradicts ours. */
    private final class Headers implements HeaderFeed.Listener {
        @Override
        public void grown(long segments) {
            LOG.debug("{} segments", segments);
        }

        @Override
        public void fork(SegmentHeader header, Optional<InstanceId> announcedBy) {
            if (announcedBy.filter(self::equals).isEmpty()) {
                host.events()
                        .record(
                                Severity.CRITICAL,
                                "header.fork",
                                "another controller's segment header contradicts ours: one of the nodes follows a fork",
                                Map.of(
                                        "segment",
                                        Long.toUnsignedString(header.segmentIndex()),
                                        "controller",
                                        announcedBy.map(InstanceId::toString).orElse("")));
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void inBackground(Work work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    LOG.warn("The node does not answer: {}", e.toString());
                } catch (InterruptedException e) {
                    LOG.debug("Given up, since the controller stops", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The controller stops", e);
        }
    }

    private void catchUp() throws IOException, InterruptedException {
        if (!catchingUp.compareAndSet(false, true)) {
            return;
        }
        try {
            state.chainName(tools.facts().chainName());
            intake.compare();
            intake.catchUp();
            publisher.complete();
            LOG.info("{} segments of history", chain.size());
        } finally {
            catchingUp.set(false);
        }
    }

    private void reinitialize() {
        inBackground(this::catchUp);
        host.presence().announce();
    }

    private void refreshInfo() {
        if (!state.isConnected()) {
            return;
        }
        inBackground(() -> {
            FarmerAppInfo info = node.appInfo();
            state.info(info);
            state.bestBlock(tools.facts().bestBlock());
            if (Long.compareUnsigned(info.protocolInfo().historySize(), chain.size()) > 0) {
                // The look at the headers upon connection may have met a node that stumbled.
                catchUp();
            }
        });
    }

    private void tidy() {
        inBackground(() -> new WindowKeeper(window, coverage).tidy());
    }

    private List<Presence> caches() {
        return host.presence().members().stream()
                .filter(member -> member.role() == Role.SHARDED_CACHE || member.role() == Role.FULL_PIECE_CACHE)
                .filter(member -> !member.suspect())
                .map(Member::presence)
                .toList();
    }

    private String ownAddress() {
        return tools.ownAddress().get();
    }

    /** Says in presence how the controller is. */
    private void report() {
        MemberState now = host.report().state();
        if (now == MemberState.DRAINING || now == MemberState.STOPPED) {
            return;
        }
        String reason = reason();
        host.presence().state(reason.isEmpty() ? MemberState.READY : MemberState.DEGRADED, reason);
    }

    private String reason() {
        if (!state.isConnected()) {
            return "no node: " + cut(state.whyNot());
        }
        if (!state.synced()) {
            return "the node is syncing";
        }
        if (state.slotSilenceNanos() > SLOT_SILENCE.toNanos()) {
            return "no slots from the node";
        }
        return "";
    }

    private void publishFigures(LeaderElection election) {
        host.metrics()
                .observe(
                        "controller_leader",
                        "1 while this controller leads.",
                        () -> election.lease().isPresent() ? 1 : 0);
        host.metrics().observe("node_connected", "1 while the node is there.", () -> state.isConnected() ? 1 : 0);
        host.metrics().observe("node_synced", "1 while the node is in step.", () -> state.synced() ? 1 : 0);
        host.metrics().observe("node_block", "Best block of the node.", state::bestBlock);
        host.metrics()
                .observe(
                        "controller_slot_silence_seconds",
                        "Time since the last slot.",
                        () -> state.slotSilenceNanos() / 1e9);
        host.metrics().observe("controller_segments", "Segment headers known.", chain::size);
        host.metrics()
                .observe(
                        "controller_window_pieces",
                        "Pieces in the window.",
                        () -> window.held().size());
        host.report().figure("segments", chain::size);
        host.report().figure("window", () -> window.held().size());
        host.report().figure("block", state::bestBlock);
        host.report().figure("leader", () -> election.lease().isPresent() ? 1 : 0);
        host.report().figure("synced", () -> state.synced() ? 1 : 0);
    }

    private void every(Duration period, Runnable work) {
        Scheduler.Task task = host.scheduler().every(period, work);
        serving.add(task::cancel);
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200);
    }
}
