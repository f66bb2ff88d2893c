package network.autonomys.farmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.Reinitialization;
import network.autonomys.farmer.runtime.cache.PieceFinder;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceSource;
import network.autonomys.farmer.runtime.cache.PieceTransport;
import network.autonomys.farmer.runtime.cache.Reinitializer;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tools around the cache tier, among members on a simulated bus. */
class CacheToolsTest {
    private final Timers timers = Timers.demo()
            .with(Timer.PRESENCE_BEAT, Duration.ofMillis(100))
            .with(Timer.WHO_SPREAD, Duration.ofMillis(10))
            .with(Timer.RING_REFRESH, Duration.ofMillis(100));
    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker =
            new MemoryBroker(new Subjects(Subjects.DEFAULT_CLUSTER), scheduler, timers, scheduler::execute);
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(messages, true, StandardCharsets.UTF_8);
    private final MemoryBus bus = broker.connect();
    private PresenceService presence;

    @BeforeEach
    void listen() {
        SelfReport self = new SelfReport(new InstanceId(1, 1), Role.TOOL, "here", "", "1", scheduler.millis());
        presence = PresenceService.listening(bus, scheduler, timers, new Random(1), self);
        presence.start();
        closers.push(presence);
    }

    @AfterEach
    void stop() throws Exception {
        while (!closers.isEmpty()) {
            closers.pop().close();
        }
        scheduler.close();
    }

    private String said() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    /** A member that follows generations, or one that only says that it lives. */
    private SelfReport member(String host, Role role, List<Boolean> applied) {
        MemoryBus own = broker.connect();
        SelfReport report = new SelfReport(new InstanceId(host.hashCode(), 2), role, host, "", "1", scheduler.millis());
        report.addresses(List.of(host + ":1"));
        PresenceService beats = new PresenceService(own, scheduler, timers, new Random(host.hashCode()), report);
        beats.start();
        closers.push(beats);
        closers.push(new Reinitializer(own, scheduler, timers, report, applied::add));
        await().until(() -> presence.member(report.id()).isPresent());
        return report;
    }

    private CacheReinitialization tool() {
        return new CacheReinitialization(bus, presence, scheduler, out, Duration.ofMillis(50));
    }

