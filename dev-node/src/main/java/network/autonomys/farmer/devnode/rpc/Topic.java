package network.autonomys.farmer.devnode.rpc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import network.autonomys.farmer.nodeproxy.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What several connections may subscribe to. A subscription that is not read from is dropped without a word, as a node does (node-rpc §1.7). */
public final class Topic {
    private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
    /** Items that wait for a connection: those of its socket, and those of the subscription. */
    private static final int MAX_WAITING = 64 + 16;

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Consumer<Subscriber> onEnd;

    /** A topic whose ends of subscriptions interest nobody. */
    public Topic() {
        this(subscriber -> {});
    }

    /** @param onEnd told of each subscription that ends */
    public Topic(Consumer<Subscriber> onEnd) {
        this.onEnd = onEnd;
    }

    /** One subscription of one connection. */
    public static final class Subscriber {
        private final RpcSession session;
        private final String id;
        private final String notification;

        Subscriber(RpcSession session, String id, String notification) {
            this.session = session;
            this.id = id;
            this.notification = notification;
        }

        RpcSession session() {
            return session;
        }

        String id() {
            return id;
        }
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        if (subscribers.remove(subscriber)) {
            onEnd.accept(subscriber);
        }
    }

    /** Those who would get the next item. */
    public List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    /** Sends an item to all. */
    public void publish(Json item) {
        publishRaw(new String(item.toUtf8(), StandardCharsets.UTF_8));
    }

    /** Sends a text in the place of an item. */
    public void publishRaw(String item) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.session.pending() > MAX_WAITING) {
                LOG.warn("A subscriber to {} does not read; it is dropped", subscriber.notification);
                subscriber.session.forget(subscriber);
                remove(subscriber);
                continue;
            }
            String text = "{\"jsonrpc\":\"2.0\",\"method\":\"" + subscriber.notification
                    + "\",\"params\":{\"subscription\":\"" + subscriber.id + "\",\"result\":" + item + "}}";
            subscriber.session.send(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Forgets all subscriptions without a word. */
    public void dropAll() {
        for (Subscriber subscriber : subscribers) {
            subscriber.session.forget(subscriber);
            remove(subscriber);
        }
    }
}
