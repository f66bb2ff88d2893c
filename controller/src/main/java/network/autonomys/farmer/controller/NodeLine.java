package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.nodeproxy.NodeCalls;
import network.autonomys.farmer.nodeproxy.NodeClient;
import network.autonomys.farmer.nodeproxy.NodeClientSettings;
import network.autonomys.farmer.nodeproxy.NodeListener;
import network.autonomys.farmer.nodeproxy.rpc.NotConnectedException;
import network.autonomys.farmer.nodeproxy.rpc.RpcErrorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to one node out of a list, the first preferred (cluster-and-cli §2.2). One connection at a time, since every one that listens to
 * archived segments owes the node an acknowledgement. A node that stays away is given up for the next, and the list begins anew.
 */
final class NodeLine implements NodePort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLine.class);
    private static final long INFO_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<URI> urls;
    private final NodeClientSettings settings;
    private final Duration patience;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable Thread thread;
    private @Nullable NodeClient client;
    private URI current;
    private boolean connected;
    private boolean wasConnected;
    private boolean closed;
    private @Nullable Bytes genesis;
    private @Nullable FarmerAppInfo info;
    private long infoNanos;

    /**
     * A line, not begun yet.
     *
     * @param urls nodes, the first preferred; at least one
     * @param patience how long a node may be away before the next one is tried
     */
    NodeLine(List<URI> urls, NodeClientSettings settings, Duration patience, RandomGenerator random) {
        this.urls = List.copyOf(urls);
        this.current = urls.getFirst();
        this.settings = settings;
        this.patience = patience;
        this.random = random;
    }

    /** Begins to connect, and returns at once. */
    void start(NodeEvents events) {
        lock.lock();
        try {
            thread = Thread.ofVirtual().name("node-line").start(() -> run(events));
        } finally {
            lock.unlock();
        }
    }

    /** Whether a node is there. */
    boolean isConnected() {
        lock.lock();
        try {
            return connected;
        } finally {
            lock.unlock();
        }
    }

    /** The node in use, or tried at the moment. */
    URI url() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** The client in use, for other calls than a farmer's. */
    NodeClient client() throws NodeRefusal {
        lock.lock();
        try {
            NodeClient present = client;
            if (present == null || !connected) {
                throw new NodeRefusal("node " + current + " is away");
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Verdict submit(SolutionResponse response) throws IOException, InterruptedException {
        return call(calls -> calls.submitSolution(response)) ? Verdict.TAKEN : Verdict.IGNORED;
    }

    @Override
    public void submitSignature(RewardSignatureResponse response) throws IOException, InterruptedException {
        call(calls -> {
            calls.submitRewardSignature(response);
            return true;
        });
    }

    @Override
    public FarmerAppInfo appInfo() throws IOException, InterruptedException {
        lock.lock();
        try {
            FarmerAppInfo known = info;
            if (known != null && System.nanoTime() - infoNanos < INFO_AGE_NANOS) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        FarmerAppInfo fresh = call(NodeCalls::farmerAppInfo);
        keep(fresh);
        return fresh;
    }

    @Override
    public List<Optional<SegmentHeader>> headers(List<Long> segments) throws IOException, InterruptedException {
        return call(calls -> calls.segmentHeaders(segments));
    }

    @Override
    public boolean piece(long index, MemorySegment target) throws IOException, InterruptedException {
        return call(calls -> calls.piece(index, target));
    }

    @Override
    public void acknowledge(long segment) throws IOException, InterruptedException {
        call(calls -> {
            calls.acknowledge(segment);
            return true;
        });
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work<T> {
        T on(NodeCalls calls) throws IOException, InterruptedException;
    }

    private <T> T call(Work<T> work) throws IOException, InterruptedException {
        try {
            return work.on(client().calls());
        } catch (RpcErrorException | NotConnectedException e) {
            throw new NodeRefusal(String.valueOf(e.getMessage()));
        }
    }

    private void run(NodeEvents events) {
        int place = 0;
        try {
            while (true) {
                NodeClient tried;
                lock.lock();
                try {
                    if (closed) {
                        return;
                    }
                    current = urls.get(place);
                    connected = false;
                    wasConnected = false;
                    tried = new NodeClient(current, settings, new Listener(events), random);
                    client = tried;
                } finally {
                    lock.unlock();
                }
                try (tried) {
                    tried.start();
                    awaitGivingUp();
                }
                // A node that worked and went away: begin with the preferred one. One that never answered: try the
                // next.
                place = wasConnected ? 0 : (place + 1) % urls.size();
            }
        } catch (InterruptedException e) {
            LOG.debug("The line to the node ends", e);
        }
    }

    /** Returns when the node in use is to be exchanged for another one. */
    private void awaitGivingUp() throws InterruptedException {
        lock.lock();
        try {
            long awaySince = System.nanoTime();
            while (!closed) {
                if (connected) {
                    changed.await();
                    awaySince = System.nanoTime();
                    continue;
                }
                long left = patience.toNanos() - (System.nanoTime() - awaySince);
                if (urls.size() == 1) {
                    changed.await();
                } else if (left <= 0) {
                    LOG.warn("Node {} is given up for another", current);
                    return;
                } else if (!changed.await(left, TimeUnit.NANOSECONDS)) {
                    LOG.debug("Node {} is still away", current);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(FarmerAppInfo fresh) {
        lock.lock();
        try {
            info = fresh;
            infoNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private final class Listener implements NodeListener {
        private final NodeEvents events;

        Listener(NodeEvents events) {
            this.events = events;
        }

        @Override
        public void connected(FarmerAppInfo now) {
            keep(now);
            boolean other;
            lock.lock();
            try {
                Bytes known = genesis;
                other = known != null && !known.equals(now.genesisHash());
                genesis = now.genesisHash();
                connected = true;
                wasConnected = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (other) {
                events.otherChain(now);
            } else {
                events.connected(now);
            }
        }

        @Override
        public void disconnected(String reason) {
            lock.lock();
            try {
                connected = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            events.disconnected(reason);
        }

        @Override
        public void otherChain(FarmerAppInfo now) {
            events.otherChain(now);
        }

        @Override
        public void slot(SlotInfo slot, long receivedAt) {
            events.slot(slot);
        }

        @Override
        public void rewardSigning(RewardSigningInfo request, long receivedAt) {
            events.rewardSigning(request);
        }

        @Override
        public void archivedSegment(SegmentHeader header) {
            events.archivedSegment(header);
        }
    }
}
