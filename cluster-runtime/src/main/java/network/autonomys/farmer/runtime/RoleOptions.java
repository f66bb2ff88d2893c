package network.autonomys.farmer.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.runtime.metrics.PushSettings;
import network.autonomys.farmer.runtime.nats.NatsSettings;
import network.autonomys.farmer.runtime.settings.Durations;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that all roles share (cluster-and-cli §2.4), for use as a picocli mixin. */
public final class RoleOptions {
    private static final Logger LOG = LoggerFactory.getLogger(RoleOptions.class);
    private static final int MAX_SECRET_FILE = 4096;
    private static final String DEFAULT_PUSH_INTERVAL = "15";
    private static final Duration MOST_PUSH_INTERVAL = Duration.ofDays(1);

    @Option(
            names = {"--nats-server", "--nats-servers"},
            split = ",",
            paramLabel = "URL",
            description =
                    "NATS server, e.g. nats://10.0.0.1:4222. Repeat it, or separate by commas, for all servers of the cluster.")
    private List<String> natsServers = new ArrayList<>();

    @Option(names = "--nats-user", paramLabel = "NAME", description = "User of the NATS servers.")
    private @Nullable String natsUser;

    @Option(names = "--nats-password-file", paramLabel = "FILE", description = "File with the password of --nats-user.")
    private @Nullable Path natsPasswordFile;

