package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.AppInfo;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceAnswer;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.SignAnswer;
import network.autonomys.farmer.protocol.message.SignRequest;
import network.autonomys.farmer.protocol.message.Slot;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.HeaderStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole controller among caches, plot clients and other controllers. */
class ControllerTest {
    private static final Bytes CHALLENGE = Bytes.fromHex("ab".repeat(32));
    private static final Bytes KEY = Bytes.fromHex("01".repeat(32));
    private static final Bytes HASH = Bytes.fromHex("cd".repeat(32));
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    Path root;

    private SimulatedCluster cluster;
    private SimulatedCluster.Host client;

    @BeforeEach
    void start() {
        cluster = new SimulatedCluster(root);
        client = cluster.new Host("client", Role.PLOT_CLIENT);
    }

    @AfterEach
    void stop() throws Exception {
        client.bus.close();
        cluster.close();
    }

    private static FakeNode node(int segments) {
        FakeNode node = new FakeNode();
        node.headers.addAll(FakeNode.chain(segments, 99, 0));
        return node;
    }

    private static SlotInfo slot(long number) {
        return new SlotInfo(number, CHALLENGE, 1000, 2000);
    }

    private SolutionOutcome submit(SimulatedCluster.Member to, long slot) throws Exception {
        SolutionResponse response = new SolutionResponse(slot, Solution.genesis(KEY, Bytes.zeros(32)));
        return client.bus
                .call(
                        client.bus.subjects().solution(to.host.id()),
                        new SolutionSubmit(client.id(), CHALLENGE, response),
                        SolutionAnswer.class,
                        LIMIT)
                .outcome();
    }

    private List<PieceLocation> find(long... pieces) throws Exception {
        return client.bus
                .call(
                        client.bus.subjects().pieceSource(),
                        new PieceSourceRequest(
                                client.id(), LongStream.of(pieces).boxed().toList()),
                        PieceSourceAnswer.class,
                        Duration.ofSeconds(5))
                .locations();
    }

    private static void archive(SimulatedCluster.Member member) {
        SegmentHeader next =
                FakeNode.chain(member.node.headers.size() + 1, 99, 0).getLast();
        member.node.headers.add(next);
        member.controller.archivedSegment(next);
    }

    @Test
    void slotsReachTheClusterWithTheStateOfTheNode() throws Exception {
        List<Slot> heard = new CopyOnWriteArrayList<>();
        client.bus.subscribe(client.bus.subjects().slot(), Slot.class, heard::add);
        SimulatedCluster.Member member = cluster.controller("a", node(2));
        member.controller.slot(slot(7));
        await().until(() -> heard.size() == 1);
        assertThat(heard.getFirst().synced()).isFalse();
        member.connect().controller.slot(slot(8));
        await().until(() -> heard.size() == 2);
        assertThat(heard.get(1).info()).isEqualTo(slot(8));
        assertThat(heard.get(1).synced()).isTrue();
        assertThat(heard.get(1).controller()).isEqualTo(member.host.id());
        assertThat(member.host.metric("slots_announced_total")).isEqualTo(2);
    }

    @Test
    void headersAreCheckedStoredAndServed() throws Exception {
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Member member =
                cluster.controller("a", node(3), new AckPolicy(AckPolicy.When.IMMEDIATE, LIMIT));
        member.connect();
        await().until(() -> cache.node.chain().size() == 3);
        archive(member);
        await().until(() -> cache.node.chain().size() == 4);
        await().until(() -> new HeaderStream(client.bus).stored().size() == 4);
        assertThat(member.node.acknowledged).containsExactly(3L);

        // Two segments further: the header between is asked for, none is left out.
        member.node.headers.clear();
        member.node.headers.addAll(FakeNode.chain(6, 99, 0));
        member.controller.archivedSegment(member.node.headers.getLast());
        await().until(() -> cache.node.chain().size() == 6);
        assertThat(cache.node.chain().last()).contains(member.node.headers.getLast());

        // A node that followed a fork: told, acknowledged so that it is not held up, and nothing of it taken.
        FakeNode fork = new FakeNode();
        fork.headers.addAll(FakeNode.chain(7, 5, 9));
        SimulatedCluster.Member other = cluster.controller("b", fork);
        await().until(() -> other.controller.chain().size() == 6);
        other.connect();
        other.controller.archivedSegment(fork.headers.getLast());
        assertThat(fork.acknowledged).containsExactly(6L);
        assertThat(other.host.metric("controller_header_forks_total")).isPositive();
        assertThat(cache.node.chain().size()).isEqualTo(6);
        assertThat(other.controller.window().held().size()).isZero();
    }

