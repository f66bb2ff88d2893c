package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.frame.TrafficClass;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceAnswer;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.Reinitialization;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkPieceTransport;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.BulkSettings;
import network.autonomys.farmer.runtime.tcp.PieceProvider;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import network.autonomys.farmer.storage.pieces.PieceStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole caches with pieces of full size that reach each other by TCP; only NATS is simulated. */
class CacheOverTcpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PIECES = 256;

    @TempDir
    Path root;

    private final Timers timers = Timers.demo()
            .with(Timer.PRESENCE_BEAT, Duration.ofMillis(100))
            .with(Timer.RING_REFRESH, Duration.ofMillis(100))
            .with(Timer.CACHE_RECONCILE, Duration.ofMillis(100));
    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker =
            new MemoryBroker(new Subjects(Subjects.DEFAULT_CLUSTER), scheduler, timers, scheduler::execute);
    private final HeaderChain chain = HeaderChainTest.chain(1);
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!closers.isEmpty()) {
            closers.pop().close();
        }
        scheduler.close();
    }

    @Test
    void lateJoinerFillsByTcpAndReinitializationFindsWhatTheDiskForgot() throws Exception {
        BulkServer source = controller();
        Cache one = new Cache("one");
        await().atMost(PATIENCE).until(() -> one.held() == PIECES);
        source.close();
        Cache two = new Cache("two");
        await().atMost(PATIENCE).until(() -> two.held() == PIECES);

        flip(root.resolve("one").resolve("pieces-00000.dat"), 0, 100, 255);
        one.bus.keyValue(Bucket.CONFIG).put(Reinitializer.KEY, new Reinitialization(1, scheduler.millis(), "", true));
        await().atMost(PATIENCE).until(() -> one.metric("cache_corrupt_total") == 3);
        await().atMost(PATIENCE).until(() -> one.held() == PIECES);
        assertThat(one.metric("cache_pieces_stored_total")).isEqualTo(PIECES + 3);
        assertThat(two.metric("cache_corrupt_total")).isZero();
        await().until(() -> one.generation() == 1 && two.generation() == 1);
        MemorySegment target = MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]);
        for (long piece = 0; piece < PIECES; piece++) {
            assertThat(one.node.vault().read(piece, target)).isTrue();
            assertThat(valid(piece, target)).isTrue();
        }
    }

    /** What caches ask of a controller: headers, and where pieces are. */
    private BulkServer controller() throws Exception {
        InstanceId id = new InstanceId(1, 1);
        BulkServer server = BulkServer.start(settings(id), loopback(), new Made(), SectorProvider.NONE);
        MemoryBus bus = broker.connect();
        closers.push(bus);
        bus.serve(
                bus.subjects().headers(),
                HeadersRequest.class,
                (request, deadline) -> new HeadersAnswer(
                        request.segmentIndexes().stream().map(chain::header).toList()));
        bus.serve(
                bus.subjects().pieceSource(),
                PieceSourceRequest.class,
                (request, deadline) -> new PieceSourceAnswer(request.pieceIndexes().stream()
                        .map(piece -> new PieceLocation(
                                piece, "127.0.0.1:" + server.port(), Optional.of(id), Optional.empty()))
                        .toList()));
        return server;
    }

    private BulkSettings settings(InstanceId id) {
        return BulkSettings.of(
                Subjects.DEFAULT_CLUSTER,
                id,
                Optional.empty(),
                timers.get(Timer.BULK_PING),
                timers.get(Timer.BULK_DEAD));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void fill(long piece, MemorySegment target) {
        target.fill((byte) (piece * 31 + 7));
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, 8, piece);
    }

    private static boolean valid(long piece, MemorySegment bytes) {
        byte[] expected = new byte[Constants.PIECE_SIZE];
        fill(piece, MemorySegment.ofArray(expected));
        return bytes.mismatch(MemorySegment.ofArray(expected)) < 0;
    }

    private static void flip(Path file, int... slots) throws IOException {
        long stride = PieceStore.bytesOnDisk(Constants.PIECE_SIZE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int slot : slots) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, slot * stride + 500_000);
                one.put(0, (byte) ~one.get(0)).rewind();
                channel.write(one, slot * stride + 500_000);
            }
        }
    }

    /** Pieces made when they are asked for. */
    private static final class Made implements PieceProvider {
        @Override
        public boolean read(long pieceIndex, TrafficClass trafficClass, ByteBuffer into) {
            fill(pieceIndex, MemorySegment.ofBuffer(into));
            into.position(into.limit());
            return true;
        }

        @Override
        public void bitmap(long segmentIndex, ByteBuffer into) {
            into.put(new byte[32]);
        }
    }

    private final class Cache {
        final MemoryBus bus = broker.connect();
        final Metrics metrics = new Metrics(Map.of());
        final SelfReport report;
        final CacheNode node;

        Cache(String name) throws Exception {
            InstanceId id = new InstanceId(name.hashCode(), 5);
            report = new SelfReport(id, Role.FULL_PIECE_CACHE, "here", "", "1", scheduler.millis());
            PresenceService presence = new PresenceService(bus, scheduler, timers, new Random(name.hashCode()), report);
            CacheHost host = new CacheHost(
                    bus,
                    scheduler,
                    timers,
                    metrics,
                    report,
                    presence,
                    new EventLog(bus, scheduler, id, Role.FULL_PIECE_CACHE, "here"),
                    reason -> {
                        throw new AssertionError(reason);
                    });
            node = CacheNode.open(
                    host,
                    new CacheSettings(
                            root.resolve(name),
                            true,
                            OptionalLong.empty(),
                            0,
                            new CacheOptions.Scrub(true, OptionalLong.empty()),
                            Constants.PIECE_SIZE,
                            ReconcileSettings.DEFAULT));
            BulkServer server = BulkServer.start(
                    settings(id), loopback(), new VaultProvider(node.vault(), metrics), SectorProvider.NONE);
            BulkClient client = new BulkClient(settings(id), timers.get(Timer.BULK_IDLE));
            closers.push(bus);
            closers.push(client);
            closers.push(node);
            closers.push(server);
            closers.push(presence);
            report.addresses(List.of("127.0.0.1:" + server.port()));
            presence.start();
            node.start(
                    headers -> (indexes, pieces) -> {
                        BitSet invalid = new BitSet();
                        for (int i = 0; i < indexes.length; i++) {
                            invalid.set(i, headers.size() == 0 || !valid(indexes[i], pieces.get(i)));
                        }
                        return invalid;
                    },
                    new BulkPieceTransport(client, TrafficClass.FILL, "here", Duration.ofSeconds(2)));
        }

        long held() {
            return node.vault().held().size();
        }

        long generation() {
            return report.beat().figures().getOrDefault(Reinitializer.FIGURE, 0L);
        }

        double metric(String name) {
            return metrics.text()
                    .lines()
                    .filter(line -> line.startsWith(Metrics.PREFIX + name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }
}