    @Option(names = "--nats-token-file", paramLabel = "FILE", description = "File with the token for the NATS servers.")
    private @Nullable Path natsTokenFile;

    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            defaultValue = Subjects.DEFAULT_CLUSTER,
            description = "Name of the cluster, so that several can share NATS servers (default: ${DEFAULT-VALUE}).")
    private String clusterName = Subjects.DEFAULT_CLUSTER;

    @Option(
            names = {"--zone", "--cache-group"},
            paramLabel = "NAME",
            description = "Rack or site of this host; traffic prefers its own zone. --cache-group is the reference"
                    + " farmer's name for it; of several the first counts.")
    private List<String> zones = new ArrayList<>();

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "Name of this host in the cluster (default: the system's).")
    private @Nullable String hostName;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "0.0.0.0",
            description = "Address on which pieces and sectors are served (default: ${DEFAULT-VALUE}).")
    private String bind = "0.0.0.0";

    @Option(
            names = "--advertise",
            paramLabel = "ADDRESS",
            description = "Address that others are told for it (default: the one of the interface towards NATS).")
    private @Nullable String advertise;

    @Option(
            names = "--data-secret-file",
            paramLabel = "FILE",
            description = "File with the secret (16 bytes or more) that both sides of a data connection must know.")
    private @Nullable Path dataSecretFile;

    @Option(
            names = "--prometheus-listen-on",
            paramLabel = "HOST:PORT",
            description = "Serve /metrics there; repeat it for several addresses.")
    private List<String> prometheusListenOn = new ArrayList<>();

    @Option(
            names = {"--push-endpoint", "--endpoint", "--exporter-endpoint"},
            paramLabel = "URL",
            description = "Push the figures of /metrics to this Prometheus Pushgateway, e.g. http://10.0.0.1:9091.")
    private @Nullable String pushEndpoint;

    @Option(
            names = {"--push-interval", "--interval", "--internal", "--exporter-interval", "--exporter-internal"},
            paramLabel = "SECONDS",
            defaultValue = DEFAULT_PUSH_INTERVAL,
            description = "Time between two pushes, in seconds or e.g. 1m (default: ${DEFAULT-VALUE}).")
    private String pushInterval = DEFAULT_PUSH_INTERVAL;

    @Option(
            names = {"--label", "--farmer-label", "--proof-label"},
            paramLabel = "NAME",
            description = "The label \"instance\" of pushed figures (default: the host's name).")
    private @Nullable String pushLabel;

    @Option(
            names = "--log",
            paramLabel = "FILTER",
            defaultValue = "${env:AUTONOMYS_LOG:-${env:RUST_LOG:-info}}",
            description = "Log levels, e.g. info or debug or info,network.autonomys.farmer.runtime=debug"
                    + " (default: AUTONOMYS_LOG, RUST_LOG, info).")
    private String log = "info";

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the log lines (default: ${DEFAULT-VALUE}).")
    private String logFormat = "text";

    @Option(
            names = "--kzg-parameters",
            paramLabel = "FILE|dev",
            description = "KZG parameters of the network, or \"dev\" for the insecure ones of a development chain"
                    + " (default: AUTONOMYS_KZG_PARAMETERS, then the install directory).")
    private @Nullable String kzgParameters;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where this process keeps its identity and last known state.")
    private @Nullable Path stateDir;

    @Option(
            names = "--timers",
            paramLabel = "default|demo",
            defaultValue = "default",
            description = "Set of delays; demo is short (default: ${DEFAULT-VALUE}).")
    private String timers = "default";

    @Option(
            names = "--timer",
            paramLabel = "NAME=DURATION",
            description = "Another value for one delay, e.g. ring-epoch=10s; repeatable.")
    private Map<String, String> timerOverrides = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Check everything, start nothing.")
    private boolean dryRun;

    /** Adds servers that were named before the role's name. */
    public void addNatsServers(List<String> servers) {
        List<String> all = new ArrayList<>(servers);
        all.addAll(natsServers);
        natsServers = all;
    }

    /** The NATS servers without duplicates; duplicates are warned of. */
    public List<String> natsServers() throws ConfigurationException {
        Set<String> distinct = new LinkedHashSet<>();
        for (String server : natsServers) {
            String address = server.trim();
            if (!address.isEmpty() && !distinct.add(address)) {
                LOG.warn("NATS server {} is named twice: was another one meant?", address);
            }
        }
        if (distinct.isEmpty()) {
            throw new ConfigurationException("no NATS server: --nats-server nats://HOST:4222 is needed");
        }
        return List.copyOf(distinct);
    }

    /** How to reach NATS. */
    public NatsSettings nats(String connectionName) throws ConfigurationException {
        Optional<NatsSettings.Credentials> user = Optional.empty();
        String name = natsUser;
        Path password = natsPasswordFile;
        if (name != null) {
            if (password == null) {
                throw new ConfigurationException("--nats-user needs --nats-password-file");
            }
            user = Optional.of(new NatsSettings.Credentials(name, secretLine(password, "--nats-password-file")));
        }
        Optional<String> token =
                natsTokenFile == null ? Optional.empty() : Optional.of(secretLine(natsTokenFile, "--nats-token-file"));
        return new NatsSettings(natsServers(), connectionName, user, token, timers().get(Timer.RECONNECT_MAX));
    }

    /** The subjects of the cluster. */
    public Subjects subjects() throws ConfigurationException {
        try {
            return new Subjects(clusterName);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--cluster-name: " + e.getMessage());
        }
    }

    public Timers timers() throws ConfigurationException {
        try {
            return Timers.ofName(timers).with(timerOverrides);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--timers: " + e.getMessage());
        }
    }

    public String zone() {
        return zones.isEmpty() ? "" : zones.getFirst();
    }

    /** The name of this host. */
    public String hostName() {
        if (hostName != null) {
            return hostName;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Address on which bytes are served. */
    public String bind() {
        return bind;
    }

    /** Address to tell others, if one was named. */
    public Optional<String> advertise() {
        return Optional.ofNullable(advertise);
    }

    /** The cluster secret, if there is one. */
    public Optional<byte[]> dataSecret() throws ConfigurationException {
        if (dataSecretFile == null) {
            return Optional.empty();
        }
        byte[] secret = secretLine(dataSecretFile, "--data-secret-file").getBytes(StandardCharsets.UTF_8);
        if (secret.length < 16) {
            throw new ConfigurationException("--data-secret-file: the secret has fewer than 16 bytes");
        }
        return Optional.of(secret);
    }

    /** Where metrics are to be served. */
    public List<InetSocketAddress> prometheusListenOn() throws ConfigurationException {
        List<InetSocketAddress> result = new ArrayList<>();
        for (String address : prometheusListenOn) {
            result.add(HostPort.parse(address, "--prometheus-listen-on"));
        }
        return result;
    }

    /** Where figures are to be pushed, if anywhere. */
    public Optional<PushSettings> push() throws ConfigurationException {
        Duration period;
        try {
            period = Durations.parse(pushInterval);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--push-interval: " + e.getMessage());
        }
        if (period.isZero() || period.compareTo(MOST_PUSH_INTERVAL) > 0) {
            throw new ConfigurationException("--push-interval " + pushInterval + ": more than 0, at most a day");
        }
        String endpoint = pushEndpoint;
        if (endpoint == null) {
            return Optional.empty();
        }
        String label = pushLabel;
        try {
            return Optional.of(new PushSettings(endpoint, label == null ? hostName() : label, period));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--push-endpoint: " + e.getMessage());
        }
    }

    /** Sets up the log as asked. */
    public void configureLog() throws ConfigurationException {
        Logs.configure(log, isLogJson());
    }

    /** The same for a tool, whose log goes to standard error. */
    public void configureToolLog() throws ConfigurationException {
        Logs.configureTool(log, isLogJson());
    }

    private boolean isLogJson() throws ConfigurationException {
        if (!logFormat.equals("text") && !logFormat.equals("json")) {
            throw new ConfigurationException("--log-format is text or json, not \"" + logFormat + "\"");
        }
        return logFormat.equals("json");
    }

    /** KZG parameters as named: a file or {@code dev}. */
    public Optional<String> kzgParameters() {
        return Optional.ofNullable(kzgParameters);
    }

    public Optional<Path> stateDir() {
        return Optional.ofNullable(stateDir);
    }

    public boolean dryRun() {
        return dryRun;
    }

    private static String secretLine(Path file, String option) throws ConfigurationException {
        try {
            if (Files.size(file) > MAX_SECRET_FILE) {
                throw new ConfigurationException(option + ": " + file + " is no secret, it is too long");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(option + ": " + file + " cannot be read (" + e.getMessage() + ")");
        }
    }
}