    @Test
    void newSegmentIsAcknowledgedOnceACacheHoldsAllOfItDurably() throws Exception {
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        cluster.awaitSeen(member.host, cache.host);
        AtomicInteger heldThen = new AtomicInteger(-1);
        member.node.onAcknowledge = segment -> heldThen.set(cache.held(segment));
        archive(member);
        assertThat(member.node.acknowledged).containsExactly(1L);
        assertThat(heldThen).hasValue(256);
        assertThat(member.host.metric("controller_segments_acknowledged_total{result=\"safe\"}"))
                .isEqualTo(1);
        // Segment 0 came by the node's window, on the cache's own request.
        await().until(() -> cache.held(0) == 256);
    }

    @Test
    void twoShardsCountAsOneCopyTogether() throws Exception {
        SimulatedCluster.Cache one = cluster.shard("one");
        SimulatedCluster.Cache two = cluster.shard("two");
        SimulatedCluster.Cache three = cluster.shard("three");
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        cluster.awaitSeen(member.host, one.host, two.host, three.host);
        archive(member);
        assertThat(member.host.metric("controller_segments_acknowledged_total{result=\"safe\"}"))
                .isEqualTo(1);
        // Two copies of each, and nobody has all.
        await().until(() -> one.held(1) + two.held(1) + three.held(1) == 512);
        assertThat(List.of(one.held(1), two.held(1), three.held(1))).allMatch(held -> held > 100 && held < 256);
    }

