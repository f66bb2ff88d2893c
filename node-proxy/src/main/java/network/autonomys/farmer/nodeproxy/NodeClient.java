package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.rpc.NotConnectedException;
import network.autonomys.farmer.nodeproxy.rpc.RpcCaller;
import network.autonomys.farmer.nodeproxy.rpc.RpcConnection;
import network.autonomys.farmer.runtime.http.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to a node, for ever (node-rpc §2): after each end it connects again with growing, varied delays, subscribes again and
 * says so. A subscription that falls silent is noticed and renewed.
 */
public final class NodeClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClient.class);
    private static final double GROWTH = 1.5;
    private static final double VARIATION = 0.2;
    private static final int SLOTS_OF_SILENCE = 10;
    private static final int MAX_PATIENCE = 32;
    /** A node waits four slots for solutions (node-rpc §3.10). */
    private static final int SLOTS_PER_TIMEOUT = 4;

    private final URI url;
    private final NodeClientSettings settings;
    private final RandomGenerator random;
    private final WebSocketClient sockets;
    private final NodeFeed feed;
    private final NodeCalls calls;
    private final ChainCalls chain;
    private final Thread thread;
    private volatile @Nullable RpcConnection current;
    private volatile String whyNot = "not connected yet";
    private volatile boolean closed;
    private @Nullable Bytes genesis;
    private int patience = 1;

    /**
     * A client, not connected yet.
     *
     * @param url {@code ws://} or {@code wss://}
     * @param random varies the delays
     */
    public NodeClient(URI url, NodeClientSettings settings, NodeListener listener, RandomGenerator random) {
        this.url = url;
        this.settings = settings;
        this.random = random;
        this.sockets = new WebSocketClient(settings.transport());
        this.feed = new NodeFeed(listener);
        RpcCaller caller = new CurrentConnection();
        this.calls = new NodeCalls(caller, settings.callTimeout());
        this.chain = new ChainCalls(caller, settings.callTimeout());
        this.thread = Thread.ofVirtual().name("node-client").unstarted(this::run);
    }

    /** Begins to connect, and returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether a connection stands. */
    public boolean isConnected() {
        return current != null;
    }

    /** The calls of farmers, over whichever connection stands. */
    public NodeCalls calls() {
        return calls;
    }

    /** The calls about the chain, over whichever connection stands. */
    public ChainCalls chain() {
        return chain;
    }

    private void run() {
        Duration delay = settings.firstDelay();
        boolean told = false;
        while (!closed) {
            boolean wasConnected = false;
            try {
                try {
                    whyNot = session();
                    wasConnected = true;
                } catch (IOException e) {
                    wasConnected = current != null;
                    whyNot = String.valueOf(e.getMessage());
                } finally {
                    current = null;
                }
                if (closed) {
                    return;
                }
                if (wasConnected) {
                    delay = settings.firstDelay();
                    told = false;
                }
                if (!told) {
                    LOG.warn("Node {} is away: {}", url, whyNot);
                    feed.disconnected(whyNot);
                    told = true;
                }
                Thread.sleep(varied(delay));
                delay = shorter(settings.maxDelay(), Duration.ofNanos((long) (delay.toNanos() * GROWTH)));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration varied(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * random.nextDouble(1 - VARIATION, 1 + VARIATION)));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** One connection from start to end; returns why it ended. */
    private String session() throws IOException, InterruptedException {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (RpcConnection connection = RpcConnection.open(sockets, url, ended::complete)) {
            NodeCalls direct = new NodeCalls(connection, settings.callTimeout());
            FarmerAppInfo before = direct.farmerAppInfo();
            if (genesis != null && !genesis.equals(before.genesisHash())) {
                LOG.error("Node {} is on chain {}, not {}", url, before.genesisHash(), genesis);
                closed = true;
                feed.otherChain(before);
                return "the node is on another chain";
            }
            genesis = before.genesisHash();
            NodeSubscriptions subscriptions = new NodeSubscriptions(
                    connection, feed.newConnection(), settings.callTimeout(), settings.segments());
            subscriptions.begin();
            FarmerAppInfo info = direct.farmerAppInfo();
            current = connection;
            LOG.info(
                    "Connected to node {}, history size {}",
                    url,
                    info.protocolInfo().historySize());
            feed.connected(info);
            return watch(direct, subscriptions, info, ended);
        }
    }

    private String watch(
            NodeCalls direct, NodeSubscriptions subscriptions, FarmerAppInfo info, CompletableFuture<String> ended)
            throws IOException, InterruptedException {
        Duration slots = info.farmingTimeout().multipliedBy(SLOTS_OF_SILENCE).dividedBy(SLOTS_PER_TIMEOUT);
        Duration least = settings.slotSilence().compareTo(slots) > 0 ? settings.slotSilence() : slots;
        boolean renewed = false;
        long quietSince = System.nanoTime();
        while (true) {
            if (feed.lastSlotAt() - quietSince > 0) {
                quietSince = feed.lastSlotAt();
                patience = 1;
                renewed = false;
            }
            Duration limit = least.multipliedBy(patience);
            Duration left = limit.minusNanos(System.nanoTime() - quietSince);
            if (left.isPositive()) {
                Optional<String> reason = await(ended, left);
                if (reason.isPresent()) {
                    return reason.get();
                }
                continue;
            }
            quietSince = System.nanoTime();
            FarmerAppInfo now = direct.farmerAppInfo();
            if (now.syncing()) {
                continue;
            }
            if (renewed) {
                patience = Math.min(MAX_PATIENCE, 2 * patience);
                return "no slot for " + limit.multipliedBy(2).toSeconds() + " s";
            }
            LOG.warn("Node {}: no slot for {} s, subscribing again", url, limit.toSeconds());
            subscriptions.renew();
            renewed = true;
            feed.connected(now);
        }
    }

    /** Why the connection ended, empty where it stands at the end of the time. */
    private static Optional<String> await(CompletableFuture<String> ended, Duration time) throws InterruptedException {
        try {
            return Optional.of(ended.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        }
    }

    /** Whatever connection stands at the moment of a call. */
    private final class CurrentConnection implements RpcCaller {
        @Override
        public Json call(String method, Json.Arr params, Duration timeout) throws IOException, InterruptedException {
            RpcConnection connection = current;
            if (connection == null) {
                throw new NotConnectedException("no connection to " + url + ": " + whyNot);
            }
            return connection.call(method, params, timeout);
        }

        @Override
        public void close() {
            NodeClient.this.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        RpcConnection connection = current;
        if (connection != null) {
            connection.close();
        }
        thread.interrupt();
        feed.close();
        sockets.close();
    }
}
