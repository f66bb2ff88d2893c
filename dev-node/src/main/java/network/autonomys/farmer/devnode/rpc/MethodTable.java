package network.autonomys.farmer.devnode.rpc;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.autonomys.farmer.nodeproxy.json.Json;

/** The methods and subscriptions of a node. Filled before the server starts. */
public final class MethodTable {
    /** Answers a call. */
    @FunctionalInterface
    public interface Method {
        /** The result; an {@link IOException} becomes an internal error. */
        Json call(Params params) throws RpcFailure, IOException, InterruptedException;
    }

    /** Decides on which topic a subscription is. */
    @FunctionalInterface
    public interface Subscribe {
        Topic call(Params params) throws RpcFailure;
    }

    record Call(Method method, boolean unsafe) {}

    record Subscription(Subscribe subscribe, String notification, boolean unsafe) {}

    private final Map<String, Call> calls = new TreeMap<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();
    private final Map<String, String> unsubscribes = new TreeMap<>();

    /** Adds a method that anyone may call. */
    public MethodTable safe(String name, Method method) {
        calls.put(name, new Call(method, false));
        return this;
    }

    /** Adds a method for trusted callers. */
    public MethodTable unsafe(String name, Method method) {
        calls.put(name, new Call(method, true));
        return this;
    }

    /** Adds a subscription. */
    public MethodTable subscription(
            String name, String notification, String unsubscribe, boolean unsafe, Subscribe subscribe) {
        subscriptions.put(name, new Subscription(subscribe, notification, unsafe));
        unsubscribes.put(unsubscribe, name);
        return this;
    }

    Optional<Call> call(String name) {
        return Optional.ofNullable(calls.get(name));
    }

    Optional<Subscription> subscription(String name) {
        return Optional.ofNullable(subscriptions.get(name));
    }

    boolean isUnsubscribe(String name) {
        return unsubscribes.containsKey(name);
    }

    /** All names in order. */
    public List<String> names() {
        return Stream.of(calls.keySet(), subscriptions.keySet(), unsubscribes.keySet())
                .flatMap(java.util.Collection::stream)
                .sorted()
                .toList();
    }
}
