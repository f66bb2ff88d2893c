package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final ReconcileSettings FAST = new ReconcileSettings(
            16, 2, Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));

    private final World world = new World();
    private final MemoryVault vault = new MemoryVault(100_000);
    private Reconciler reconciler = loop(vault);

    @AfterEach
    void stop() {
        reconciler.close();
    }

    @Test
    void lateJoinerFillsFromItsPeersNewestSegmentFirst() {
        Peer peer = world.peer("peer", 1, range(0, 4 * 256));
        world.target = new CacheView.Target(4, PieceShare.everything());
        reconciler.start();
        await().until(() -> vault.held().size() == 4 * 256);
        await().until(() -> reconciler.progress().missing() == 0);
        assertThat(vault.order.subList(0, 3 * 16)).allMatch(piece -> piece >= 3 * 256);
        assertThat(peer.asked.get()).isEqualTo(4 * 256);
        assertThat(vault.pieces).allSatisfy((piece, bytes) -> assertThat(bytes).isEqualTo(MemoryVault.content(piece)));
        assertThat(world.stored).hasSize(4 * 256).doesNotHaveDuplicates();
    }

    @Test
    void asksTheNearestFirstAndSharesTheLoadAmongEquals() {
        Peer near = world.peer("near", 0, range(0, 128));
        Peer left = world.peer("left", 1, range(0, 256));
        Peer right = world.peer("right", 1, range(0, 256));
        Peer controller = world.peer("controller", 9, range(0, 256));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> vault.held().size() == 256);
        assertThat(near.asked.get()).isEqualTo(128);
        assertThat(left.asked.get()).isGreaterThan(30);
        assertThat(right.asked.get()).isGreaterThan(30);
        assertThat(controller.asked.get()).isZero();
    }

    @Test
    void wrongPieceIsRefusedAndFetchedElsewhere() {
        Peer liar = world.peer("liar", 0, range(0, 256));
        liar.lies.addAll(List.of(3L, 200L));
        world.peer("honest", 1, range(0, 256));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> vault.held().size() == 256);
        assertThat(world.rejected).containsExactlyInAnyOrder("3 from liar", "200 from liar");
        assertThat(vault.pieces.get(200L)).isEqualTo(MemoryVault.content(200));
    }

    @Test
    void newSegmentOvertakesTheBacklog() {
        Peer peer = world.peer("peer", 0, range(0, 21 * 256));
        peer.gate = new CountDownLatch(1);
        world.target = new CacheView.Target(20, PieceShare.everything());
        reconciler.start();
        await().until(() -> peer.waiting.get() == 2);
        world.target = new CacheView.Target(21, PieceShare.everything());
        reconciler.wake();
        peer.gate.countDown();
        await().until(() -> vault.held().size() == 21 * 256);
        int firstNew = vault.order.indexOf(vault.order.stream()
                .filter(piece -> piece >= 20 * 256)
                .findFirst()
                .orElseThrow());
        assertThat(firstNew).isLessThan(5 * 16);
        assertThat(vault.order.subList(firstNew + 32, firstNew + 128)).allMatch(piece -> piece >= 20 * 256);
    }

    @Test
    void pieceThatNobodyHasIsAskedForAgain() {
        Peer peer = world.peer("peer", 0, range(0, 255));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> vault.held().size() == 255);
        await().until(() -> reconciler.progress().missing() == 1);
        peer.has.add(255);
        await().until(() -> vault.held().size() == 256);
    }

    @Test
    void failedSourceDoesNotStopTheOthers() {
        Peer dead = world.peer("dead", 0, range(0, 256));
        dead.broken = true;
        world.peer("alive", 1, range(0, 256));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> vault.held().size() == 256);
        assertThat(dead.asked.get()).isPositive();
    }

    @Test
    void surplusGoesOnlyWhenOthersConfirmedEnoughCopies() {
        for (long piece = 0; piece < 256; piece++) {
            vault.put(piece);
        }
        world.copiesElsewhere.addAll(List.of(1L, 3L, 5L));
        world.target = new CacheView.Target(1, piece -> piece % 2 == 0);
        reconciler.start();
        await().until(() -> vault.held().size() == 253);
        assertThat(world.dropped).containsExactlyInAnyOrder(1L, 3L, 5L);
        assertThat(reconciler.progress().excess()).isEqualTo(125);
        assertThat(vault.order).isEmpty();
    }

    @Test
    void fullDiskIsAStateAndNotAnEnd() {
        MemoryVault small = new MemoryVault(100);
        reconciler.close();
        reconciler = loop(small);
        world.peer("peer", 0, range(0, 256));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> small.held().size() == 100);
        await().until(() -> reconciler.progress().trouble() != null);
        assertThat(reconciler.progress().trouble()).contains("no room");
        assertThat(small.held().size()).isEqualTo(100);
    }

    @Test
    void goesOnWhenTheDiskWritesAgain() {
        vault.broken = true;
        world.peer("peer", 0, range(0, 256));
        world.target = new CacheView.Target(1, PieceShare.everything());
        reconciler.start();
        await().until(() -> reconciler.progress().trouble() != null);
        assertThat(world.writeFailures.get()).isPositive();
        vault.broken = false;
        await().until(() -> vault.held().size() == 256);
        await().until(() -> reconciler.progress().trouble() == null);
    }

    private Reconciler loop(MemoryVault target) {
        return new Reconciler(target, world, ReconcilerTest::invalid, world, FAST);
    }

    private static BitSet invalid(long[] indexes, List<MemorySegment> pieces) {
        BitSet invalid = new BitSet();
        for (int i = 0; i < indexes.length; i++) {
            byte[] bytes = pieces.get(i).toArray(ValueLayout.JAVA_BYTE);
            invalid.set(i, !Arrays.equals(bytes, MemoryVault.content(indexes[i])));
        }
        return invalid;
    }

    private static PieceSet range(long from, long to) {
        PieceSet set = new PieceSet();
        for (long piece = from; piece < to; piece++) {
            set.add(piece);
        }
        return set;
    }

    /** A peer whose pieces, lies and failures the test sets. */
    private static final class Peer implements PieceSource {
        final String name;
        final int rank;
        final PieceSet has;
        final Set<Long> lies = ConcurrentHashMap.newKeySet();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger waiting = new AtomicInteger();
        volatile boolean broken;
        volatile CountDownLatch gate = new CountDownLatch(0);

        Peer(String name, int rank, PieceSet has) {
            this.name = name;
            this.rank = rank;
            this.has = has;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public boolean mayHold(long piece) {
            return has.contains(piece);
        }

        @Override
        public void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException {
            asked.addAndGet(pieces.length);
            waiting.incrementAndGet();
            gate.await();
            if (broken) {
                throw new IOException("connection refused");
            }
            for (long piece : pieces) {
                byte[] bytes = MemoryVault.content(lies.contains(piece) ? piece + 1 : piece);
                sink.piece(piece, MemorySegment.ofArray(bytes));
            }
        }
    }

    /** Everything around the loop. */
    private static final class World implements CacheView, CacheEvents {
        volatile Target target = new Target(0, PieceShare.nothing());
        final List<PieceSource> peers = new CopyOnWriteArrayList<>();
        final Set<Long> copiesElsewhere = ConcurrentHashMap.newKeySet();
        final List<Long> stored = new CopyOnWriteArrayList<>();
        final List<String> rejected = new CopyOnWriteArrayList<>();
        final List<Long> dropped = new CopyOnWriteArrayList<>();
        final AtomicInteger writeFailures = new AtomicInteger();

        Peer peer(String name, int rank, PieceSet has) {
            Peer peer = new Peer(name, rank, has);
            peers.add(peer);
            return peer;
        }

        @Override
        public Target target() {
            return target;
        }

        @Override
        public List<PieceSource> sources(long[] pieces) {
            return peers;
        }

        @Override
        public boolean enoughCopiesElsewhere(long piece) {
            return copiesElsewhere.contains(piece);
        }

        @Override
        public boolean beginDropping() {
            return true;
        }

        @Override
        public void stored(long[] pieces) {
            Arrays.stream(pieces).forEach(stored::add);
        }

        @Override
        public void corrupted(long piece) {}

        @Override
        public void rejected(long piece, String source) {
            rejected.add(piece + " from " + source);
        }

        @Override
        public void dropped(long piece) {
            dropped.add(piece);
        }

        @Override
        public void writeFailed(String reason) {
            writeFailures.incrementAndGet();
        }
    }
}
