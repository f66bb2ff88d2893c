package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PeerHoldings;
import network.autonomys.farmer.runtime.cache.PieceSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PieceDeskTest {
    private static final InstanceId SELF = new InstanceId(1, 1);
    private static final InstanceId ASKING = new InstanceId(1, 2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeWindow window = new FakeWindow();
    private final HeaderChain chain = new HeaderChain();
    private final List<Presence> caches = new ArrayList<>();
    private final Map<InstanceId, PieceSet> held = new ConcurrentHashMap<>();
    private final List<String> recovered = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<SegmentRecovery> ways = new ArrayList<>();
    private final PeerHoldings holdings =
            new PeerHoldings((cache, first, count) -> held(cache.id(), first, count), threads, Duration.ofSeconds(2));
    private final PieceDesk desk = new PieceDesk(
            SELF,
            () -> "me:1",
            window,
            chain,
            () -> caches,
            holdings,
            new RecoveryQueue(window, ways, threads, Duration.ofMinutes(1)));

    PieceDeskTest() {
        FakeNode.chain(4, 99, 0).forEach(chain::offer);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void namesTheWindowThenTheCachesButNeverTheOneWhoAsks() throws Exception {
        cache(ASKING, "asking:1").add(5);
        cache(new InstanceId(1, 3), "other:1").add(6);
        cache(new InstanceId(1, 4), "dead:1");
        held.remove(new InstanceId(1, 4));
        window.held().add(7);
        window.held().add(6);
        Answer answer = find(5, 6, 7, 4 * 256, -1);
        assertThat(answer.at(7L).address()).isEqualTo("me:1");
        assertThat(answer.at(6L).address()).isEqualTo("me:1");
        assertThat(answer.at(6L).holder()).contains(SELF);
        assertThat(answer.at(5L).refused()).contains(ReasonCode.NOT_FOUND);
        assertThat(answer.at(4L * 256).refused()).contains(ReasonCode.NOT_FOUND);
        assertThat(answer.at(-1L).refused()).contains(ReasonCode.NOT_FOUND);
        window.drop(6);
        assertThat(find(6).at(6L).address()).isEqualTo("other:1");
    }

    @Test
    void whatNobodyHasIsRecoveredOnceForAllWhoAsk() throws Exception {
        ways.add(way("empty-handed", false));
        ways.add(way("archive", true));
        Future<Answer> first = threads.submit(() -> find(300, 301));
        Future<Answer> second = threads.submit(() -> find(300, 301));
        await().until(() -> recovered.contains("empty-handed 1"));
        gate.countDown();
        assertThat(first.get().at(300L).address()).isEqualTo("me:1");
        assertThat(second.get().at(301L).address()).isEqualTo("me:1");
        assertThat(recovered).containsExactly("empty-handed 1", "archive 1");
    }

    @Test
    void aFewPiecesAreBroughtBesideABatchThatDoesNotHoldThem() throws Exception {
        ways.add(way("archive", true));
        Future<Answer> batch =
                threads.submit(() -> find(LongStream.range(300, 400).toArray()));
        await().until(() -> recovered.contains("archive 1"));
        FutureTask<Answer> few = new FutureTask<>(() -> find(500, 501));
        Thread asking = Thread.ofPlatform().start(few);
        await().until(() -> asking.getState() == Thread.State.TIMED_WAITING);
        gate.countDown();
        assertThat(few.get().at(501L).address()).isEqualTo("me:1");
        assertThat(batch.get().at(399L).address()).isEqualTo("me:1");
        assertThat(recovered).containsExactly("archive 1", "archive 1");
    }

    @Test
    void aFewPiecesAreThereBeforeTheBatchThatDoesNotHoldThem() throws Exception {
        SegmentRecovery gated = way("node", true);
        ways.add(new SegmentRecovery() {
            @Override
            public String name() {
                return gated.name();
            }

            @Override
            public int recover(long segment, BitSet missing) throws IOException, InterruptedException {
                if (missing.cardinality() > 2) {
                    return gated.recover(segment, missing);
                }
                missing.stream().forEach(position -> window.held().add(segment * 256 + position));
                return missing.cardinality();
            }
        });
        Future<Answer> batch =
                threads.submit(() -> find(LongStream.range(300, 400).toArray()));
        await().until(() -> recovered.contains("node 1"));
        assertThat(find(500, 501).at(501L).address()).isEqualTo("me:1");
        assertThat(batch.isDone()).isFalse();
        gate.countDown();
        assertThat(batch.get().at(399L).address()).isEqualTo("me:1");
    }

    @Test
    void segmentThatCannotBeRecoveredIsNotTriedAgainAtOnce() throws Exception {
        gate.countDown();
        ways.add(way("empty-handed", false));
        assertThat(find(300).at(300L).refused()).contains(ReasonCode.NOT_FOUND);
        assertThat(find(300).at(300L).refused()).contains(ReasonCode.NOT_FOUND);
        assertThat(recovered).containsExactly("empty-handed 1");
    }

    private SegmentRecovery way(String name, boolean able) {
        return new SegmentRecovery() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int recover(long segment, BitSet missing) throws IOException, InterruptedException {
                recovered.add(name + " " + segment);
                gate.await();
                if (!able) {
                    throw new IOException("nothing here");
                }
                missing.stream().forEach(position -> window.held().add(segment * 256 + position));
                return missing.cardinality();
            }
        };
    }

    /** The answer, by piece. */
    private record Answer(List<PieceLocation> locations) {
        PieceLocation at(long piece) {
            return locations.stream()
                    .filter(location -> location.pieceIndex() == piece)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Answer find(long... pieces) throws InterruptedException {
        List<Long> indexes = Arrays.stream(pieces).boxed().toList();
        return new Answer(desk.find(new PieceSourceRequest(ASKING, indexes), Duration.ofSeconds(20))
                .locations());
    }

    private PieceSet cache(InstanceId id, String address) {
        caches.add(new Presence(
                id,
                Role.SHARDED_CACHE,
                "host",
                "",
                List.of(address),
                "1",
                0,
                MemberState.READY,
                "",
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Map.of()));
        return held.computeIfAbsent(id, key -> new PieceSet());
    }

    private byte[] held(InstanceId id, long first, int count) throws IOException {
        PieceSet set = held.get(id);
        if (set == null) {
            throw new IOException("connection refused");
        }
        return set.bitmaps(first, count);
    }
}