    @Test
    void everybodyFollowsTheNextGenerationAfterTheDelay() throws Exception {
        List<Boolean> full = new CopyOnWriteArrayList<>();
        List<Boolean> shard = new CopyOnWriteArrayList<>();
        List<Boolean> controller = new CopyOnWriteArrayList<>();
        member("h1", Role.FULL_PIECE_CACHE, full);
        member("h2", Role.SHARDED_CACHE, shard);
        member("h3", Role.CONTROLLER, controller);
        long start = System.nanoTime();
        long generation = tool().order(Duration.ofMillis(2500), "", true);
        assertThat(generation).isEqualTo(1);
        assertThat(tool().await(generation, "", Duration.ofSeconds(20))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2400));
        assertThat(List.of(full, shard, controller))
                .allSatisfy(each -> assertThat(each).containsExactly(true));
        assertThat(said()).contains("h1", "h2", "h3", "waits", "applied");
        // Again, and the number rises; each applies it once.
        assertThat(tool().order(Duration.ZERO, "", false)).isEqualTo(2);
        assertThat(tool().await(2, "", Duration.ofSeconds(20))).isEmpty();
        assertThat(full).containsExactly(true, false);
    }

    @Test
    void scopeConcernsOneRoleAndWhoDoesNotFollowIsNamed() throws Exception {
        List<Boolean> full = new CopyOnWriteArrayList<>();
        List<Boolean> shard = new CopyOnWriteArrayList<>();
        member("h1", Role.FULL_PIECE_CACHE, full);
        SelfReport second = member("h2", Role.SHARDED_CACHE, shard);
        assertThat(tool().concerned("sharded-cache")).extracting(Member::id).containsExactly(second.id());
        assertThat(tool().concerned("plot-client")).isEmpty();
        long generation = tool().order(Duration.ZERO, "sharded-cache", false);
        assertThat(tool().await(generation, "sharded-cache", Duration.ofSeconds(20)))
                .isEmpty();
        assertThat(shard).containsExactly(false);
        assertThat(full).isEmpty();
        assertThat(tool().await(generation, "", Duration.ofMillis(300)))
                .extracting(Member::role)
                .containsExactly(Role.FULL_PIECE_CACHE);
    }

    @Test
    void generationAfterAnotherOperatorsContinuesHis() throws Exception {
        bus.keyValue(Bucket.CONFIG).put(Reinitializer.KEY, new Reinitialization(41, 0, "", false));
        assertThat(tool().order(Duration.ZERO, "", false)).isEqualTo(42);
        broker.storeAvailable(false);
        assertThatThrownBy(() -> tool().order(Duration.ZERO, "", false)).isInstanceOf(BusException.class);
    }

    @Test
    void benchmarkCountsWhatComesAndWhatIsMissing() throws Exception {
        member("good", Role.FULL_PIECE_CACHE, new CopyOnWriteArrayList<>());
        member("dead", Role.FULL_PIECE_CACHE, new CopyOnWriteArrayList<>());
        // 2 segments, 8 pieces in a sector; every 16th piece is nowhere.
        FarmerProtocolInfo protocol = new FarmerProtocolInfo(2, 8, 5, new Fraction(1, 10), 4);
        MeasuringTransport seen = new MeasuringTransport(new Pieces());
        try (PieceFinder finder = new PieceFinder(
                new PieceFinder.Self(new InstanceId(1, 1), "here", ""),
                () -> presence.members().stream().map(Member::presence).toList(),
                Optional::empty,
                seen,
                bus,
                new Metrics(Map.of()))) {
            CacheBenchmark benchmark = new CacheBenchmark(finder, protocol, new Random(5), out);
            CacheBenchmark.Plan plan = new CacheBenchmark.Plan(3, 2, 2, Duration.ofSeconds(2));
            CacheBenchmark.Result result = benchmark.run(plan);
            benchmark.print(result, seen, plan);
            MeasuringTransport.Listener good =
                    Optional.ofNullable(seen.listeners().get("good:1")).orElseThrow();
            MeasuringTransport.Listener dead =
                    Optional.ofNullable(seen.listeners().get("dead:1")).orElseThrow();
            assertThat(result.pieces() + result.missing()).isBetween(6 * 6L, 6 * 8L);
            assertThat(result.pieces()).isGreaterThan(20).isEqualTo(good.pieces());
            assertThat(result.missing()).isLessThan(20);
            assertThat(good.bytes()).isEqualTo(result.pieces() * Constants.PIECE_SIZE);
            assertThat(good.failures()).isZero();
            assertThat(good.latencies().quantileMillis(0.99))
                    .isGreaterThanOrEqualTo(good.latencies().quantileMillis(0.5));
            assertThat(dead.pieces()).isZero();
            assertThat(dead.failures()).isPositive();
        }
        assertThat(said()).contains("round 1 of 2: 3 sectors", "round 2 of 2", "in all: 6 sectors", "good:1", "dead:1");
    }

    @Test
    void quantilesAreThoseOfTheSortedTimes() {
        Latencies latencies = new Latencies();
        assertThat(latencies.quantileMillis(0.5)).isZero();
        for (int i = 5000; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.quantileMillis(0.5)).isEqualTo(2500);
        assertThat(latencies.quantileMillis(0.99)).isEqualTo(4950);
        assertThat(latencies.quantileMillis(1)).isEqualTo(5000);
        assertThat(latencies.quantileMillis(0)).isEqualTo(1);
    }

    @Test
    void wrongOptionsEndInExitCode2() {
        for (String command : Set.of(
                "util reinitialization-cache",
                "util reinitialization-cache --nats-servers nats://127.0.0.1:1 --delay -1",
                "util reinitialization-cache --nats-servers nats://127.0.0.1:1 --verify half",
                "util sharded-cache-benchmark --nats-servers nats://127.0.0.1:1 --sectors 0",
                "util sharded-cache-benchmark --nats-servers nats://127.0.0.1:1 --cache-item-type fruit",
                "export-piece --node-url ws://127.0.0.1:1",
                "util frobnicate")) {
            assertThat(Main.commandLine().execute(command.split(" ", -1)))
                    .as("%s", command)
                    .isEqualTo(2);
        }
    }

    /** Pieces of zeros, from one listener only. */
    private static final class Pieces implements PieceTransport {
        @Override
        public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
                throws IOException, InterruptedException {
            if (!address.equals("good:1")) {
                throw new IOException("connection refused");
            }
            for (long piece : pieces) {
                if (piece % 16 != 0) {
                    sink.piece(piece, MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]));
                }
            }
        }

        @Override
        public byte[] bitmaps(Presence cache, long firstSegment, int count) {
            return new byte[count * PieceSet.BITMAP_SIZE];
        }
    }
}
