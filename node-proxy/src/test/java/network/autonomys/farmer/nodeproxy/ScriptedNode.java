package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonReader;
import network.autonomys.farmer.runtime.http.ServerAnswer;
import network.autonomys.farmer.runtime.http.ServerHandler;
import network.autonomys.farmer.runtime.http.ServerRequest;
import network.autonomys.farmer.runtime.http.WebSocketConnection;
import network.autonomys.farmer.runtime.http.WebSocketListener;
import network.autonomys.farmer.runtime.http.WebSocketServer;
import network.autonomys.farmer.runtime.http.WebSocketServerSettings;

/** A server that answers calls as the test says, and sends what it is told to. */
final class ScriptedNode implements ServerHandler, AutoCloseable {
    /** A text that answers a call; empty for none. */
    interface Script extends BiFunction<String, Json, String> {}

    final List<String> received = new CopyOnWriteArrayList<>();
    final List<String> methods = new CopyOnWriteArrayList<>();
    final List<WebSocketConnection> connections = new CopyOnWriteArrayList<>();
    private final Script script;
    private final WebSocketServer server;

    /** @param script from method and parameters to the text of the result, or of an error object, or empty */
    ScriptedNode(Script script) throws IOException {
        this(script, 0);
    }

    ScriptedNode(Script script, int port) throws IOException {
        this.script = script;
        this.server = WebSocketServer.start(
                WebSocketServerSettings.node(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), this);
    }

    int port() {
        return server.address().getPort();
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    @Override
    public CompletionStage<ServerAnswer> request(ServerRequest request) {
        return CompletableFuture.completedFuture(ServerAnswer.text(404, ""));
    }

    @Override
    public java.util.Optional<ServerAnswer> refusesUpgrade(ServerRequest request) {
        return java.util.Optional.empty();
    }

    @Override
    public WebSocketListener opened(WebSocketConnection connection) {
        connections.add(connection);
        return new WebSocketListener() {
            @Override
            public void message(byte[] text) {
                answer(connection, text);
            }

            @Override
            public void closed(String reason) {
                connections.remove(connection);
            }
        };
    }

    private void answer(WebSocketConnection connection, byte[] text) {
        Json.Obj request = (Json.Obj) JsonReader.parse(text);
        String method = Fields.text(request.find("method").orElseThrow());
        received.add(new String(text, StandardCharsets.UTF_8));
        methods.add(method);
        String result = script.apply(method, request.find("params").orElse(Json.Null.NULL));
        if (!result.isEmpty()) {
            String kind = result.startsWith("{\"code\"") ? "error" : "result";
            send(
                    connection,
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                            + request.find("id").orElseThrow().toText() + ",\"" + kind + "\":" + result + "}");
        }
    }

    private static void send(WebSocketConnection connection, String text) {
        connection.send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends an item of a subscription. */
    void notification(String method, String subscription, String item) {
        for (WebSocketConnection connection : connections) {
            send(
                    connection,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"subscription\":" + subscription
                            + ",\"result\":" + item + "}}");
        }
    }

    /** Sends any text. */
    void text(String text) {
        connections.forEach(connection -> send(connection, text));
    }

    void drop() {
        server.dropConnections();
    }

    /** Stops listening. */
    void shutDown() {
        server.close();
    }

    @Override
    public void close() {
        shutDown();
    }
}
