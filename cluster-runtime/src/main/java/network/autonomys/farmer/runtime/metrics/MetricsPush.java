package network.autonomys.farmer.runtime.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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
    private final HttpClient client;
    private final Scheduler.Task task;
    private volatile boolean failing;
    private volatile boolean closed;

    private MetricsPush(Metrics metrics, URI target, Duration period, Scheduler scheduler) {
        this.metrics = metrics;
        this.target = target;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        this.task = scheduler.every(period, this::push);
    }

    /**
     * Starts to push; the first time after one period. A gateway that does not answer is asked again each period, and is worth one warning.
     *
     * @param job value of the label {@code job}
     */
    public static MetricsPush start(Metrics metrics, PushSettings settings, String job, Scheduler scheduler) {
        URI target = settings.target(job);
        LOG.info("pushes metrics to {} every {} s", target, settings.period().toSeconds());
        return new MetricsPush(metrics, target, settings.period(), scheduler);
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
                failed("it answers with status " + status);
            }
        } catch (IOException e) {
            failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the first of several failures; the scheduler never runs two pushes at once. */
    private void failed(String why) {
        if (!failing && !closed) {
            failing = true;
            LOG.warn("metrics cannot be pushed to {}, goes on trying: {}", target, why);
        }
    }

    @Override
    public void close() {
        closed = true;
        task.cancel();
        client.shutdownNow();
    }
}
