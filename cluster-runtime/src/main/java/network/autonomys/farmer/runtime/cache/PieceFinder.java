package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Ring;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.RingMember;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.presence.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets pieces out of the cache tier for processes that use them and keep none (cluster-and-cli §3.7): from a full cache on the same host,
 * from the piece's owners by the ring and other full caches, nearer ones first, from the windows of controllers, from a few caches that may
 * still have it from an earlier ring, and at last by a controller's own search. Caches and controllers verify before they serve; who finds a piece
 * bad after all says so by {@link #refuse}, and gets it from somebody else when asking again.
 *
 * <p>Thread-safe; calls block.
 */
public final class PieceFinder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PieceFinder.class);

    private static final int SAME_HOST_FULL = 0;
    private static final int NEAR = 1;
    private static final int ELSEWHERE = 2;
    private static final int CONTROLLER_WINDOW = 3;
    private static final int NOT_OWNER = 4;

    /** Caches asked for what they do not own. */
    private static final int MOST_OTHERS = 8;

    /** Pieces in one search, and searches at once for one caller. */
    private static final int BATCH = 32;

    private static final int BATCHES = 4;
    private static final Duration SOURCE_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private final Self self;
    private final Supplier<? extends List<Presence>> members;
    private final Supplier<Optional<Ring>> ring;
    private final PieceTransport transport;
    private final ControllerSource controllers;
    private final Metrics.Count fetched;
    private final Metrics.Count refused;
    private final RefusedPieces refusals = new RefusedPieces(FORGIVEN_AFTER);
    private final Refusals listener;
    private final Map<String, Long> failedAt = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("piece-finder-", 0).factory());

    /**
     * Who asks.
     *
     * @param zone rack or site, empty for none
     */
    public record Self(InstanceId id, String host, String zone) {}

    /**
     * A piece.
     *
     * @param bytes 1 048 672 bytes
     * @param source who gave it
     */
    @SuppressWarnings("ArrayRecordComponent") // a mebibyte that is handed on, never compared
    public record Found(byte[] bytes, String source) {}

    /** Takes pieces as they arrive. */
    @FunctionalInterface
    public interface Sink {
        /**
         * One piece.
         *
         * @param bytes 1 048 672 bytes, valid only during the call
         * @param source who gave it
         */
        void piece(long index, MemorySegment bytes, String source) throws IOException, InterruptedException;
    }

    /** Hears of bad pieces. */
    @FunctionalInterface
    public interface Refusals {
        /** A source gave something else than the piece. */
        void refused(long index, String source);
    }

    /**
     * A finder over the members of the cluster.
     *
     * @param members everybody who is present
     * @param ring the newest ring known
     * @param listener hears of bad pieces
     */
    public PieceFinder(
            Self self,
            Supplier<? extends List<Presence>> members,
            Supplier<Optional<Ring>> ring,
            PieceTransport transport,
            Bus bus,
            Metrics metrics,
            Refusals listener) {
        this.self = self;
        this.listener = listener;
        this.members = members;
        this.ring = ring;
        this.transport = transport;
        this.controllers = new ControllerSource(new ControllerCall(bus, self.id()), transport);
        this.fetched = metrics.count("pieces_fetched_total", "Pieces received from others.", "source");
        this.refused = metrics.count("pieces_refused_total", "Pieces from others that were not what they should be.");
    }

    /** A finder for somebody who judges no pieces. */
    public PieceFinder(
            Self self,
            Supplier<? extends List<Presence>> members,
            Supplier<Optional<Ring>> ring,
            PieceTransport transport,
            Bus bus,
            Metrics metrics) {
        this(self, members, ring, transport, bus, metrics, (index, source) -> {});
    }

    /** A finder inside a role's process. */
    public static PieceFinder of(CacheHost host, Supplier<Optional<Ring>> ring, PieceTransport transport) {
        return new PieceFinder(
                new Self(host.report().id(), host.report().host(), host.report().zone()),
                () -> host.presence().members().stream()
                        .filter(member -> !member.suspect())
                        .map(Member::presence)
                        .toList(),
                ring,
                transport,
                host.bus(),
                host.metrics(),
                (index, source) -> host.events()
                        .record(
                                Severity.WARNING,
                                "piece.refused",
                                "a piece from " + source + " is not what it should be",
                                Map.of("piece", Long.toUnsignedString(index), "source", source)));
    }

    /** Notes that a source's piece is bad: it is not asked for this piece for some time. */
    public void refuse(long index, String source) {
        refusals.add(index, source);
        refused.increment();
        LOG.warn("piece {} from {} is not what it should be", Long.toUnsignedString(index), source);
        listener.refused(index, source);
    }

    /**
     * One piece. Sources that hang are given up early enough for others to be asked.
     *
     * @return empty where nobody gave it in time
     */
    public Optional<Found> piece(long index, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Future<Found> search = threads.submit(() -> search(index, deadline));
        try {
            return Optional.of(search.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | CancellationException e) {
            LOG.debug("piece {} not found in time", Long.toUnsignedString(index));
        } catch (ExecutionException e) {
            LOG.warn("piece {} not found: {}", Long.toUnsignedString(index), String.valueOf(e.getCause()));
        } finally {
            search.cancel(true);
        }
        return Optional.empty();
    }

    private Found search(long index, long deadline) throws InterruptedException {
        long[] wanted = {index};
        try (PieceBuffers buffers = new PieceBuffers(Constants.PIECE_SIZE, 1)) {
            while (true) {
                Duration each = atLeast(Duration.ofMillis(300), left(deadline).dividedBy(3));
                FetchRound round = new FetchRound(wanted, sources(wanted), buffers, threads, each);
                for (FetchedPiece piece : round.next()) {
                    try (piece) {
                        count(piece);
                        return new Found(
                                piece.bytes().toArray(ValueLayout.JAVA_BYTE),
                                piece.source().name());
                    }
                }
                Thread.sleep(PAUSE.dividedBy(4));
            }
        }
    }

    /**
     * Pieces for a sector. What nobody gives is asked for again until the time is over.
     *
     * @param pieces piece indexes, all different
     * @param sink called once per piece, by one thread at a time
     * @return how many nobody gave
     * @throws IOException what the sink threw
     */
    public int fetch(long[] pieces, Sink sink, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long[] open = pieces.clone();
        try (Delivery delivery = new Delivery(sink);
                PieceBuffers buffers = new PieceBuffers(Constants.PIECE_SIZE, BATCH * BATCHES)) {
            while (true) {
                open = pass(open, delivery, buffers, deadline);
                Duration left = left(deadline);
                if (open.length == 0 || left.isZero()) {
                    return open.length;
                }
                Thread.sleep(left.compareTo(PAUSE) < 0 ? left : PAUSE);
            }
        }
    }

    /** Hands pieces on, one at a time, and none after its end. */
    private static final class Delivery implements AutoCloseable {
        private final Sink sink;
        private final ReentrantLock lock = new ReentrantLock();
        private boolean ended;

        Delivery(Sink sink) {
            this.sink = sink;
        }

        void deliver(FetchedPiece piece) throws IOException, InterruptedException {
            lock.lockInterruptibly();
            try {
                if (!ended) {
                    sink.piece(piece.index(), piece.bytes(), piece.source().name());
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Asks everybody once; gives what is still missing. */
    private long[] pass(long[] wanted, Delivery delivery, PieceBuffers buffers, long deadline)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Set<Long> missing = ConcurrentHashMap.newKeySet();
        List<Callable<Void>> searches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            searches.add(() -> {
                for (int from = next.getAndAdd(BATCH); from < wanted.length; from = next.getAndAdd(BATCH)) {
                    long[] batch = Arrays.copyOfRange(wanted, from, Math.min(wanted.length, from + BATCH));
                    missing.addAll(searchBatch(batch, delivery, buffers, deadline));
                }
                return null;
            });
        }
        for (Future<Void> search : threads.invokeAll(searches)) {
            try {
                search.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IOException("search for pieces failed: " + e.getCause(), e.getCause());
            }
        }
        return missing.stream().mapToLong(Long::longValue).toArray();
    }

    private Set<Long> searchBatch(long[] batch, Delivery delivery, PieceBuffers buffers, long deadline)
            throws IOException, InterruptedException {
        Duration left = left(deadline);
        Duration each = left.compareTo(SOURCE_LIMIT) < 0 ? atLeast(Duration.ofMillis(1), left) : SOURCE_LIMIT;
        FetchRound round = new FetchRound(batch, sources(batch), buffers, threads, each);
        while (!left(deadline).isZero()) {
            List<FetchedPiece> got = round.next();
            if (got.isEmpty()) {
                break;
            }
            try {
                for (FetchedPiece piece : got) {
                    count(piece);
                    delivery.deliver(piece);
                }
            } finally {
                got.forEach(FetchedPiece::close);
            }
        }
        return round.unresolved();
    }

    private void count(FetchedPiece piece) {
        fetched.increment(
                piece.source() instanceof Unless unless && unless.source instanceof Place place
                        ? place.member.role().label()
                        : "controllers");
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }

    /** Everybody who may be asked for these pieces. */
    private List<PieceSource> sources(long[] pieces) {
        Map<InstanceId, Set<Long>> owned = owned(pieces);
        List<PieceSource> sources = new ArrayList<>();
        int others = 0;
        for (Presence member : members.get()) {
            String address = PieceTransport.address(member, self.host());
            if (member.state() == MemberState.STOPPED || address.isEmpty() || isAvoided(address)) {
                continue;
            }
            switch (member.role()) {
                case FULL_PIECE_CACHE -> sources.add(new Place(member, address, fullRank(member), Optional.empty()));
                case CONTROLLER -> sources.add(new Place(member, address, CONTROLLER_WINDOW, Optional.empty()));
                case SHARDED_CACHE -> {
                    Set<Long> share = owned.getOrDefault(member.id(), Set.of());
                    if (!share.isEmpty()) {
                        sources.add(new Place(member, address, isNear(member) ? NEAR : ELSEWHERE, Optional.of(share)));
                    }
                    if (others < MOST_OTHERS && share.size() < pieces.length) {
                        others++;
                        sources.add(new Place(member, address, NOT_OWNER, Optional.of(without(pieces, share))));
                    }
                }
                default -> LOG.trace("{} has no pieces", member.role());
            }
        }
        sources.add(controllers);
        return sources.stream().map(source -> (PieceSource) new Unless(source)).toList();
    }

    private Map<InstanceId, Set<Long>> owned(long[] pieces) {
        Map<InstanceId, Set<Long>> owned = new HashMap<>();
        ring.get().ifPresent(present -> {
            for (long piece : pieces) {
                for (RingMember owner : present.owners(piece)) {
                    owned.computeIfAbsent(owner.id(), id -> new HashSet<>()).add(piece);
                }
            }
        });
        return owned;
    }

    private static Set<Long> without(long[] pieces, Set<Long> share) {
        Set<Long> rest = new HashSet<>();
        for (long piece : pieces) {
            if (!share.contains(piece)) {
                rest.add(piece);
            }
        }
        return rest;
    }

    private int fullRank(Presence member) {
        if (member.host().equals(self.host())) {
            return SAME_HOST_FULL;
        }
        return isNear(member) ? NEAR : ELSEWHERE;
    }

    private boolean isNear(Presence member) {
        return member.host().equals(self.host())
                || (!self.zone().isEmpty() && member.zone().equals(self.zone()));
    }

    private boolean isAvoided(String address) {
        Long failed = failedAt.get(address);
        if (failed == null) {
            return false;
        }
        if (System.nanoTime() - failed < AVOID_NANOS) {
            return true;
        }
        failedAt.remove(address, failed);
        return false;
    }

    /** A process with pieces. */
    private final class Place implements PieceSource {
        private final Presence member;
        private final String address;
        private final int rank;
        private final Optional<Set<Long>> share;

        /**
         * @param share pieces it is asked for, empty for any
         */
        Place(Presence member, String address, int rank, Optional<Set<Long>> share) {
            this.member = member;
            this.address = address;
            this.rank = rank;
            this.share = share;
        }

        @Override
        public String name() {
            return member.role().label() + " " + member.id();
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public boolean mayHold(long piece) {
            return share.isEmpty() || share.get().contains(piece);
        }

        @Override
        public void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException {
            try {
                transport.fetch(address, pieces, sink, limit);
            } catch (IOException e) {
                failedAt.put(address, System.nanoTime());
                throw e;
            }
        }
    }

    /** A source, but not for pieces of which it gave bad ones. */
    private final class Unless implements PieceSource {
        private final PieceSource source;

        Unless(PieceSource source) {
            this.source = source;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public int rank() {
            return source.rank();
        }

        @Override
        public boolean mayHold(long piece) {
            return source.mayHold(piece) && !refusals.contains(piece, source.name());
        }

        @Override
        public void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException {
            source.fetch(pieces, sink, limit);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