    @Test
    void withoutCachesTheNodeIsToldInTimeWithAnAlarmAndTheSegmentIsKept() throws Exception {
        SimulatedCluster.Member member = cluster.controller(
                        "a", node(1), new AckPolicy(AckPolicy.When.DURABLE, Duration.ofSeconds(1)))
                .connect();
        long start = System.nanoTime();
        archive(member);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(2500));
        assertThat(member.node.acknowledged).containsExactly(1L);
        assertThat(member.host.metric("controller_segments_acknowledged_total{result=\"late\"}"))
                .isEqualTo(1);
        assertThat(member.controller.window().held().countInSegment(1)).isEqualTo(256);
        // The node has forgotten it; a cache that comes later still gets it, from the window.
        archive(member);
        member.node.piecesAsked.clear();
        SimulatedCluster.Cache late = cluster.fullCache("late");
        await().until(() -> late.held(0) == 256 && late.held(1) == 256 && late.held(2) == 256);
        assertThat(member.node.piecesAsked).noneMatch(piece -> piece >= 256);
    }

    @Test
    void nodeThatStumblesWhileASegmentIsFetchedIsAskedAgain() throws Exception {
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        cluster.awaitSeen(member.host, cache.host);
        await().until(() -> cache.held(0) == 256);
        member.node.trouble = new NodeRefusal("too many requests");
        Thread intake = Thread.ofVirtual().start(() -> archive(member));
        await().until(() -> cache.node.chain().size() == 2);
        member.node.trouble = null;
        await().until(() -> !intake.isAlive());
        assertThat(member.host.metric("controller_segments_acknowledged_total{result=\"safe\"}"))
                .isEqualTo(1);
        assertThat(cache.held(1)).isEqualTo(256);
    }

    @Test
    void wrongPiecesOfTheNodeAreNotTaken() throws Exception {
        SimulatedCluster.Member member = cluster.controller(
                        "a", node(1), new AckPolicy(AckPolicy.When.DURABLE, Duration.ofMillis(300)))
                .connect();
        member.node.lies = true;
        archive(member);
        assertThat(member.controller.window().held().size()).isZero();
        assertThat(member.host.metric("controller_wrong_pieces_total")).isGreaterThanOrEqualTo(256);
        assertThat(find(256).getFirst().refused()).contains(ReasonCode.NOT_FOUND);
    }

    @Test
    void piecesAreFoundInTheWindowThenInTheCachesThenNowhere() throws Exception {
        SimulatedCluster.Member member = cluster.controller("a", node(2), new AckPolicy(AckPolicy.When.FETCHED, LIMIT))
                .connect();
        await().until(() -> member.controller.chain().size() == 2);
        // Segment 0 and the newest are the node's: they are brought in on demand.
        assertThat(find(3, 256)).allMatch(found -> found.address().equals("a:1"));
        archive(member);
        assertThat(find(256 + 9).getFirst().refused()).contains(ReasonCode.NOT_FOUND);
        assertThat(find(99 * 256).getFirst().refused()).contains(ReasonCode.NOT_FOUND);
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        await().until(() -> cache.held(2) == 256);
        cluster.awaitSeen(member.host, cache.host);
        // What the caches hold leaves the window by and by; they are named then.
        member.controller.window().drop(3);
        await().until(() -> cache.held(0) == 256);
        assertThat(find(3).getFirst().address()).isEqualTo("cache:1");
    }

    @Test
    void signingRequestGoesToTheOwnerOfTheKeyAndTheSignatureBackOnce() throws Exception {
        List<SignRequest> asked = new CopyOnWriteArrayList<>();
        client.bus.serve(client.bus.subjects().sign(KEY), SignRequest.class, (request, deadline) -> {
            asked.add(request);
            return SignAnswer.signed(SimulatedCluster.SIGNATURE);
        });
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        member.controller.rewardSigning(new RewardSigningInfo(HASH, KEY));
        await().until(() -> member.node.signatures.size() == 1);
        assertThat(member.node.signatures.getFirst().hash()).isEqualTo(HASH);
        assertThat(member.node.signatures.getFirst().signature()).contains(SimulatedCluster.SIGNATURE);
        assertThat(asked).containsExactly(new SignRequest(member.host.id(), HASH, KEY));

        member.controller.rewardSigning(new RewardSigningInfo(HASH, Bytes.zeros(32)));
        await().until(() -> member.host.metric("controller_sign_requests_total{result=\"not_ours\"}") == 1);
        assertThat(member.node.signatures).hasSize(1);
    }

    @Test
    void signatureThatIsWrongOrRefusedDoesNotReachTheNode() throws Exception {
        client.bus.serve(
                client.bus.subjects().sign(KEY),
                SignRequest.class,
                (request, deadline) -> SignAnswer.signed(Bytes.zeros(64)));
        Bytes refusing = Bytes.fromHex("02".repeat(32));
        client.bus.serve(
                client.bus.subjects().sign(refusing),
                SignRequest.class,
                (request, deadline) -> SignAnswer.refused(ReasonCode.SIGN_REFUSED, "no solution of this key"));
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        member.controller.rewardSigning(new RewardSigningInfo(HASH, KEY));
        member.controller.rewardSigning(new RewardSigningInfo(HASH, refusing));
        await().until(() -> member.host.metric("controller_sign_requests_total{result=\"invalid\"}") == 1
                && member.host.metric("controller_sign_requests_total{result=\"refused\"}") == 1);
        assertThat(member.node.signatures).isEmpty();
    }

    @Test
    void withoutANodeTheControllerStandsByAndCatchesUpWhenItComes() throws Exception {
        SimulatedCluster.Member member = cluster.controller("a", node(2));
        await().until(() -> member.host.report.state() == MemberState.DEGRADED);
        assertThat(member.host.report.reason()).isEqualTo("no node: not connected yet");
        assertThatThrownBy(() ->
                        client.bus.call(client.bus.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, LIMIT))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("not reached its node");

        member.connect();
        await().until(() -> member.host.report.state() == MemberState.READY);
        await().until(() -> member.controller.chain().size() == 2);
        member.controller.slot(slot(9));

        member.controller.disconnected("connection reset");
        await().until(() -> member.host.report.state() == MemberState.DEGRADED);
        assertThat(member.host.report.reason()).isEqualTo("no node: connection reset");
        assertThat(submit(member, 9)).isEqualTo(SolutionOutcome.UNSYNCED);
        // What it knew it still tells.
        AppInfo info = client.bus.call(client.bus.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, LIMIT);
        assertThat(info.info().protocolInfo().historySize()).isEqualTo(2);

        member.node.headers.clear();
        member.node.headers.addAll(FakeNode.chain(5, 99, 0));
        member.connect();
        await().until(() -> member.controller.chain().size() == 5);
        assertThat(submit(member, 9)).isEqualTo(SolutionOutcome.TAKEN);
        assertThat(member.failures).isEmpty();
    }

    @Test
    void headersThatTheNodeDidNotGiveUponConnectionAreAskedForAgain() throws Exception {
        SimulatedCluster.Member member = cluster.controller("a", node(3));
        member.node.trouble = new NodeRefusal("busy");
        member.controller.connected(node(3).appInfo());
        await().during(Duration.ofMillis(200))
                .until(() -> member.controller.chain().size() == 0);
        member.node.trouble = null;
        await().until(() -> member.controller.chain().size() == 3);
    }

    @Test
    void nodeOnAnotherChainEndsTheProcess() throws Exception {
        SimulatedCluster.Member member = cluster.controller("a", node(1)).connect();
        member.controller.otherChain(member.node.appInfo());
        assertThat(member.failures).hasSize(1);
        assertThat(member.failures.getFirst()).contains("another than at the start");
    }

    @Test
    void withoutNatsTheControllerGoesOnAndWithoutJetStreamSlotsAndHeadersStillPass() throws Exception {
        List<Slot> heard = new CopyOnWriteArrayList<>();
        client.bus.subscribe(client.bus.subjects().slot(), Slot.class, heard::add);
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Member member = cluster.controller(
                        "a", node(1), new AckPolicy(AckPolicy.When.IMMEDIATE, LIMIT))
                .connect();
        await().until(() -> cache.node.chain().size() == 1);
        await().until(() -> new HeaderStream(client.bus).stored().size() == 1);

        member.host.bus.setConnected(false);
        member.controller.slot(slot(1));
        archive(member);
        assertThat(member.node.acknowledged).containsExactly(1L);
        member.host.bus.setConnected(true);
        member.controller.slot(slot(2));
        await().until(() -> heard.size() == 1);
        assertThat(heard.getFirst().info().slotNumber()).isEqualTo(2);
        await().until(() -> cache.node.chain().size() == 2);
        await().until(() -> new HeaderStream(client.bus).stored().size() == 2);

        cluster.broker.storeAvailable(false);
        member.controller.slot(slot(3));
        await().until(() -> heard.size() == 2);
        archive(member);
        await().until(() -> cache.node.chain().size() == 3);
        assertThat(submit(member, 3)).isEqualTo(SolutionOutcome.TAKEN);
        cluster.broker.storeAvailable(true);
        await().until(() -> new HeaderStream(client.bus).stored().size() == 3);
    }

    @Test
    void ofTwoControllersOnlyTheOneWhoseSlotIsAnsweredSubmits() throws Exception {
        SimulatedCluster.Member a = cluster.controller("a", node(2)).connect();
        SimulatedCluster.Member b = cluster.controller("b", node(2)).connect();
        a.controller.slot(slot(5));
        b.controller.slot(new SlotInfo(5, Bytes.zeros(32), 1000, 2000));
        assertThat(submit(a, 5)).isEqualTo(SolutionOutcome.TAKEN);
        // A repetition after silence is answered from memory; the other node follows another fork and gets nothing.
        assertThat(submit(a, 5)).isEqualTo(SolutionOutcome.TAKEN);
        assertThat(submit(b, 5)).isEqualTo(SolutionOutcome.WRONG_CHALLENGE);
        assertThat(a.node.solutions).hasSize(1);
        assertThat(b.node.solutions).isEmpty();
    }

    @Test
    void ofTwoControllersOneGoesOnWhenTheOtherIsKilled() throws Exception {
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Cache shard = cluster.shard("shard");
        SimulatedCluster.Member a = cluster.controller("a", node(1)).connect();
        await().until(() -> a.host.figure("leader") == 1);
        SimulatedCluster.Member b = cluster.controller("b", node(1)).connect();
        cluster.awaitSeen(b.host, cache.host, shard.host);
        await().until(() -> shard.held(0) == 256);
        await().until(() -> new HeaderStream(client.bus).stored().size() == 1);
        assertThat(b.host.figure("leader")).isZero();
        long epoch = shard.host.report.beat().ringEpoch();

        a.kill();
        assertThatThrownBy(() -> submit(a, 5))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.kind()).isEqualTo(BusException.Kind.NO_RESPONDERS));
        b.controller.slot(slot(6));
        assertThat(submit(b, 6)).isEqualTo(SolutionOutcome.TAKEN);
        archive(b);
        assertThat(b.host.metric("controller_segments_acknowledged_total{result=\"safe\"}"))
                .isEqualTo(1);
        await().until(() -> cache.held(1) == 256);
        // It leads after the lease of the other has lapsed, and takes newcomers into the ring.
        await().until(() -> b.host.figure("leader") == 1);
        SimulatedCluster.Cache newcomer = cluster.shard("newcomer");
        await().until(() -> newcomer.host.report.beat().ringEpoch() > epoch);
        await().until(() -> newcomer.held(0) == 256 && newcomer.held(1) == 256);
        InstanceId expected = b.host.id();
        assertThat(client.bus
                        .call(client.bus.subjects().appInfo(), new AppInfoRequest(), AppInfo.class, LIMIT)
                        .controller())
                .isEqualTo(expected);
    }

    @Test
    void twoControllersShareTheFetchingOfASegment() throws Exception {
        SimulatedCluster.Cache cache = cluster.fullCache("cache");
        SimulatedCluster.Member a = cluster.controller("a", node(1)).connect();
        SimulatedCluster.Member b = cluster.controller("b", node(1)).connect();
        cluster.awaitSeen(a.host, cache.host, b.host);
        cluster.awaitSeen(b.host, cache.host, a.host);
        await().until(() -> cache.held(0) == 256);
        Thread other = Thread.ofVirtual().start(() -> archive(b));
        archive(a);
        await().until(() -> !other.isAlive());
        assertThat(a.node.acknowledged).containsExactly(1L);
        assertThat(b.node.acknowledged).containsExactly(1L);
        assertThat(cache.held(1)).isEqualTo(PieceSet.PIECES_PER_SEGMENT);
        assertThat(new HeaderStream(client.bus).stored()).hasSizeLessThanOrEqualTo(2);
    }
}
