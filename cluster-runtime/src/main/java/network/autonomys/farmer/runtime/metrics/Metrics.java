package network.autonomys.farmer.runtime.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * The figures of a process (cluster-and-cli §5.4). Names begin with {@code autonomys_farmer_}; every figure carries the base labels.
 * Asking twice for a name gives the same figure. All may be used from any thread.
 */
public final class Metrics {
    /** Before every name. */
    public static final String PREFIX = "autonomys_farmer_";

    /** A millisecond to four and a half minutes, each bucket twice the one before. */
    private static final int TIME_BUCKETS = 19;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Labels base;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();
    private final Map<String, Histogram> times = new ConcurrentHashMap<>();
    private final Map<String, List<Observed>> observed = new ConcurrentHashMap<>();

    private record Observed(DoubleSupplier value, List<String> labelValues) {}

    /**
     * @param baseLabels labels of every figure, e.g. cluster, role, instance, host
     */
    public Metrics(Map<String, String> baseLabels) {
        List<String> names = new ArrayList<>(baseLabels.keySet());
        base = Labels.of(names, names.stream().map(baseLabels::get).toList());
    }

    /** Adds memory, garbage collection and threads of this JVM. */
    public Metrics withJvm() {
        JvmMetrics.builder().constLabels(base).register(registry);
        return this;
    }

    /** A number that only grows. */
    public Count count(String name, String help, String... labelNames) {
        Counter counter = counters.computeIfAbsent(
                name,
                key -> Counter.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .constLabels(base)
                        .labelNames(labelNames)
                        .withoutExemplars()
                        .register(registry));
        return new Count(counter);
    }

    /** A number that goes up and down. */
    public Level level(String name, String help, String... labelNames) {
        Gauge gauge = gauges.computeIfAbsent(
                name,
                key -> Gauge.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .constLabels(base)
                        .labelNames(labelNames)
                        .withoutExemplars()
                        .register(registry));
        return new Level(gauge);
    }

    /**
     * A number that is asked for when figures are read.
     *
     * @param labels name, value, name, value …; the names must be the same at each call with one metric name
     */
    public void observe(String name, String help, DoubleSupplier value, String... labels) {
        String[] names = new String[labels.length / 2];
        String[] values = new String[labels.length / 2];
        for (int i = 0; i < names.length; i++) {
            names[i] = labels[2 * i];
            values[i] = labels[2 * i + 1];
        }
        List<Observed> list = observed.computeIfAbsent(name, key -> {
            List<Observed> created = new CopyOnWriteArrayList<>();
            GaugeWithCallback.builder()
                    .name(PREFIX + name)
                    .help(help)
                    .constLabels(base)
                    .labelNames(names)
                    .callback(callback -> created.forEach(entry -> callback.call(
                            entry.value().getAsDouble(), entry.labelValues().toArray(String[]::new))))
                    .register(registry);
            return created;
        });
        list.add(new Observed(value, List.of(values)));
    }

    /** Durations, in buckets from a millisecond to minutes. */
    public Times times(String name, String help, String... labelNames) {
        Histogram histogram = times.computeIfAbsent(
                name,
                key -> Histogram.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .constLabels(base)
                        .labelNames(labelNames)
                        .classicOnly()
                        .classicExponentialUpperBounds(0.001, 2, TIME_BUCKETS)
                        .withoutExemplars()
                        .register(registry));
        return new Times(histogram);
    }

    /** All figures in the text format of Prometheus. */
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A number that only grows, by label values. */
    public static final class Count {
        private final Counter counter;

        Count(Counter counter) {
            this.counter = counter;
        }

        public void increment(String... labelValues) {
            add(1, labelValues);
        }

        /** Counts one for a reason, which is the last label. */
        public void increment(ReasonCode reason) {
            add(1, reason.label());
        }

        public void add(double amount, String... labelValues) {
            counter.labelValues(labelValues).inc(amount);
        }

        /** The number for these labels. */
        public double value(String... labelValues) {
            return counter.labelValues(labelValues).get();
        }
    }

    /** A number that goes up and down, by label values. */
    public static final class Level {
        private final Gauge gauge;

        Level(Gauge gauge) {
            this.gauge = gauge;
        }

        public void set(double value, String... labelValues) {
            gauge.labelValues(labelValues).set(value);
        }

        public void add(double amount, String... labelValues) {
            gauge.labelValues(labelValues).inc(amount);
        }

        /** The number for these labels. */
        public double value(String... labelValues) {
            return gauge.labelValues(labelValues).get();
        }
    }

    /** Durations, by label values. */
    public static final class Times {
        private static final double NANOS_PER_SECOND = 1e9;

        private final Histogram histogram;

        Times(Histogram histogram) {
            this.histogram = histogram;
        }

        public void record(Duration duration, String... labelValues) {
            recordNanos(duration.toNanos(), labelValues);
        }

        public void recordNanos(long nanos, String... labelValues) {
            histogram.labelValues(labelValues).observe((double) nanos / NANOS_PER_SECOND);
        }

        /** How many durations there were for these labels. */
        public long count(String... labelValues) {
            return histogram.labelValues(labelValues).getCount();
        }
    }
}
