package network.autonomys.farmer.runtime.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes the figures of a process to a Prometheus Pushgateway, for hosts that cannot be scraped (cluster-and-cli §2.2). */
public final class MetricsPush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPush.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String CONTENT = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final URI target;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final Scheduler.Task task;
    private volatile boolean failing;

    /**
     * Starts to push; the first time after one period.
     *
     * @param endpoint the gateway, e.g. {@code http://10.0.0.1:9091}, or a whole address with {@code /metrics/job/…}
     * @param job value of the label {@code job}
     * @param instance value of the label {@code instance}
     * @throws ConfigurationException for an endpoint that is no HTTP address
     */
    public MetricsPush(
            Metrics metrics, String endpoint, String job, String instance, Duration period, Scheduler scheduler)
            throws ConfigurationException {
        this.metrics = metrics;
        this.target = target(endpoint, job, instance);
        this.task = scheduler.every(period, this::push);
        LOG.info("pushes metrics to {} every {} s", target, period.toSeconds());
    }

    /** The address of a group of figures in a gateway. */
    static URI target(String endpoint, String job, String instance) throws ConfigurationException {
        try {
            String base = endpoint.strip();
            while (base.endsWith("/")) {
                base = base.substring(0, base.length() - 1);
            }
            URI address = URI.create(
                    base.contains("/metrics/job")
                            ? base
                            : base + "/metrics/" + label("job", job) + "/" + label("instance", instance));
            String scheme = String.valueOf(address.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("\"" + endpoint + "\" is no address of a Pushgateway: " + e.getMessage());
        }
        throw new ConfigurationException(
                "\"" + endpoint + "\" is no address of a Pushgateway, e.g. http://10.0.0.1:9091");
    }

    /** A grouping label in a path; values that a path cannot carry go in base64, as the Pushgateway defines. */
    private static String label(String name, String value) {
        if (value.isEmpty() || value.contains("/")) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            String encoded = bytes.length == 0
                    ? "="
                    : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return name + "@base64/" + encoded;
        }
        return name + "/" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void push() {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(LIMIT)
                .header("Content-Type", CONTENT)
                .PUT(HttpRequest.BodyPublishers.ofString(metrics.text()))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                failing = false;
            } else {
                failed("answers with status " + status);
            }
        } catch (IOException e) {
            failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the first of several failures; the scheduler never runs two pushes at once. */
    private void failed(String why) {
        if (!failing) {
            failing = true;
            LOG.warn("metrics cannot be pushed to {}, goes on trying: {}", target, why);
        }
    }

    @Override
    public void close() {
        task.cancel();
        client.shutdownNow();
    }
}
