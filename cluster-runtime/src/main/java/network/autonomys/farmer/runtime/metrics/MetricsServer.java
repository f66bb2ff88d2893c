package network.autonomys.farmer.runtime.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.runtime.ConfigurationException;

/** Serves {@code /metrics} for Prometheus. A port in use is an error, never another port (cluster-and-cli §5.4). */
public final class MetricsServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;

    private MetricsServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Listens.
     *
     * @param address where; port 0 takes a free one
     * @throws ConfigurationException if that is not possible
     */
    public static MetricsServer start(InetSocketAddress address, Metrics metrics) throws ConfigurationException {
        HttpServer server;
        try {
            server = HttpServer.create(address, 16);
        } catch (BindException | UnresolvedAddressException e) {
            throw new ConfigurationException("metrics cannot be served on " + address + ": " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException("metrics cannot be served on " + address + ": " + e);
        }
        ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("metrics-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/metrics", exchange -> answer(exchange, metrics));
        server.start();
        return new MetricsServer(server, executor);
    }

    private static void answer(HttpExchange exchange, Metrics metrics) throws IOException {
        try (exchange) {
            byte[] body = metrics.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
