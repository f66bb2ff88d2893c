package network.autonomys.farmer.nodeproxy.rpc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.JsonReader;

/** Calls over HTTP {@code POST} with real batches and kept connections, for the export of history (node-rpc §5.5). No subscriptions. */
public final class RpcOverHttp implements RpcCaller {
    private static final int BATCH_TOO_LARGE = -32_011;
    private static final int RESPONSE_TOO_LARGE = -32_008;

    private final URI url;
    private final HttpClient http;
    private final AtomicLong nextId = new AtomicLong();

    /** @param url {@code http} or {@code https} */
    public RpcOverHttp(URI url, Duration connectTimeout) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("no HTTP URL: " + url);
        }
        this.url = url.getRawPath().isEmpty() ? url.resolve("/") : url;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    @Override
    public Json call(String method, Json.Arr params, Duration timeout) throws IOException, InterruptedException {
        Json answer = post(RpcMessages.request(nextId.getAndIncrement(), method, params), timeout);
        try {
            if (answer instanceof Json.Obj object) {
                return RpcMessages.result(method, object);
            }
            throw new JsonException("an answer that is no object");
        } catch (JsonException e) {
            throw new IOException(method + ": " + e.getMessage(), e);
        }
    }

    /** One batch; where its answer would be too large, two of half the size. */
    @Override
    public List<Json> batch(List<Call> calls, Duration timeout) throws IOException, InterruptedException {
        if (calls.size() == 1) {
            return List.of(call(calls.getFirst().method(), calls.getFirst().params(), timeout));
        }
        try {
            return wholeBatch(calls, timeout);
        } catch (RpcErrorException e) {
            if (e.code() != BATCH_TOO_LARGE && e.code() != RESPONSE_TOO_LARGE) {
                throw e;
            }
            int half = calls.size() / 2;
            List<Json> results = new ArrayList<>(batch(calls.subList(0, half), timeout));
            results.addAll(batch(calls.subList(half, calls.size()), timeout));
            return results;
        }
    }

    private List<Json> wholeBatch(List<Call> calls, Duration timeout) throws IOException, InterruptedException {
        if (calls.isEmpty()) {
            return List.of();
        }
        long first = nextId.getAndAdd(calls.size());
        List<Json> requests = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            requests.add(RpcMessages.request(
                    first + i, calls.get(i).method(), calls.get(i).params()));
        }
        Json answer = post(new Json.Arr(requests), timeout);
        try {
            if (answer instanceof Json.Obj error) {
                return List.of(RpcMessages.result("batch", error));
            }
            Map<Long, Json.Obj> byId = new HashMap<>();
            for (Json item : Fields.items(answer)) {
                if (!(item instanceof Json.Obj object)) {
                    throw new JsonException("an answer that is no object");
                }
                byId.put(Fields.u64(object.find("id").orElse(Json.Null.NULL)), object);
            }
            List<Json> results = new ArrayList<>(calls.size());
            for (int i = 0; i < calls.size(); i++) {
                Json.Obj object = byId.get(first + i);
                if (object == null) {
                    throw new JsonException("the batch's answer lacks one of its calls");
                }
                results.add(RpcMessages.result(calls.get(i).method(), object));
            }
            return results;
        } catch (JsonException e) {
            throw new IOException("batch: " + e.getMessage(), e);
        }
    }

    private Json post(Json body, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toUtf8()))
                .build();
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            NotConnectedException failure = new NotConnectedException("no connection to " + url);
            failure.initCause(e);
            throw failure;
        }
        try {
            return JsonReader.parse(response.body());
        } catch (JsonException e) {
            throw new IOException(url + " answers HTTP " + response.statusCode() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
