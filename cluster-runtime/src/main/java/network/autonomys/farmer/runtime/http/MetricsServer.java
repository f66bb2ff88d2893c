package network.autonomys.farmer.runtime.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Serves one page of metrics under {@code /metrics} (and {@code /}); anything else is 404, other verbs than GET 405. */
public final class MetricsServer implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final WebSocketServer server;

    private MetricsServer(WebSocketServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param page makes the page in the Prometheus text format; called from the network thread for each request
     * @throws IOException where the port is taken
     */
    public static MetricsServer start(InetSocketAddress listen, Supplier<byte[]> page) throws IOException {
        return new MetricsServer(WebSocketServer.start(
                WebSocketServerSettings.page(listen), ServerHandler.of(request -> answer(request, page))));
    }

    private static ServerAnswer answer(ServerRequest request, Supplier<byte[]> page) {
        if (!request.path().equals("/metrics") && !request.path().equals("/")) {
            return ServerAnswer.text(404, "Look at /metrics.\n");
        }
        if (!request.method().equals("GET")) {
            return ServerAnswer.text(405, "Only GET.\n");
        }
        return new ServerAnswer(200, CONTENT_TYPE, page.get());
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
