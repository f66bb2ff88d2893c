package network.autonomys.farmer.runtime.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JetStream resources of a cluster, created when they are first used (cluster-and-cli §3.5; java-stack §4 for server 2.9). */
final class JetStreamResources {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamResources.class);
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final Duration DEDUPLICATION = Duration.ofMinutes(2);
    private static final Duration EVENT_AGE = Duration.ofDays(14);
    private static final long EVENT_BYTES = 2L << 30;
    private static final long LEAST_EVENT_BYTES = 16L << 20;
    private static final long MOST_JOBS = 100_000;

    /** Stream or bucket not found. */
    private static final int STREAM_NOT_FOUND = 10_059;

    /** A stream of that name exists with other settings. */
    private static final int STREAM_EXISTS = 10_058;

    /** Too few servers for so many replicas. */
    private static final int NO_PEERS = 10_005;

    /** The servers' limit of storage is lower than what the stream may grow to. */
    private static final int NO_STORAGE = 10_047;

    private static final int REPLICAS_NOT_SUPPORTED = 10_074;

    private final Connection connection;
    private final Subjects subjects;
    private final Timers timers;
    private final JetStreamOptions options =
            JetStreamOptions.builder().requestTimeout(REQUEST).build();

    JetStreamResources(Connection connection, Subjects subjects, Timers timers) {
        this.connection = connection;
        this.subjects = subjects;
        this.timers = timers;
    }

    Subjects subjects() {
        return subjects;
    }

    Timers timers() {
        return timers;
    }

    JetStream jetStream() throws IOException {
        return connection.jetStream(options);
    }

    JetStreamManagement management() throws IOException {
        return connection.jetStreamManagement(options);
    }

    /** The bucket, made if there is none. */
    io.nats.client.KeyValue bucket(Bucket bucket) throws IOException, JetStreamApiException {
        String name = subjects.resource(bucket.label());
        KeyValueOptions kvOptions =
                KeyValueOptions.builder().jetStreamOptions(options).build();
        try {
            connection.keyValueManagement(kvOptions).getStatus(name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw e;
            }
            createBucket(bucket, name, kvOptions);
        }
        return connection.keyValue(name, kvOptions);
    }

    private void createBucket(Bucket bucket, String name, KeyValueOptions kvOptions)
            throws IOException, JetStreamApiException {
        KeyValueConfiguration.Builder configuration = KeyValueConfiguration.builder()
                .name(name)
                .maxHistoryPerKey(bucket.history())
                .storageType(bucket.onDisk() ? StorageType.File : StorageType.Memory);
        bucket.ttl().ifPresent(ttl -> configuration.ttl(timers.get(ttl)));
        create(replicas -> connection
                .keyValueManagement(kvOptions)
                .create(configuration.replicas(replicas).build()));
    }

    /** Makes the work queue if there is none; gives its name. */
    String workQueue() throws IOException, JetStreamApiException {
        return stream(StreamConfiguration.builder()
                .name(subjects.resource("jobs"))
                .subjects(subjects.plotJobAll())
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .discardPolicy(DiscardPolicy.New)
                .maxMessages(MOST_JOBS)
                .maxAge(timers.get(Timer.JOB_MAX_AGE)));
    }

    /** Makes a stream if there is none; gives its name. */
    String stream(StreamKind kind) throws IOException, JetStreamApiException {
        StreamConfiguration.Builder configuration =
                StreamConfiguration.builder().name(subjects.resource(kind.label()));
        return switch (kind) {
            case HISTORY -> stream(configuration.subjects(subjects.headerAll()).maxMessagesPerSubject(1));
            case EVENTS ->
                events(configuration
                        .subjects(subjects.eventAll())
                        .maxAge(EVENT_AGE)
                        .discardPolicy(DiscardPolicy.Old));
        };
    }

    /** The servers set the whole size aside, so on small ones it must be smaller. */
    private String events(StreamConfiguration.Builder configuration) throws IOException, JetStreamApiException {
        for (long bytes = EVENT_BYTES; ; bytes /= 4) {
            try {
                return stream(configuration.maxBytes(bytes));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != NO_STORAGE || bytes / 4 < LEAST_EVENT_BYTES) {
                    throw e;
                }
                LOG.warn("JetStream has no room for {} bytes of events, taking less", bytes);
            }
        }
    }

    private String stream(StreamConfiguration.Builder configuration) throws IOException, JetStreamApiException {
        JetStreamManagement management = management();
        String name = configuration.build().getName();
        try {
            management.getStreamInfo(name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw e;
            }
            Duration age = configuration.build().getMaxAge();
            boolean shortLived = !age.isZero() && age.compareTo(DEDUPLICATION) < 0;
            configuration.storageType(StorageType.File).duplicateWindow(shortLived ? age : DEDUPLICATION);
            create(replicas ->
                    management.addStream(configuration.replicas(replicas).build()));
        }
        return name;
    }

    private interface Creation {
        Object with(int replicas) throws IOException, JetStreamApiException;
    }

    /** Three copies where there are three servers; one where the servers cannot do it. Someone else may have been faster. */
    private void create(Creation creation) throws IOException, JetStreamApiException {
        int replicas = connection.getServers().size() >= 3 ? 3 : 1;
        try {
            creation.with(replicas);
        } catch (JetStreamApiException e) {
            int code = e.getApiErrorCode();
            if (code == STREAM_EXISTS) {
                return;
            }
            if (replicas == 1 || (code != NO_PEERS && code != REPLICAS_NOT_SUPPORTED)) {
                throw e;
            }
            LOG.warn("JetStream cannot keep {} copies ({}), using one", replicas, e.getMessage());
            creation.with(1);
        }
    }
}
