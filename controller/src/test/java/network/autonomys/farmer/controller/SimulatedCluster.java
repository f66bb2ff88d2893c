package network.autonomys.farmer.controller;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.runtime.cache.CacheHost;
import network.autonomys.farmer.runtime.cache.CacheNode;
import network.autonomys.farmer.runtime.cache.CacheOptions;
import network.autonomys.farmer.runtime.cache.CacheSettings;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceSource;
import network.autonomys.farmer.runtime.cache.PieceTransport;
import network.autonomys.farmer.runtime.cache.PieceVault;
import network.autonomys.farmer.runtime.cache.PieceVerifier;
import network.autonomys.farmer.runtime.cache.ReconcileSettings;
import network.autonomys.farmer.runtime.metrics.Metrics;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.presence.SelfReport;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.sim.MemoryBroker;
import network.autonomys.farmer.runtime.sim.MemoryBus;
import network.autonomys.farmer.runtime.time.ThreadScheduler;

/**
 * Controllers and caches as they are, with files, loops, presence, leases and ring; only NATS, the network between hosts and the nodes are
 * simulated, and pieces are short.
 */
final class SimulatedCluster implements Closeable {
    static final int PIECE_SIZE = 64;
    static final Bytes SIGNATURE = Bytes.fromHex("5a".repeat(64));

    final Timers timers = Timers.demo()
            .with(Timer.PRESENCE_BEAT, Duration.ofMillis(100))
            .with(Timer.PRESENCE_SUSPECT, Duration.ofMillis(600))
            .with(Timer.PRESENCE_GONE, Duration.ofMillis(1200))
            .with(Timer.WHO_SPREAD, Duration.ofMillis(10))
            .with(Timer.LEASE, Duration.ofMillis(1500))
            .with(Timer.LEASE_RENEWAL, Duration.ofMillis(300))
            .with(Timer.RING_CHECK, Duration.ofMillis(50))
            .with(Timer.RING_EPOCH, Duration.ofMillis(100))
            .with(Timer.RING_REFRESH, Duration.ofMillis(100))
            .with(Timer.MEMBER_LOSS, Duration.ofMillis(1500))
            .with(Timer.CACHE_RECONCILE, Duration.ofMillis(100));
    final ThreadScheduler scheduler = new ThreadScheduler();
    final MemoryBroker broker =
            new MemoryBroker(new Subjects(Subjects.DEFAULT_CLUSTER), scheduler, timers, scheduler::execute);
    private final Path root;
    private final Map<String, PieceVault> listeners = new ConcurrentHashMap<>();
    private final List<Closeable> running = new CopyOnWriteArrayList<>();

    SimulatedCluster(Path root) {
        this.root = root;
    }

    /** A process on the simulated bus. */
    final class Host {
        final String name;
        final MemoryBus bus = broker.connect();
        final Metrics metrics = new Metrics(Map.of());
        final SelfReport report;
        final CacheHost context;

        Host(String name, Role role) {
            this.name = name;
            Random random = new Random(name.hashCode());
            report = new SelfReport(
                    new InstanceId(random.nextLong(), random.nextLong()), role, name, "", "1", scheduler.millis());
            report.addresses(List.of(name + ":1"));
            context = new CacheHost(
                    bus,
                    scheduler,
                    timers,
                    metrics,
                    report,
                    new PresenceService(bus, scheduler, timers, random, report),
                    new EventLog(bus, scheduler, report.id(), role, name),
                    reason -> {
                        throw new AssertionError(reason);
                    });
        }

        InstanceId id() {
            return report.id();
        }

