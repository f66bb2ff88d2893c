package network.autonomys.farmer.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
    private static final int LIMIT = 200_000;
    private static final WebSocketClientSettings CLIENT =
            new WebSocketClientSettings(LIMIT, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** With the key of RFC 6455 §1.3. */
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: x",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "\r\n");

    /** Answers every text with itself and keeps what happened. */
    private static final class Echo implements ServerHandler {
        final List<String> events = new CopyOnWriteArrayList<>();
        volatile Optional<ServerAnswer> refusal = Optional.empty();

        @Override
        public CompletionStage<ServerAnswer> request(ServerRequest request) {
            if (request.path().equals("/fail")) {
                return CompletableFuture.failedFuture(new IOException("wanted"));
            }
            return CompletableFuture.supplyAsync(() ->
                    ServerAnswer.text(200, request.method() + " " + request.target() + " " + request.body().length));
        }

        @Override
        public Optional<ServerAnswer> refusesUpgrade(ServerRequest request) {
            return refusal;
        }

        @Override
        public WebSocketListener opened(WebSocketConnection connection) {
            events.add("opened");
            return new WebSocketListener() {
                @Override
                public void message(byte[] text) {
                    connection.send(text);
                }

                @Override
                public void tooLong(int limit) {
                    connection.send(("too long " + limit).getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public void closed(String reason) {
                    events.add("closed: " + reason);
                }
            };
        }
    }

    /** Keeps what comes in. */
    private static final class Received implements WebSocketListener {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<String> closed = new CopyOnWriteArrayList<>();

        @Override
        public void message(byte[] text) {
            messages.add(new String(text, StandardCharsets.UTF_8));
        }

        @Override
        public void tooLong(int limit) {
            messages.add("dropped beyond " + limit);
        }

        @Override
        public void closed(String reason) {
            closed.add(reason);
        }
    }

    private static WebSocketServerSettings settings(int connections, Duration ping, Duration idle) {
        return new WebSocketServerSettings(loopback(), LIMIT, connections, 4, ping, idle);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static WebSocketServer server(ServerHandler handler) throws IOException {
        return WebSocketServer.start(settings(3, Duration.ofSeconds(5), Duration.ofSeconds(10)), handler);
    }

    private static URI url(String scheme, WebSocketServer server, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
    }

    private static byte[] text(int length, long seed) {
        byte[] text = new byte[length];
        Random random = new Random(seed);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    @Test
    void messagesOfAnyLengthGoBothWaysInOrder() throws Exception {
        Echo echo = new Echo();
        try (WebSocketServer server = server(echo);
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            Received received = new Received();
            WebSocketConnection connection = client.connect(url("ws", server, ""), c -> received);
            int[] lengths = {0, 1, 125, 126, 65_535, 65_536, LIMIT};
            for (int i = 0; i < lengths.length; i++) {
                assertThat(connection.send(text(lengths[i], i))).isTrue();
            }
            await().until(() -> received.messages.size() == lengths.length);
            for (int i = 0; i < lengths.length; i++) {
                assertThat(received.messages.get(i)).isEqualTo(new String(text(lengths[i], i), StandardCharsets.UTF_8));
            }
            connection.close("enough");
            await().until(() -> received.closed.equals(List.of("enough")) && echo.events.size() == 2);
            assertThat(connection.send(text(1, 1))).isFalse();
        }
    }

    @Test
    void aMessageBeyondTheLimitIsDroppedAndTheConnectionGoesOn() throws Exception {
        try (WebSocketServer server = server(new Echo());
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            Received received = new Received();
            WebSocketConnection connection = client.connect(url("ws", server, ""), c -> received);
            connection.send(text(LIMIT + 1, 1));
            connection.send(text(3, 2));
            await().until(() -> received.messages.size() == 2);
            assertThat(received.messages.get(0)).isEqualTo("too long " + LIMIT);
            assertThat(received.messages.get(1)).hasSize(3);
        }
    }

    @Test
    void aFrameFarBeyondTheLimitEndsTheConnection() throws Exception {
        Echo echo = new Echo();
        try (WebSocketServer server = server(echo);
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            Received received = new Received();
            WebSocketConnection connection = client.connect(url("ws", server, ""), c -> received);
            connection.send(text(2 * LIMIT, 1));
            await().until(() -> received.closed.size() == 1);
            assertThat(received.messages).isEmpty();
        }
    }

    @Test
    void plainRequestsShareThePortAndKeepTheirConnection() throws Exception {
        try (WebSocketServer server = server(new Echo());
                HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                assertThat(post(http, url("http", server, "/a?b=" + i), text(1000 * i, i))
                                .body())
                        .isEqualTo("POST /a?b=" + i + " " + 1000 * i);
            }
            assertThat(post(http, url("http", server, "/fail"), text(1, 1)).statusCode())
                    .isEqualTo(500);
            assertThat(post(http, url("http", server, "/"), text(LIMIT + 1, 1)).statusCode())
                    .isEqualTo(413);
        }
    }

    private static HttpResponse<String> post(HttpClient http, URI url, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(url)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRefusedUpgradeTellsWhy() throws Exception {
        Echo echo = new Echo();
        echo.refusal = Optional.of(ServerAnswer.text(403, "Provided Host header is not whitelisted.\n"));
        try (WebSocketServer server = server(echo);
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            assertThatThrownBy(() -> client.connect(url("ws", server, "/x"), c -> new Received()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP 403 Provided Host header is not whitelisted.");
            assertThat(echo.events).isEmpty();
        }
    }

    @Test
    void oneConnectionTooManyIsRefused() throws Exception {
        try (WebSocketServer server = server(new Echo());
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            for (int i = 0; i < 3; i++) {
                client.connect(url("ws", server, ""), c -> new Received());
            }
            assertThatThrownBy(() -> client.connect(url("ws", server, ""), c -> new Received()))
                    .hasMessageContaining("HTTP 429");
            server.dropConnections();
            await().untilAsserted(() -> assertThat(client.connect(url("ws", server, ""), c -> new Received())
                            .isOpen())
                    .isTrue());
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (WebSocketServer server = server(new Echo())) {
            port = server.address().getPort();
            assertThatThrownBy(() -> WebSocketServer.start(
                            WebSocketServerSettings.page(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                            new Echo()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen");
        }
        try (WebSocketClient client = new WebSocketClient(CLIENT)) {
            assertThatThrownBy(() -> client.connect(URI.create("ws://127.0.0.1:" + port), c -> new Received()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.connect(URI.create("http://127.0.0.1:" + port), c -> new Received()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSilentPeerIsDroppedByBothEnds() throws Exception {
        Echo echo = new Echo();
        Duration quick = Duration.ofMillis(50);
        WebSocketServerSettings settings = new WebSocketServerSettings(loopback(), LIMIT, 3, 4, quick, quick);
        try (WebSocketServer server = WebSocketServer.start(settings, echo);
                Socket raw = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
            raw.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            // Answers no ping.
            String seen = new String(raw.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(seen.toLowerCase(java.util.Locale.ROOT)).contains("s3pplmbitxaq9kygzzhzrbk+xoo=");
            await().until(() -> echo.events.stream().anyMatch(e -> e.startsWith("closed: the peer was silent")));
        }
        // A server that accepts and never speaks: the upgrade has its time limit.
        try (var silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WebSocketClient client =
                        new WebSocketClient(new WebSocketClientSettings(LIMIT, Duration.ofMillis(200), quick, quick))) {
            assertThatThrownBy(() ->
                            client.connect(URI.create("ws://127.0.0.1:" + silent.getLocalPort()), c -> new Received()))
                    .hasMessageContaining("within 200 ms");
        }
    }

    @Test
    void garbageOnThePortHarmsNobodyElse() throws Exception {
        Echo echo = new Echo();
        try (WebSocketServer server = server(echo);
                WebSocketClient client = new WebSocketClient(CLIENT)) {
            Random random = new Random(7);
            for (int i = 0; i < 200; i++) {
                byte[] garbage = new byte[1 + random.nextInt(300)];
                random.nextBytes(garbage);
                boolean upgraded = i % 2 == 0;
                try (Socket raw = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
                    raw.setSoTimeout(2000);
                    if (upgraded) {
                        raw.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
                    }
                    raw.getOutputStream().write(garbage);
                    raw.shutdownOutput();
                    drain(raw.getInputStream());
                } catch (java.net.SocketException e) {
                    assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe", "abort");
                }
            }
            await().until(() -> server.connections() == 0);
            Received received = new Received();
            client.connect(url("ws", server, ""), c -> received).send(text(10, 1));
            await().until(() -> received.messages.size() == 1);
        }
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(java.io.OutputStream.nullOutputStream());
    }
}
