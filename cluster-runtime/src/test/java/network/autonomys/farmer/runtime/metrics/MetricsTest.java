package network.autonomys.farmer.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.runtime.ConfigurationException;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics(Map.of("cluster", "main"));

    @Test
    void figuresAppearWithTheirLabels() {
        metrics.count("losses_total", "Lost rewards", "reason").increment(ReasonCode.AUDIT_SLOW);
        metrics.count("losses_total", "Lost rewards", "reason").increment(ReasonCode.AUDIT_SLOW);
        metrics.level("queue", "Waiting").set(7);
        metrics.observe("seen", "Seen", () -> 4, "farm", "a");
        metrics.observe("seen", "Seen", () -> 5, "farm", "b");
        Metrics.Times times = metrics.times("wait_seconds", "Waited");
        times.record(Duration.ofMillis(3));
        times.record(Duration.ofHours(3));
        assertThat(metrics.text())
                .contains("autonomys_farmer_losses_total{cluster=\"main\",reason=\"audit_slow\"} 2.0")
                .contains("autonomys_farmer_queue{cluster=\"main\"} 7.0")
                .contains("autonomys_farmer_seen{cluster=\"main\",farm=\"a\"} 4.0")
                .contains("autonomys_farmer_seen{cluster=\"main\",farm=\"b\"} 5.0")
                .contains("autonomys_farmer_wait_seconds_bucket{cluster=\"main\",le=\"0.004\"} 1")
                .contains("autonomys_farmer_wait_seconds_bucket{cluster=\"main\",le=\"+Inf\"} 2");
        assertThat(times.count()).isEqualTo(2);
    }

    @Test
    void theyAreServedAndABusyPortIsAnError() throws ConfigurationException, IOException, InterruptedException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (MetricsServer server = MetricsServer.start(any, metrics.withJvm());
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("jvm_memory_used_bytes");
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> MetricsServer.start(taken, metrics));
        }
    }
}
