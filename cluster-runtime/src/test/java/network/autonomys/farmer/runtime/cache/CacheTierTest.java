package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Ring;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingMember;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several caches with real files that find and fill each other; only the network between them is a method call. */
class CacheTierTest {
    private static final int SEGMENTS = 4;
    private static final int PIECES = SEGMENTS * 256;

    @TempDir
    Path root;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HeaderChain chain = HeaderChainTest.chain(SEGMENTS);
    private final Map<String, Cache> caches = new ConcurrentHashMap<>();
    private final AtomicLong fromController = new AtomicLong();
    private volatile Optional<Ring> ring = Optional.empty();

    @AfterEach
    void stop() throws IOException {
        for (Cache cache : caches.values()) {
            cache.close();
        }
        threads.shutdownNow();
    }

    @Test
    void everyPieceIsHeldByItsTwoOwnersAndTheFullCache() throws IOException {
        Cache full = start("full", Role.FULL_PIECE_CACHE, "h1");
        Cache a = start("a", Role.SHARDED_CACHE, "h1");
        Cache b = start("b", Role.SHARDED_CACHE, "h2");
        Cache c = start("c", Role.SHARDED_CACHE, "h3");
        ring(1, a, b, c);
        await().until(() -> full.held() == PIECES && a.held() + b.held() + c.held() == 2 * PIECES);
        for (Cache cache : List.of(a, b, c)) {
            for (long piece : cache.vault.held().toArray()) {
                assertThat(ring.orElseThrow().owns(cache.id, piece)).isTrue();
            }
        }
    }

    @Test
    void lateJoinerFillsFromThePeersAlone() throws IOException {
        Cache full = start("full", Role.FULL_PIECE_CACHE, "h1");
        await().until(() -> full.held() == PIECES);
        long before = fromController.get();
        Cache late = start("late", Role.FULL_PIECE_CACHE, "h2");
        await().until(() -> late.held() == PIECES);
        assertThat(fromController.get()).isEqualTo(before);
        assertThat(late.fetched).hasSize(PIECES);
        assertThat(late.fetched.subList(0, 64)).allMatch(piece -> piece >= (SEGMENTS - 1) * 256);
    }

    @Test
    void memberThatJoinsMovesOnlyItsOwnShare() throws IOException {
        Cache a = start("a", Role.SHARDED_CACHE, "h1");
        Cache b = start("b", Role.SHARDED_CACHE, "h2");
        Cache c = start("c", Role.SHARDED_CACHE, "h3");
        ring(1, a, b, c);
        await().until(() -> a.held() + b.held() + c.held() == 2 * PIECES);
        List.of(a, b, c).forEach(cache -> cache.fetched.clear());
        long before = fromController.get();
        Cache d = start("d", Role.SHARDED_CACHE, "h4");
        ring(2, a, b, c, d);
        await().until(() -> a.held() + b.held() + c.held() + d.held() == 2 * PIECES && d.held() == share(d));
        assertThat(d.held()).isBetween(PIECES / 2L - 100, PIECES / 2L + 100);
        for (Cache cache : List.of(a, b, c)) {
            assertThat(cache.fetched).isEmpty();
            assertThat(cache.held()).isEqualTo(share(cache));
        }
        assertThat(fromController.get()).isEqualTo(before);
    }

    @Test
    void memberThatIsGoneIsReplacedFromTheCopies() throws IOException {
        Cache a = start("a", Role.SHARDED_CACHE, "h1");
        Cache b = start("b", Role.SHARDED_CACHE, "h2");
        Cache c = start("c", Role.SHARDED_CACHE, "h3");
        ring(1, a, b, c);
        await().until(() -> a.held() + b.held() + c.held() == 2 * PIECES);
        long before = fromController.get();
        b.close();
        caches.remove("b");
        ring(2, a, c);
        await().until(() -> a.held() == PIECES && c.held() == PIECES);
        assertThat(fromController.get()).isEqualTo(before);
    }

