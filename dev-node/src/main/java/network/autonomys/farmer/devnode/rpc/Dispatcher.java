package network.autonomys.farmer.devnode.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.JsonReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the text of a request, or a batch of them, into the text of the answer. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MAX_SUBSCRIPTIONS = 1024;

    private final MethodTable methods;
    private final boolean allowUnsafe;
    private final int maxResponse;

    Dispatcher(MethodTable methods, boolean allowUnsafe, int maxResponse) {
        this.methods = methods;
        this.allowUnsafe = allowUnsafe;
        this.maxResponse = maxResponse;
    }

    /**
     * An answer.
     *
     * @param text empty where none is due
     * @param afterwards what begins once the text is sent
     */
    record Answer(Optional<byte[]> text, List<Runnable> afterwards) {}

    /** @param session absent over HTTP */
    Answer answer(byte[] text, Optional<RpcSession> session) throws InterruptedException {
        List<Runnable> afterwards = new ArrayList<>();
        Json request;
        try {
            request = JsonReader.parse(text);
        } catch (JsonException e) {
            return new Answer(
                    Optional.of(RpcFailure.parse().response(Json.Null.NULL).toUtf8()), afterwards);
        }
        if (request instanceof Json.Arr batch) {
            return new Answer(batch(batch, session, afterwards), afterwards);
        }
        return new Answer(single(request, session, afterwards), afterwards);
    }

    private Optional<byte[]> batch(Json.Arr batch, Optional<RpcSession> session, List<Runnable> afterwards)
            throws InterruptedException {
        if (batch.items().isEmpty()) {
            return Optional.of(
                    RpcFailure.invalidRequest().response(Json.Null.NULL).toUtf8());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Json request : batch.items()) {
            Optional<byte[]> answer = single(request, session, afterwards);
            if (answer.isPresent()) {
                out.write(out.size() == 0 ? '[' : ',');
                out.writeBytes(answer.get());
            }
            if (out.size() + 1 > maxResponse) {
                return Optional.of(RpcFailure.batchTooBig(maxResponse)
                        .response(Json.Null.NULL)
                        .toUtf8());
            }
        }
        if (out.size() == 0) {
            return Optional.empty();
        }
        out.write(']');
        return Optional.of(out.toByteArray());
    }

    private Optional<byte[]> single(Json request, Optional<RpcSession> session, List<Runnable> afterwards)
            throws InterruptedException {
        Json id = Json.Null.NULL;
        try {
            if (!(request instanceof Json.Obj object)) {
                throw RpcFailure.invalidRequest();
            }
            Optional<Json> givenId;
            String method;
            Json params;
            try {
                givenId = object.find("id");
                id = givenId.filter(Dispatcher::isId).orElse(Json.Null.NULL);
                method = text(object, "method");
                params = object.find("params").orElse(Json.Null.NULL);
                boolean wrongId = givenId.isPresent() && !isId(givenId.get());
                if (wrongId || !text(object, "jsonrpc").equals("2.0") || isScalar(params)) {
                    throw RpcFailure.invalidRequest();
                }
            } catch (JsonException e) {
                throw RpcFailure.invalidRequest();
            }
            if (givenId.isEmpty()) {
                // A notification: nobody waits for its result.
                return Optional.empty();
            }
            Json result = result(method, new Params(params), session, afterwards);
            byte[] answer = Json.object("jsonrpc", Json.string("2.0"), "id", id, "result", result)
                    .toUtf8();
            if (answer.length > maxResponse) {
                throw RpcFailure.responseTooBig(maxResponse);
            }
            return Optional.of(answer);
        } catch (RpcFailure e) {
            LOG.debug("A call is refused: {}", e.getMessage());
            return Optional.of(e.response(id).toUtf8());
        }
    }

    private static boolean isId(Json id) {
        return switch (id) {
            case Json.Str text -> true;
            case Json.Null none -> true;
            case Json.Num number -> number.text().chars().allMatch(c -> c >= '0' && c <= '9');
            default -> false;
        };
    }

    private static boolean isScalar(Json params) {
        return !(params instanceof Json.Arr || params instanceof Json.Obj || params instanceof Json.Null);
    }

    private static String text(Json.Obj object, String name) {
        return object.find(name)
                .map(network.autonomys.farmer.nodeproxy.json.Fields::text)
                .orElseThrow(() -> new JsonException("no " + name));
    }

    private Json result(String method, Params params, Optional<RpcSession> session, List<Runnable> afterwards)
            throws RpcFailure, InterruptedException {
        Optional<MethodTable.Subscription> subscription = methods.subscription(method);
        if (subscription.isPresent()) {
            return subscribe(subscription.get(), params, session, afterwards);
        }
        if (methods.isUnsubscribe(method)) {
            if (session.isEmpty()) {
                throw RpcFailure.internal();
            }
            Optional<String> id =
                    params.optional("subscription", value -> value instanceof Json.Str text ? text.text() : "");
            return Json.bool(id.isPresent() && session.get().end(id.get()));
        }
        MethodTable.Call call = methods.call(method).orElseThrow(RpcFailure::methodNotFound);
        if (call.unsafe() && !allowUnsafe) {
            throw RpcFailure.unsafe();
        }
        try {
            return call.method().call(params);
        } catch (IOException | RuntimeException e) {
            LOG.error("{} failed", method, e);
            throw RpcFailure.internal();
        }
    }

    private Json subscribe(
            MethodTable.Subscription subscription,
            Params params,
            Optional<RpcSession> session,
            List<Runnable> afterwards)
            throws RpcFailure {
        if (session.isEmpty() || (subscription.unsafe() && !allowUnsafe)) {
            throw RpcFailure.internal();
        }
        if (session.get().subscriptions() + afterwards.size() >= MAX_SUBSCRIPTIONS) {
            throw RpcFailure.tooManySubscriptions(MAX_SUBSCRIPTIONS);
        }
        Topic topic = subscription.subscribe().call(params);
        Topic.Subscriber subscriber = session.get().prepare(subscription.notification());
        afterwards.add(() -> session.get().begin(topic, subscriber));
        return Json.string(subscriber.id());
    }
}
