package network.autonomys.farmer.devnode.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonReader;
import network.autonomys.farmer.runtime.http.WebSocketClient;
import network.autonomys.farmer.runtime.http.WebSocketClientSettings;
import network.autonomys.farmer.runtime.http.WebSocketConnection;
import network.autonomys.farmer.runtime.http.WebSocketListener;
import network.autonomys.farmer.runtime.http.WebSocketServerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcServerTest {
    private static final int MAX_REQUEST = 10_000;
    private static final int MAX_RESPONSE = 2_000;

    private final Topic numbers = new Topic();
    private final MethodTable methods = new MethodTable()
            .safe("echo", params -> Json.string(params.next("someText", Fields::text)))
            .safe("longText", params -> Json.string("x".repeat((int) Fields.u32(params.next("length", v -> v)))))
            .safe(
                    "optional",
                    params -> Json.bool(params.optional("value", Fields::u64).isPresent()))
            .safe("fail", params -> {
                throw RpcFailure.subspace("Solution was ignored");
            })
            .safe("broken", params -> {
                throw new IOException("wanted");
            })
            .unsafe("risky", params -> Json.Null.NULL)
            .subscription("subscribe", "numbers", "unsubscribe", false, params -> numbers)
            .subscription("subscribeRisky", "numbers", "unsubscribeRisky", true, params -> numbers);

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocketClient sockets = new WebSocketClient(new WebSocketClientSettings(
            1_000_000, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10)));
    private RpcServer trusting = server(true, false);
    private RpcServer cautious = server(false, true);

    private RpcServer server(boolean allowUnsafe, boolean localHostsOnly) {
        WebSocketServerSettings transport = new WebSocketServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                MAX_REQUEST,
                10,
                64,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        try {
            return RpcServer.start(
                    new RpcServer.Settings(transport, MAX_RESPONSE, allowUnsafe, localHostsOnly),
                    methods,
                    new Random(5));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void bothListen() {
        assertThat(trusting.address().getPort()).isNotEqualTo(cautious.address().getPort());
    }

    @AfterEach
    void stop() {
        sockets.close();
        http.close();
        trusting.close();
        cautious.close();
    }

    private HttpResponse<String> send(RpcServer server, String contentType, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + server.address().getPort() + "/any/path"))
                        .header("content-type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String post(RpcServer server, String body) throws Exception {
        return send(server, "application/json; charset=utf-8", body).body();
    }

    private static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"" + params + "}";
    }

    private static String error(String id, int code, String message, String data) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\""
                + (data.isEmpty() ? "" : ",\"data\":\"" + data + "\"") + "}}";
    }

    @Test
    void answersToTheLetter() throws Exception {
        String good = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":\"a\"}";
        assertThat(post(trusting, call("echo", ",\"params\":[\"a\"]"))).isEqualTo(good.formatted("1"));
        assertThat(post(trusting, call("echo", ",\"params\":[\"a\",\"more\"]"))).isEqualTo(good.formatted("1"));
        assertThat(post(trusting, call("echo", ",\"params\":{\"someText\":\"a\"}")))
                .isEqualTo(good.formatted("1"));
        assertThat(post(trusting, call("echo", ",\"params\":{\"some_text\":\"a\"}")))
                .isEqualTo(good.formatted("1"));
        assertThat(post(trusting, "{\"params\":[\"a\"],\"method\":\"echo\",\"id\":\"x\",\"jsonrpc\":\"2.0\"}"))
                .isEqualTo(good.formatted("\"x\""));
        assertThat(post(trusting, call("optional", ""))).endsWith("\"result\":false}");
        assertThat(post(trusting, call("optional", ",\"params\":null"))).endsWith("\"result\":false}");
        assertThat(post(trusting, call("optional", ",\"params\":[null]"))).endsWith("\"result\":false}");
        assertThat(post(trusting, call("optional", ",\"params\":[7]"))).endsWith("\"result\":true}");

        assertThat(post(trusting, call("echo", ""))).isEqualTo(error("1", -32_602, "Invalid params", "No more params"));
        assertThat(post(trusting, call("echo", ",\"params\":[5]")))
                .startsWith(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"Invalid params\",\"data\":");
        assertThat(post(trusting, call("nothing", ""))).isEqualTo(error("1", -32_601, "Method not found", ""));
        assertThat(post(trusting, call("fail", ""))).isEqualTo(error("1", 9001, "Solution was ignored", ""));
        assertThat(post(trusting, call("broken", ""))).isEqualTo(error("1", -32_603, "Internal error", ""));
        assertThat(post(trusting, call("risky", ""))).endsWith("\"result\":null}");
        assertThat(post(cautious, call("risky", "")))
                .isEqualTo(error("1", -32_601, "RPC call is unsafe to be called externally", ""));
        assertThat(post(trusting, call("subscribe", ""))).isEqualTo(error("1", -32_603, "Internal error", ""));
        assertThat(post(trusting, call("longText", ",\"params\":[3000]")))
                .isEqualTo(error("1", -32_008, "Response is too big", "Exceeded max limit of 2000"));

        assertThat(post(trusting, "{")).isEqualTo(error("null", -32_700, "Parse error", ""));
        assertThat(post(trusting, "7")).isEqualTo(error("null", -32_600, "Invalid request", ""));
        assertThat(post(trusting, "[]")).isEqualTo(error("null", -32_600, "Invalid request", ""));
        for (String bad : List.of(
                "{\"id\":1}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"echo\"}",
                "{\"id\":1,\"method\":\"echo\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":5}")) {
            assertThat(post(trusting, bad)).as(bad).isEqualTo(error("1", -32_600, "Invalid request", ""));
        }
        assertThat(post(trusting, "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"echo\"}"))
                .isEqualTo(error("null", -32_600, "Invalid request", ""));
        assertThat(post(trusting, "{\"jsonrpc\":\"2.0\",\"method\":\"echo\"}")).isEmpty();
    }

    @Test
    void batches() throws Exception {
        assertThat(post(trusting, "[" + call("optional", "") + ",5," + call("nothing", "") + "]"))
                .isEqualTo("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":false},"
                        + error("null", -32_600, "Invalid request", "") + ","
                        + error("1", -32_601, "Method not found", "") + "]");
        String longCall = call("longText", ",\"params\":[900]");
        assertThat(post(trusting, "[" + longCall + "," + longCall + "," + longCall + "]"))
                .isEqualTo(error("null", -32_011, "The batch response was too large", "Exceeded max limit of 2000"));
    }

    @Test
    void httpOnlyAsANodeDoes() throws Exception {
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + trusting.address().getPort()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(405);
        assertThat(send(trusting, "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(send(trusting, "application/json", call("optional", "")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> tooLong = send(trusting, "application/json", "x".repeat(MAX_REQUEST + 1));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.body())
                .isEqualTo(error("null", -32_007, "Request is too big", "Exceeded max limit of 10000"));
        // Only this machine's names, with --rpc-cors.
        try (Socket raw =
                new Socket(InetAddress.getLoopbackAddress(), cautious.address().getPort())) {
            raw.getOutputStream()
                    .write(String.join("\r\n", "POST / HTTP/1.1", "Host: example.org", "Content-Length: 0", "", "")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(head(raw)).startsWith("HTTP/1.1 403 ");
        }
        assertThat(post(cautious, call("optional", ""))).endsWith("false}");
    }

    /** The head of an answer, its last line included. */
    private static String head(Socket raw) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = raw.getInputStream().read();
            assertThat(next).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    /** A client that keeps every text. */
    private final class Client implements WebSocketListener {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final WebSocketConnection connection;

        Client(RpcServer server) throws Exception {
            connection = sockets.connect(
                    URI.create("ws://127.0.0.1:" + server.address().getPort()), c -> this);
        }

        @Override
        public void message(byte[] text) {
            texts.add(new String(text, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(String reason) {
            texts.add("closed");
        }

        String ask(String text) {
            int before = texts.size();
            connection.send(text.getBytes(StandardCharsets.UTF_8));
            await().until(() -> texts.size() > before);
            return texts.get(before);
        }

        String subscriptionId(String answer) {
            return answer.replaceFirst(".*\"result\":\"([A-Za-z0-9]{16})\"}", "$1");
        }
    }

    @Test
    void subscriptions() throws Exception {
        Client one = new Client(trusting);
        Client two = new Client(trusting);
        String first = one.subscriptionId(one.ask(call("subscribe", "")));
        String second = one.subscriptionId(one.ask(call("subscribe", "")));
        String other = two.subscriptionId(two.ask(call("subscribeRisky", "")));
        assertThat(List.of(first, second, other)).doesNotHaveDuplicates().allMatch(id -> id.length() == 16);
        await().until(() -> numbers.subscribers().size() == 3);
        numbers.publish(Json.u64(-1));
        await().until(() -> one.texts.size() == 4 && two.texts.size() == 2);
        assertThat(two.texts.getLast())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"numbers\",\"params\":{\"subscription\":\"" + other
                        + "\",\"result\":18446744073709551615}}");
        assertThat(one.ask(call("unsubscribe", ",\"params\":[\"" + first + "\"]")))
                .endsWith("\"result\":true}");
        assertThat(one.ask(call("unsubscribe", ",\"params\":[\"" + first + "\"]")))
                .endsWith("\"result\":false}");
        assertThat(one.ask(call("unsubscribe", ",\"params\":[\"" + other + "\"]")))
                .endsWith("\"result\":false}");
        assertThat(one.ask(call("unsubscribe", ""))).endsWith("\"result\":false}");
        two.connection.close("enough");
        await().until(() -> numbers.subscribers().size() == 1);

        Client careful = new Client(cautious);
        assertThat(careful.ask(call("subscribeRisky", ""))).isEqualTo(error("1", -32_603, "Internal error", ""));
        assertThat(careful.ask("x".repeat(MAX_REQUEST + 1)))
                .isEqualTo(error("null", -32_007, "Request is too big", "Exceeded max limit of 10000"));
        assertThat(careful.ask(call("optional", ""))).endsWith("false}");
    }

    @Test
    void aSubscriberThatDoesNotReadIsDroppedWithoutAWord() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(trusting.address());
            deaf.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "GET / HTTP/1.1",
                                    "Host: x",
                                    "Upgrade: websocket",
                                    "Connection: Upgrade",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                    "Sec-WebSocket-Version: 13",
                                    "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(head(deaf)).startsWith("HTTP/1.1 101 ");
            byte[] text = call("subscribe", "").getBytes(StandardCharsets.UTF_8);
            byte[] frame = new byte[6 + text.length];
            frame[0] = (byte) 0x81;
            frame[1] = (byte) (0x80 | text.length);
            System.arraycopy(text, 0, frame, 6, text.length);
            deaf.getOutputStream().write(frame);
            await().until(() -> numbers.subscribers().size() == 1);
            Json item = Json.string("x".repeat(200_000));
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                numbers.publish(item);
                return numbers.subscribers().isEmpty();
            });
        }
        assertThat(numbers.subscribers()).isEmpty();
    }

    @Test
    void anyTextGetsOneAnswerOrNone() throws Exception {
        Dispatcher dispatcher = new Dispatcher(methods, true, MAX_RESPONSE);
        String[] seeds = {
            call("echo", ",\"params\":[\"a\"]"),
            call("optional", ",\"params\":{\"value\":7}"),
            "[" + call("echo", "") + "," + call("nothing", "") + "]",
            call("unsubscribe", ",\"params\":[\"q0Zt7hWcLr2Kd9Ux\"]")
        };
        Random random = new Random(99);
        int answers = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] text = seeds[i % seeds.length].getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(3); n >= 0; n--) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            Optional<byte[]> answer = dispatcher.answer(text, Optional.empty()).text();
            if (answer.isPresent()) {
                answers++;
                assertThat(JsonReader.parse(answer.get())).isInstanceOfAny(Json.Obj.class, Json.Arr.class);
            }
        }
        assertThat(answers).isGreaterThan(90_000);
    }
}
