package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Ring;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceAnswer;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingMember;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked for pieces, in which order, and what happens when a source is dead, slow or wrong. */
class PieceFinderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final MemoryBroker broker = new MemoryBroker(scheduler, Timers.demo());
    private final MemoryBus bus = broker.connect();
    private final List<Presence> members = new CopyOnWriteArrayList<>();
    private final Network network = new Network();
    private final Metrics metrics = new Metrics(Map.of());
    private final List<String> reported = new CopyOnWriteArrayList<>();
    private volatile Optional<Ring> ring = Optional.empty();
    private final PieceFinder finder = new PieceFinder(
            new PieceFinder.Self(new InstanceId(0, 1), "here", "z1"),
            () -> members,
            () -> ring,
            network,
            bus,
            metrics,
            (index, source) -> reported.add(index + " " + source));

    @AfterEach
    void stop() {
        finder.close();
        scheduler.close();
    }

    @Test
    void aFullCacheOnTheSameHostComesFirst() throws InterruptedException {
        add("far", Role.FULL_PIECE_CACHE, "there", "z2");
        add("near", Role.FULL_PIECE_CACHE, "beside", "z1");
        add("same", Role.FULL_PIECE_CACHE, "here", "z1");
        assertThat(found(5)).startsWith("full-piece-cache");
        assertThat(network.asked).containsExactly("same:1");
    }

    @Test
    void theOrderIsNearOwnersThenFarOnesThenWindowsThenOthersThenASearch() throws InterruptedException {
        Presence owner = add("owner", Role.SHARDED_CACHE, "beside", "z1");
        Presence second = add("second", Role.SHARDED_CACHE, "there", "z2");
        Presence other = add("other", Role.SHARDED_CACHE, "beside", "z1");
        add("full", Role.FULL_PIECE_CACHE, "there", "z2");
        add("window", Role.CONTROLLER, "beside", "z1");
        ring(owner, second, other);
        long index = ownedBy(owner, second);
        searchAnswers("last:1");
        for (String place : List.of("owner:1", "second:1", "full:1", "window:1", "other:1")) {
            network.lacks.add(place);
        }
        assertThat(found(index)).isEqualTo("controllers");
        assertThat(network.asked.getFirst()).isEqualTo("owner:1");
        assertThat(network.asked.subList(1, 3)).containsExactlyInAnyOrder("second:1", "full:1");
        assertThat(network.asked.subList(3, 6)).containsExactly("window:1", "other:1", "last:1");
    }

    @Test
    void withTwoCopiesTheSecondServesWhenTheFirstIsDead() throws Exception {
        Presence a = add("a", Role.SHARDED_CACHE, "x", "");
        Presence b = add("b", Role.SHARDED_CACHE, "y", "");
        Presence c = add("c", Role.SHARDED_CACHE, "w", "");
        ring(a, b, c);
        network.dead.add("a:1");
        long[] wanted = LongStream.range(0, 200).toArray();
        Map<Long, String> got = new HashMap<>();
        assertThat(finder.fetch(wanted, (index, bytes, source) -> got.put(index, source), LIMIT))
                .isZero();
        assertThat(got).hasSize(200);
        assertThat(Set.copyOf(got.values())).containsExactlyInAnyOrder(name(b), name(c));
        assertThat(network.asked.stream().filter("a:1"::equals).count()).isBetween(1L, 10L);
        got.forEach((index, source) -> assertThat(
                        ring.orElseThrow().owners(index).stream().map(member -> "sharded-cache " + member.id()))
                .contains(source));
    }

    @Test
    void aPeerThatHangsIsGivenUpInTimeForAnother() throws InterruptedException {
        add("slow", Role.FULL_PIECE_CACHE, "here", "");
        add("quick", Role.FULL_PIECE_CACHE, "there", "z2");
        network.slow.add("slow:1");
        long start = System.nanoTime();
        assertThat(finder.piece(3, Duration.ofSeconds(6))).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(network.asked).containsExactly("slow:1", "quick:1");
    }

    @Test
    void whatNobodyHasIsMissingWhenTheTimeIsOver() throws Exception {
        add("empty", Role.FULL_PIECE_CACHE, "here", "");
        network.lacks.add("empty:1");
        assertThat(finder.piece(3, Duration.ofMillis(300))).isEmpty();
        assertThat(finder.fetch(
                        new long[] {1, 2},
                        (index, bytes, source) -> {
                            throw new IOException("nothing was expected");
                        },
                        Duration.ofMillis(300)))
                .isEqualTo(2);
    }

    @Test
    void aBadPieceIsReportedAndItsSourceNotAskedForItAgain() throws InterruptedException {
        add("bad", Role.FULL_PIECE_CACHE, "here", "");
        add("good", Role.FULL_PIECE_CACHE, "there", "z2");
        PieceFinder.Found first = finder.piece(9, LIMIT).orElseThrow();
        assertThat(first.bytes()).hasSize(Constants.PIECE_SIZE);
        assertThat(network.asked).containsExactly("bad:1");
        finder.refuse(9, first.source());
        assertThat(reported).containsExactly("9 " + first.source());
        assertThat(metrics.text()).contains("autonomys_farmer_pieces_refused_total 1.0");
        assertThat(finder.piece(9, LIMIT)).isPresent();
        assertThat(network.asked).containsExactly("bad:1", "good:1");
        assertThat(finder.piece(10, LIMIT)).isPresent();
        assertThat(network.asked).containsExactly("bad:1", "good:1", "bad:1");
    }

    @Test
    void noSourceMayPutInWhatNobodyAskedFor() throws Exception {
        add("liar", Role.FULL_PIECE_CACHE, "here", "");
        add("good", Role.FULL_PIECE_CACHE, "there", "z2");
        network.liars.add("liar:1");
        Map<Long, String> got = new HashMap<>();
        assertThat(finder.fetch(new long[] {1}, (index, bytes, source) -> got.put(index, source), LIMIT))
                .isZero();
        assertThat(got).containsOnlyKeys(1L);
        assertThat(network.asked).containsExactly("liar:1", "good:1");
    }

    private String found(long index) throws InterruptedException {
        return finder.piece(index, LIMIT).orElseThrow().source();
    }

    private static String name(Presence member) {
        return member.role().label() + " " + member.id();
    }

    private void searchAnswers(String address) {
        MemoryBus controller = broker.connect();
        controller.serve(
                controller.subjects().pieceSource(),
                PieceSourceRequest.class,
                (request, deadline) -> new PieceSourceAnswer(request.pieceIndexes().stream()
                        .map(piece -> new PieceLocation(piece, address, Optional.empty(), Optional.empty()))
                        .toList()));
    }

    private void ring(Presence... caches) {
        List<RingMember> list = Arrays.stream(caches)
                .map(cache -> new RingMember(cache.id(), cache.host(), "", 1000, cache.addresses()))
                .sorted(Comparator.comparing(RingMember::id))
                .toList();
        ring = Optional.of(new Ring(new RingEpoch(1, new InstanceId(9, 9), 0, 2, list)));
    }

    private long ownedBy(Presence... caches) {
        Set<InstanceId> wanted = Arrays.stream(caches).map(Presence::id).collect(Collectors.toSet());
        return LongStream.range(0, 1000)
                .filter(piece -> ring.orElseThrow().owners(piece).stream()
                        .map(RingMember::id)
                        .collect(Collectors.toSet())
                        .equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    private Presence add(String name, Role role, String host, String zone) {
        Presence member = new Presence(
                new InstanceId(name.hashCode(), 7),
                role,
                host,
                zone,
                List.of(name + ":1"),
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
                1,
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
        members.add(member);
        return member;
    }

    /** Listeners by address, with their faults. */
    private static final class Network implements PieceTransport {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final Set<String> dead = ConcurrentHashMap.newKeySet();
        final Set<String> slow = ConcurrentHashMap.newKeySet();
        final Set<String> lacks = ConcurrentHashMap.newKeySet();
        final Set<String> liars = ConcurrentHashMap.newKeySet();

        @Override
        public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
                throws IOException, InterruptedException {
            asked.add(address);
            if (dead.contains(address)) {
                throw new IOException("connection refused");
            }
            if (slow.contains(address)) {
                boolean never = new CountDownLatch(1).await(limit.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
                throw new IOException("silent: " + never);
            }
            for (long piece : lacks.contains(address) ? new long[0] : pieces) {
                long sent = liars.contains(address) ? piece + 1000 : piece;
                sink.piece(sent, MemorySegment.ofArray(new byte[Constants.PIECE_SIZE]));
            }
        }

        @Override
        public byte[] bitmaps(Presence cache, long firstSegment, int count) {
            return new byte[count * 32];
        }
    }

    @Test
    void refusalsAreBounded() {
        RefusedPieces refusals = new RefusedPieces(Duration.ofMinutes(1));
        List<Long> all = new ArrayList<>();
        for (long piece = 0; piece < 5000; piece++) {
            refusals.add(piece, "a");
            all.add(piece);
        }
        assertThat(all.stream().filter(piece -> refusals.contains(piece, "a")).count())
                .isEqualTo(4096);
        assertThat(refusals.contains(4999, "b")).isFalse();
        assertThat(new RefusedPieces(Duration.ofNanos(-1))).satisfies(forgetful -> {
            forgetful.add(1, "a");
            assertThat(forgetful.contains(1, "a")).isFalse();
        });
    }
}