    @Test
    void corruptPieceIsRepairedFromAPeer() throws IOException {
        Cache one = start("one", Role.FULL_PIECE_CACHE, "h1");
        Cache two = start("two", Role.FULL_PIECE_CACHE, "h2");
        await().until(() -> one.held() == PIECES && two.held() == PIECES);
        long before = fromController.get();
        one.fetched.clear();
        flipEverySlot(root.resolve("one").resolve("pieces-00000.dat"), 3);
        one.scrubber.readAllNow();
        await().until(() -> one.corrupted.size() == 3);
        await().until(() -> one.held() == PIECES);
        assertThat(one.fetched).containsExactlyInAnyOrderElementsOf(one.corrupted);
        assertThat(fromController.get()).isEqualTo(before);
        byte[] target = new byte[MemoryVault.PIECE_SIZE];
        for (long piece : one.corrupted) {
            assertThat(one.vault.read(piece, MemorySegment.ofArray(target))).isTrue();
            assertThat(target).isEqualTo(MemoryVault.content(piece));
        }
    }

    @Test
    void pieceThatIsFoundCorruptWhenItIsServedIsRepairedFromAPeer() throws IOException {
        Cache one = start("one", Role.FULL_PIECE_CACHE, "h1");
        Cache two = start("two", Role.FULL_PIECE_CACHE, "h2");
        await().until(() -> one.held() == PIECES && two.held() == PIECES);
        long before = fromController.get();
        one.fetched.clear();
        flipEverySlot(root.resolve("one").resolve("pieces-00000.dat"), 1);
        MemorySegment target = MemorySegment.ofArray(new byte[MemoryVault.PIECE_SIZE]);
        int refused = 0;
        for (long piece = 0; piece < PIECES; piece++) {
            refused += one.vault.read(piece, target) ? 0 : 1;
        }
        assertThat(refused).isEqualTo(1);
        await().until(() -> one.held() == PIECES);
        assertThat(one.fetched).containsExactlyElementsOf(one.corrupted);
        assertThat(fromController.get()).isEqualTo(before);
    }

    @Test
    void cacheThatNoRingNamesKeepsWhatItHas() throws IOException {
        Cache a = start("a", Role.SHARDED_CACHE, "h1");
        Cache full = start("full", Role.FULL_PIECE_CACHE, "h2");
        ring(1, a);
        await().until(() -> a.held() == PIECES && full.held() == PIECES);
        a.close();
        caches.remove("a");
        ring = Optional.empty();
        Cache again = start("a", Role.SHARDED_CACHE, "h1");
        await().during(Duration.ofMillis(300)).until(() -> again.held() == PIECES);
        assertThat(again.reconciler.progress().excess()).isEqualTo(PIECES);
        assertThat(again.fetched).isEmpty();
    }

    private long share(Cache cache) {
        long share = 0;
        for (long piece = 0; piece < PIECES; piece++) {
            share += ring.orElseThrow().owns(cache.id, piece) ? 1 : 0;
        }
        return share;
    }

    private void ring(long epoch, Cache... members) {
        List<RingMember> list = Arrays.stream(members)
                .map(cache -> new RingMember(cache.id, cache.host, "", 1000, List.of(cache.name)))
                .sorted(Comparator.comparing(RingMember::id))
                .toList();
        ring = Optional.of(new Ring(new RingEpoch(epoch, new InstanceId(9, 9), 0, 2, list)));
        caches.values().forEach(cache -> cache.reconciler.wake());
    }

    private Cache start(String name, Role role, String host) throws IOException {
        Cache cache = new Cache(name, role, host);
        caches.put(name, cache);
        cache.reconciler.start();
        cache.scrubber.start();
        return cache;
    }

