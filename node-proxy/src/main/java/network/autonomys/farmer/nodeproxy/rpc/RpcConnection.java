package network.autonomys.farmer.nodeproxy.rpc;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.JsonReader;
import network.autonomys.farmer.runtime.http.WebSocketClient;
import network.autonomys.farmer.runtime.http.WebSocketConnection;
import network.autonomys.farmer.runtime.http.WebSocketListener;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket to a node: calls, and subscriptions whose items come in order. It does not come back once it has ended.
 *
 * <p>Request ids count from 0, and a subscription takes two, as those of the reference client.
 */
public final class RpcConnection implements RpcCaller {
    private static final Logger LOG = LoggerFactory.getLogger(RpcConnection.class);
    /** Longer messages are pieces and blocks, whose parsing must not hold up a slot. */
    private static final int LARGE_MESSAGE = 65_536;

    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<Json, Consumer<Json>> subscriptions = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong();
    private final ExecutorService largeMessages = LowPriorityThreads.pool("rpc-large-", 1);
    private final Consumer<String> onClosed;
    private volatile @Nullable String closedBecause;
    private final WebSocketConnection socket;

    private RpcConnection(WebSocketClient client, URI url, Consumer<String> onClosed)
            throws IOException, InterruptedException {
        this.onClosed = onClosed;
        this.socket = client.connect(url, connection -> new Incoming());
    }

    /**
     * Connects.
     *
     * @param onClosed told why the connection has ended, once; must not block
     * @throws IOException as {@link WebSocketClient#connect}
     */
    public static RpcConnection open(WebSocketClient client, URI url, Consumer<String> onClosed)
            throws IOException, InterruptedException {
        return new RpcConnection(client, url, onClosed);
    }

    /** A call that waits for its answer. */
    private record Pending(
            String method,
            CompletableFuture<Json> result,
            @Nullable Consumer<Json> items) {}

    /**
     * A running subscription.
     *
     * @param id as the node named it
     * @param unsubscribe method that ends it
     */
    public record Subscription(Json id, String unsubscribe) {}

    @Override
    public Json call(String method, Json.Arr params, Duration timeout) throws IOException, InterruptedException {
        return send(nextId.getAndIncrement(), method, params, null, timeout);
    }

    /**
     * Subscribes.
     *
     * @param items receives the items in order, from the network thread: it must not block, and must not throw
     */
    public Subscription subscribe(
            String method, String unsubscribe, Json.Arr params, Consumer<Json> items, Duration timeout)
            throws IOException, InterruptedException {
        long id = nextId.getAndAdd(2);
        return new Subscription(send(id, method, params, items, timeout), unsubscribe);
    }

    /** Ends a subscription; items may still come until the answer is there. */
    public void unsubscribe(Subscription subscription, Duration timeout) throws IOException, InterruptedException {
        call(subscription.unsubscribe(), Json.array(subscription.id()), timeout);
        subscriptions.remove(subscription.id());
    }

    private Json send(long id, String method, Json.Arr params, @Nullable Consumer<Json> items, Duration timeout)
            throws IOException, InterruptedException {
        Pending call = new Pending(method, new CompletableFuture<>(), items);
        pending.put(id, call);
        try {
            if (closedBecause != null
                    || !socket.send(RpcMessages.request(id, method, params).toUtf8())) {
                throw new NotConnectedException("not connected: " + closedBecause);
            }
            return call.result().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(method + ": no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RpcErrorException error -> throw new RpcErrorException(method, error.code(), error.text());
                case null -> throw new IOException(e);
                default -> throw new IOException(method + ": " + e.getCause().getMessage(), e.getCause());
            }
        } finally {
            pending.remove(id);
        }
    }

    /** True until the connection has ended. */
    public boolean isOpen() {
        return closedBecause == null;
    }

    /** Ends the connection for the given reason. */
    public void close(String reason) {
        socket.close(reason);
        ended(reason);
    }

    @Override
    public void close() {
        close("closed by us");
    }

    private void ended(String reason) {
        synchronized (this) {
            if (closedBecause != null) {
                return;
            }
            closedBecause = reason;
        }
        largeMessages.shutdown();
        pending.values()
                .forEach(call ->
                        call.result().completeExceptionally(new IOException("the connection ended: " + reason)));
        onClosed.accept(reason);
    }

    /** What comes in. */
    private final class Incoming implements WebSocketListener {
        @Override
        public void message(byte[] text) {
            if (text.length <= LARGE_MESSAGE || largeMessages.isShutdown()) {
                handle(text);
            } else {
                largeMessages.execute(() -> handle(text));
            }
        }

        @Override
        public void tooLong(int limit) {
            LOG.warn("The node sent a message of more than {} bytes, which was dropped", limit);
        }

        @Override
        public void closed(String reason) {
            ended(reason);
        }
    }

    private void handle(byte[] text) {
        try {
            if (JsonReader.parse(text) instanceof Json.Obj message) {
                if (message.find("method").isPresent()) {
                    notification(message);
                } else {
                    answer(message);
                }
            } else {
                LOG.warn("The node sent something that is no message");
            }
        } catch (JsonException e) {
            LOG.warn("The node sent something that is no message: {}", e.getMessage());
        }
    }

    private void notification(Json.Obj message) {
        Optional<Json> params = message.find("params");
        if (params.isEmpty() || !(params.get() instanceof Json.Obj object)) {
            throw new JsonException("a notification without params");
        }
        Json id = object.find("subscription").orElse(Json.Null.NULL);
        Consumer<Json> items = subscriptions.get(id);
        if (items == null) {
            LOG.debug("Item of subscription {}, which is not ours", id);
            return;
        }
        object.find("result").ifPresent(items);
    }

    private void answer(Json.Obj message) {
        Json id = message.find("id").orElse(Json.Null.NULL);
        if (!(id instanceof Json.Num)) {
            LOG.warn("The node refused a message: {}", message.find("error").orElse(Json.Null.NULL));
            return;
        }
        Pending call = pending.get(Fields.u64(id));
        if (call == null) {
            LOG.debug("Answer {} comes too late", id);
            return;
        }
        try {
            Json result = RpcMessages.result(call.method(), message);
            if (call.items() != null) {
                // Before the next message is read, which may be the first item.
                subscriptions.put(result, call.items());
            }
            call.result().complete(result);
        } catch (RpcErrorException | JsonException e) {
            call.result().completeExceptionally(e);
        }
    }
}