        /** The value of a metric with exactly these labels, 0 where it was never set. */
        double metric(String name) {
            return metrics.text()
                    .lines()
                    .filter(line -> line.startsWith(Metrics.PREFIX + name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }

        long figure(String name) {
            return report.beat().figures().getOrDefault(name, 0L);
        }
    }

    /** A controller and its node. */
    final class Member implements Closeable {
        final Host host;
        final FakeNode node;
        final Controller controller;
        final List<String> failures = new CopyOnWriteArrayList<>();

        Member(String name, FakeNode node, AckPolicy policy) throws IOException {
            this.host = new Host(name, Role.CONTROLLER);
            this.node = node;
            this.controller = new Controller(
                    host.context,
                    new ControllerSettings(
                            root.resolve(name),
                            OptionalLong.of(64 << 20),
                            policy,
                            2,
                            Bytes.zeros(32),
                            PIECE_SIZE,
                            32,
                            Duration.ofMillis(50)),
                    node,
                    new ControllerTools(
                            SimulatedCluster::verifier,
                            new Network(),
                            () -> name + ":1",
                            List.of(),
                            (chain, protocol) -> (slot, solution) -> Optional.empty(),
                            (key, hash, signature) -> signature.equals(SIGNATURE),
                            new ControllerTools.NodeFacts() {
                                @Override
                                public long bestBlock() {
                                    return 77;
                                }

                                @Override
                                public String chainName() {
                                    return "Simulated";
                                }
                            },
                            failures::add));
            listeners.put(name + ":1", controller.window());
            host.context.presence().start();
            controller.start();
            running.add(this);
        }

        /** Its node has come. */
        Member connect() throws IOException {
            controller.connected(node.appInfo());
            return this;
        }

        /** A process killed: nothing is handed over. */
        void kill() throws IOException {
            host.bus.close();
            close();
        }

        @Override
        public void close() throws IOException {
            if (running.remove(this)) {
                listeners.remove(host.name + ":1");
                controller.close();
                host.context.presence().close();
                host.bus.close();
            }
        }
    }

    /** A cache with files. */
    final class Cache implements Closeable {
        final Host host;
        final CacheNode node;

        Cache(String name, Role role) throws IOException {
            host = new Host(name, role);
            node = CacheNode.open(
                    host.context,
                    new CacheSettings(
                            root.resolve(name),
                            role == Role.FULL_PIECE_CACHE,
                            OptionalLong.empty(),
                            0,
                            new CacheOptions.Scrub(false, OptionalLong.empty()),
                            PIECE_SIZE,
                            new ReconcileSettings(
                                    32,
                                    2,
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(200),
                                    Duration.ofMillis(200))));
            listeners.put(name + ":1", node.vault());
            host.context.presence().start();
            node.start(SimulatedCluster::verifier, new Network());
            running.add(this);
        }

        int held(long segment) {
            return node.vault().held().countInSegment(segment);
        }

        @Override
        public void close() throws IOException {
            if (running.remove(this)) {
                host.bus.close();
                listeners.remove(host.name + ":1");
                node.close();
                host.context.presence().close();
            }
        }
    }

    Member controller(String name, FakeNode node) throws IOException {
        return new Member(name, node, AckPolicy.DEFAULT);
    }

    Member controller(String name, FakeNode node, AckPolicy policy) throws IOException {
        return new Member(name, node, policy);
    }

    Cache fullCache(String name) throws IOException {
        return new Cache(name, Role.FULL_PIECE_CACHE);
    }

    Cache shard(String name) throws IOException {
        return new Cache(name, Role.SHARDED_CACHE);
    }

    /** Waits until a process counts others among the living. */
    void awaitSeen(Host observer, Host... others) {
        for (Host other : others) {
            await().until(() -> observer.context.presence().member(other.id()).isPresent());
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : running) {
            one.close();
        }
        scheduler.close();
    }

    private static PieceVerifier verifier(HeaderChain chain) {
        return (indexes, pieces) -> {
            BitSet invalid = new BitSet();
            for (int i = 0; i < indexes.length; i++) {
                boolean known = indexes[i] / PieceSet.PIECES_PER_SEGMENT < chain.size();
                invalid.set(i, !known || !FakeNode.valid(indexes[i], pieces.get(i)));
            }
            return invalid;
        };
    }

    /** The network between the hosts: a listener answers while its process lives. */
    private final class Network implements PieceTransport {
        @Override
        public void fetch(String address, long[] pieces, PieceSource.PieceSink sink, Duration limit)
                throws IOException, InterruptedException {
            for (long piece : pieces) {
                MemorySegment target = MemorySegment.ofArray(new byte[PIECE_SIZE]);
                if (listener(address).read(piece, target)) {
                    sink.piece(piece, target);
                }
            }
        }

        @Override
        public byte[] bitmaps(Presence cache, long firstSegment, int count) throws IOException {
            return listener(cache.addresses().getFirst()).held().bitmaps(firstSegment, count);
        }

        private PieceVault listener(String address) throws IOException {
            PieceVault vault = listeners.get(address);
            if (vault == null) {
                throw new IOException("connection to " + address + " refused");
            }
            return vault;
        }
    }
}
