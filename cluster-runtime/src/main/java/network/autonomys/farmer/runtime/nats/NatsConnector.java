package network.autonomys.farmer.runtime.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.autonomys.farmer.runtime.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections to NATS: waits for a server for ever, then checks that it is fit (cluster-and-cli §3.4, §3.12). */
final class NatsConnector {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnector.class);

    /** Less than this cannot carry our messages. */
    static final long LEAST_PAYLOAD = 512 * 1024;

    /** Less than this is too small for the reference's messages of one piece. */
    static final long ADVISED_PAYLOAD = 2 * 1024 * 1024;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration PING = Duration.ofSeconds(2);
    private static final int PINGS_OUT = 2;
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\..*");

    private NatsConnector() {}

    /** Waits until a server answers, with growing pauses, and says so at the first and then every tenth failure. */
    static Connection connect(NatsSettings settings, ConnectionListener connection, ErrorListener errors)
            throws InterruptedException, ConfigurationException {
        Options options;
        try {
            options = options(settings, connection, errors);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("NATS address: " + e.getMessage());
        }
        Duration pause = FIRST_PAUSE;
        for (int attempt = 0; ; attempt++) {
            try {
                Connection made = Nats.connect(options);
                check(made.getServerInfo());
                return made;
            } catch (IOException e) {
                if (attempt % 10 == 0) {
                    LOG.warn("no NATS server answers at {} ({}); waiting", settings.servers(), e.getMessage());
                }
            }
            Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(100)));
            Duration next = pause.multipliedBy(3).dividedBy(2);
            pause = next.compareTo(settings.reconnectMax()) < 0 ? next : settings.reconnectMax();
        }
    }

    private static Options options(NatsSettings settings, ConnectionListener connection, ErrorListener errors) {
        Options.Builder options = new Options.Builder()
                .servers(settings.servers().toArray(String[]::new))
                .connectionName(settings.name())
                .maxReconnects(-1)
                .reconnectDelayHandler(attempts -> {
                    long most = settings.reconnectMax().toMillis();
                    long millis = Math.min(most, FIRST_PAUSE.toMillis() << Math.min(attempts, 10));
                    return Duration.ofMillis(
                            millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
                })
                .connectionTimeout(Duration.ofSeconds(3))
                .pingInterval(PING)
                .maxPingsOut(PINGS_OUT)
                .reportNoResponders()
                .useTimeoutException()
                .connectionListener(connection)
                .errorListener(errors);
        settings.user()
                .ifPresent(user -> options.userInfo(
                        user.user().toCharArray(), user.password().toCharArray()));
        settings.token().ifPresent(token -> options.token(token.toCharArray()));
        return options.build();
    }

    /** Refuses servers that cannot work, naming the line to change. */
    static void check(ServerInfo info) throws ConfigurationException {
        Matcher version = VERSION.matcher(info.getVersion());
        if (version.matches()) {
            int major = Integer.parseInt(version.group(1));
            int minor = Integer.parseInt(version.group(2));
            if (major < 2 || (major == 2 && minor < 9)) {
                throw new ConfigurationException(
                        "nats-server " + info.getVersion() + " is too old, 2.9 or newer is needed");
            }
        }
        long payload = info.getMaxPayload();
        if (payload < LEAST_PAYLOAD) {
            throw new ConfigurationException("nats-server allows messages of " + payload + " bytes only, "
                    + LEAST_PAYLOAD + " are needed: write max_payload: 3MB into its configuration file");
        }
        if (payload < ADVISED_PAYLOAD) {
            LOG.warn(
                    "nats-server allows messages of {} bytes; 2097152 are advised (max_payload: 3MB in its"
                            + " configuration file; note that 2M means 2000000)",
                    payload);
        }
        if (!info.isJetStreamAvailable()) {
            LOG.warn("nats-server runs without JetStream: no leases, no job queue, no stored headers");
        }
    }
}