    private static void flipEverySlot(Path file, int slots) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int slot = 0; slot < slots; slot++) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, slot * 4096L + 20);
                one.put(0, (byte) ~one.get(0)).rewind();
                channel.write(one, slot * 4096L + 20);
            }
        }
    }

    private List<Presence> members() {
        List<Presence> members = new ArrayList<>();
        caches.values().forEach(cache -> members.add(cache.presence()));
        return members;
    }

    private static BitSet invalid(long[] indexes, List<MemorySegment> pieces) {
        BitSet invalid = new BitSet();
        for (int i = 0; i < indexes.length; i++) {
            byte[] bytes = pieces.get(i).toArray(ValueLayout.JAVA_BYTE);
            invalid.set(i, !Arrays.equals(bytes, MemoryVault.content(indexes[i])));
        }
        return invalid;
    }

    /** One cache: its files, its loop, and its place in the tier. */
    private final class Cache implements CacheEvents, PieceTransport {
        final String name;
        final Role role;
        final String host;
        final InstanceId id;
        final StorePieceVault vault;
        final Reconciler reconciler;
        final Scrubber scrubber;
        final List<Long> fetched = new CopyOnWriteArrayList<>();
        final List<Long> corrupted = new CopyOnWriteArrayList<>();

        Cache(String name, Role role, String host) throws IOException {
            this.name = name;
            this.role = role;
            this.host = host;
            this.id = new InstanceId(name.hashCode(), 77L * name.hashCode());
            this.vault = new StorePieceVault(
                    root.resolve(name),
                    MemoryVault.PIECE_SIZE,
                    OptionalLong.empty(),
                    new MemoryTier(MemoryVault.PIECE_SIZE, 0),
                    this::corrupted,
                    true);
            Neighbourhood view = new Neighbourhood(
                    new Neighbourhood.Self(id, host, "", role == Role.FULL_PIECE_CACHE),
                    chain,
                    () -> ring,
                    CacheTierTest.this::members,
                    new PeerHoldings(this, threads, Duration.ofSeconds(5)),
                    this,
                    (pieces, limit) -> pieces.stream()
                            .map(piece -> new PieceLocation(piece, "controller", Optional.empty(), Optional.empty()))
                            .toList(),
                    Duration.ofMillis(50));
            this.reconciler = new Reconciler(
                    vault,
                    view,
                    CacheTierTest::invalid,
                    this,
                    new ReconcileSettings(
                            32,
                            2,
                            Duration.ofSeconds(5),
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            Duration.ofMillis(100)));
            this.scrubber = new Scrubber(vault, Duration.ofDays(14), OptionalLong.empty(), new Random(1));
        }

        long held() {
            return vault.held().size();
        }

        Presence presence() {
            return new Presence(
                    id,
                    role,
                    host,
                    "",
                    List.of(name),
                    "1",
                    0,
                    MemberState.READY,
                    "",
                    0,
                    0,
                    0,
                    0,
                    0,
                    1000,
                    ring.map(present -> present.epoch().epoch()).orElse(0L),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of());
        }

        void close() throws IOException {
            scrubber.close();
            reconciler.close();
            vault.close();
        }

        @Override
        public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
                throws IOException, InterruptedException {
            for (long piece : pieces) {
                if (address.equals("controller")) {
                    fromController.incrementAndGet();
                    sink.piece(piece, MemorySegment.ofArray(MemoryVault.content(piece)));
                    continue;
                }
                MemorySegment target = MemorySegment.ofArray(new byte[MemoryVault.PIECE_SIZE]);
                if (peer(address).vault.read(piece, target)) {
                    sink.piece(piece, target);
                }
            }
        }

        @Override
        public byte[] bitmaps(Presence cache, long firstSegment, int count) throws IOException {
            return peer(cache.addresses().getFirst()).vault.held().bitmaps(firstSegment, count);
        }

        private Cache peer(String address) throws IOException {
            Cache peer = caches.get(address);
            if (peer == null) {
                throw new IOException("connection refused");
            }
            return peer;
        }

        @Override
        public void stored(long[] pieces) {
            Arrays.stream(pieces).forEach(fetched::add);
        }

        @Override
        public void corrupted(long piece) {
            corrupted.add(piece);
            reconciler.wake();
        }

        @Override
        public void rejected(long piece, String source) {}

        @Override
        public void dropped(long piece) {}

        @Override
        public void writeFailed(String reason) {}
    }
}
