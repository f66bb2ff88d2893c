package network.autonomys.farmer.devnode.rpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.runtime.http.ServerAnswer;
import network.autonomys.farmer.runtime.http.ServerHandler;
import network.autonomys.farmer.runtime.http.ServerRequest;
import network.autonomys.farmer.runtime.http.WebSocketConnection;
import network.autonomys.farmer.runtime.http.WebSocketListener;
import network.autonomys.farmer.runtime.http.WebSocketServer;
import network.autonomys.farmer.runtime.http.WebSocketServerSettings;

/** Serves a {@link MethodTable} over WebSocket and HTTP on one port. */
public final class RpcServer implements AutoCloseable {
    private final WebSocketServer server;
    private final ExecutorService threads;

    /**
     * Choices of a server.
     *
     * @param transport limits; answers have the limit of requests or {@code maxResponse}, whichever is more
     * @param maxResponse longest answer
     * @param allowUnsafe whether methods for trusted callers may be called
     * @param localHostsOnly whether the Host header must name this machine (node-rpc §1.1)
     */
    public record Settings(
            WebSocketServerSettings transport, int maxResponse, boolean allowUnsafe, boolean localHostsOnly) {}

    private RpcServer(WebSocketServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts to listen. */
    public static RpcServer start(Settings settings, MethodTable methods, RandomGenerator random) throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Dispatcher dispatcher = new Dispatcher(methods, settings.allowUnsafe(), settings.maxResponse());
        WebSocketServer server =
                WebSocketServer.start(settings.transport(), new Handler(dispatcher, threads, random, settings));
        return new RpcServer(server, threads);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Ends every connection without a goodbye. */
    public void dropConnections() {
        server.dropConnections();
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }

    private record Handler(Dispatcher dispatcher, ExecutorService threads, RandomGenerator random, Settings settings)
            implements ServerHandler {
        @Override
        public CompletionStage<ServerAnswer> request(ServerRequest request) {
            Optional<ServerAnswer> refusal = foreignHost(request).or(() -> notPost(request));
            if (refusal.isPresent()) {
                return CompletableFuture.completedFuture(refusal.get());
            }
            return CompletableFuture.supplyAsync(() -> answer(request), threads);
        }

        private ServerAnswer answer(ServerRequest request) {
            try {
                return dispatcher
                        .answer(request.body(), Optional.empty())
                        .text()
                        .map(ServerAnswer::json)
                        .orElseGet(() -> ServerAnswer.json(new byte[0]));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ServerAnswer.text(503, "The node stops.\n");
            }
        }

        private static Optional<ServerAnswer> notPost(ServerRequest request) {
            if (!request.method().equals("POST")) {
                return Optional.of(ServerAnswer.text(405, "Used HTTP Method is not allowed. POST is required\n"));
            }
            String type = request.header("content-type")
                    .orElse("")
                    .toLowerCase(Locale.ROOT)
                    .replace(" ", "");
            if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
                return Optional.of(ServerAnswer.text(
                        415, "Supplied content type is not allowed. Content-Type: application/json is required\n"));
            }
            return Optional.empty();
        }

        private Optional<ServerAnswer> foreignHost(ServerRequest request) {
            if (!settings.localHostsOnly()) {
                return Optional.empty();
            }
            String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
            return host.matches("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?")
                    ? Optional.empty()
                    : Optional.of(ServerAnswer.text(403, "Provided Host header is not whitelisted.\n"));
        }

        @Override
        public ServerAnswer tooLong(int limit) {
            return new ServerAnswer(
                    413,
                    "application/json; charset=utf-8",
                    RpcFailure.requestTooBig(limit).response(Json.Null.NULL).toUtf8());
        }

        @Override
        public Optional<ServerAnswer> refusesUpgrade(ServerRequest request) {
            return foreignHost(request);
        }

        @Override
        public WebSocketListener opened(WebSocketConnection connection) {
            return new RpcSession(connection, dispatcher, threads, random);
        }
    }
}
