package network.autonomys.farmer.devnode.rpc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.runtime.http.WebSocketConnection;
import network.autonomys.farmer.runtime.http.WebSocketListener;

/** One WebSocket connection: its calls, each on a thread of its own, and its subscriptions. */
final class RpcSession implements WebSocketListener {
    private static final int CALLS_AT_ONCE = 32;
    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 16;

    private final WebSocketConnection connection;
    private final Dispatcher dispatcher;
    private final Executor threads;
    private final RandomGenerator random;
    private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Running(Topic topic, Topic.Subscriber subscriber) {}

    RpcSession(WebSocketConnection connection, Dispatcher dispatcher, Executor threads, RandomGenerator random) {
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.threads = threads;
        this.random = random;
    }

    @Override
    public void message(byte[] text) {
        threads.execute(() -> {
            try {
                calls.acquire();
                try {
                    Dispatcher.Answer answer = dispatcher.answer(text, Optional.of(this));
                    answer.text().ifPresent(this::send);
                    answer.afterwards().forEach(Runnable::run);
                } finally {
                    calls.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void tooLong(int limit) {
        send(RpcFailure.requestTooBig(limit)
                .response(network.autonomys.farmer.nodeproxy.json.Json.Null.NULL)
                .toUtf8());
    }

    @Override
    public void closed(String reason) {
        closed = true;
        running.values().forEach(r -> r.topic().remove(r.subscriber()));
        running.clear();
    }

    void send(byte[] text) {
        connection.send(text);
    }

    int pending() {
        return connection.pending();
    }

    int subscriptions() {
        return running.size();
    }

    /** A subscription that begins when {@link #begin} is called. */
    Topic.Subscriber prepare(String notification) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return new Topic.Subscriber(this, id.toString(), notification);
    }

    void begin(Topic topic, Topic.Subscriber subscriber) {
        running.put(subscriber.id(), new Running(topic, subscriber));
        topic.add(subscriber);
        if (closed) {
            topic.remove(subscriber);
        }
    }

    /** Ends a subscription; false where it is not one of this connection. */
    boolean end(String id) {
        Running ended = running.remove(id);
        if (ended == null) {
            return false;
        }
        ended.topic().remove(ended.subscriber());
        return true;
    }

    void forget(Topic.Subscriber subscriber) {
        running.remove(subscriber.id());
    }
}
