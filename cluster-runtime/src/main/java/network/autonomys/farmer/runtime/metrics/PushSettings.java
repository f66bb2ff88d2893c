package network.autonomys.farmer.runtime.metrics;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Where figures are pushed to (cluster-and-cli §2.2).
 *
 * @param endpoint a Pushgateway, e.g. {@code http://10.0.0.1:9091}, or a whole address with {@code /metrics/job/…}
 * @param instance value of the label {@code instance}
 * @param period time between two pushes
 */
public record PushSettings(String endpoint, String instance, Duration period) {
    /** @throws IllegalArgumentException for an endpoint that is no HTTP address */
    public PushSettings {
        target(endpoint, "job", instance);
    }

    /**
     * The address of the figures in the gateway.
     *
     * @param job value of the label {@code job}
     */
    public URI target(String job) {
        return target(endpoint, job, instance);
    }

    private static URI target(String endpoint, String job, String instance) {
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
        throw new IllegalArgumentException(
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
}
