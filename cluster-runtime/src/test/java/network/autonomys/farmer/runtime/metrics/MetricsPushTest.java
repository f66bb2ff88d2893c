package network.autonomys.farmer.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.runtime.time.ThreadScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPushTest {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private record Push(String method, String path, String body) {}

    private final ThreadScheduler scheduler = new ThreadScheduler();
    private final Metrics metrics = new Metrics(Map.of("cluster", "main"));
    private final List<Push> pushes = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private HttpServer gateway(int port, AtomicInteger status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushes.add(new Push(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), body));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private MetricsPush push(int port) {
        PushSettings settings = new PushSettings("http://127.0.0.1:" + port + "/", "rack 7", PERIOD);
        return MetricsPush.start(metrics, settings, "proof-server", scheduler);
    }

    @Test
    void figuresArriveAgainAndAgain() throws IOException {
        Metrics.Count done = metrics.count("done_total", "Done");
        HttpServer gateway = gateway(0, new AtomicInteger(202));
        try (MetricsPush push = push(gateway.getAddress().getPort())) {
            assertThat(push).isNotNull();
            await().until(() -> pushes.size() >= 2);
            assertThat(pushes).allSatisfy(one -> {
                assertThat(one.method()).isEqualTo("PUT");
                assertThat(one.path()).isEqualTo("/metrics/job/proof-server/instance/rack%207");
            });
            done.increment();
            await().until(() -> pushes.getLast().body().contains("autonomys_farmer_done_total{cluster=\"main\"} 1.0"));
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    void aGatewayThatRefusesOrDiesIsTriedAgain() throws IOException {
        AtomicInteger status = new AtomicInteger(400);
        HttpServer first = gateway(0, status);
        int port = first.getAddress().getPort();
        try (MetricsPush push = push(port)) {
            assertThat(push).isNotNull();
            await().until(() -> pushes.size() >= 3);
            first.stop(0);
            othersGoOn();
            pushes.clear();
            HttpServer second = gateway(port, status);
            await().until(() -> pushes.size() >= 2);
            second.stop(0);
        }
    }

    @Test
    void aGatewayThatHangsHoldsNobodyUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MetricsPush push = push(silent.getLocalPort());
            silent.accept();
            othersGoOn();
            long start = System.nanoTime();
            push.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    /** Other work of the same scheduler runs on time. */
    private void othersGoOn() {
        AtomicInteger others = new AtomicInteger();
        var task = scheduler.every(PERIOD, others::incrementAndGet);
        await().atMost(Duration.ofSeconds(3)).until(() -> others.get() >= 5);
        task.cancel();
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:9091, n1, http://10.0.0.1:9091/metrics/job/x/instance/n1",
        "https://push.example/base/, a/b, https://push.example/base/metrics/job/x/instance@base64/YS9i",
        "http://p:1, '', http://p:1/metrics/job/x/instance@base64/=",
        "http://p:1/metrics/job/mine/instance/a, n1, http://p:1/metrics/job/mine/instance/a"
    })
    void addressesAreThoseOfThePushgateway(String endpoint, String instance, String expected) {
        assertThat(new PushSettings(endpoint, instance, PERIOD).target("x")).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1:9091", "ftp://a", "http://", "http://a b", "nonsense"})
    void otherAddressesAreRefused(String endpoint) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PushSettings(endpoint, "n1", PERIOD));
    }
}
