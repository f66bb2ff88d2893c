package network.autonomys.farmer.runtime.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The delays of the cluster's rules, each with its default and a short value for demos and tests (design §5, "Timers are settings"). */
public enum Timer {
    /** Between two presence beats; ±20 % are added by chance. */
    PRESENCE_BEAT("5s", "1s"),
    /** A member is suspect after this time without a beat. */
    PRESENCE_SUSPECT("15s", "3s"),
    /** A member is gone after this time without a beat. */
    PRESENCE_GONE("30s", "6s"),
    /** Answers to "who" are spread over this time. */
    WHO_SPREAD("500ms", "50ms"),
    /** Age at which an entry of the registry bucket vanishes. */
    REGISTRY_TTL("120s", "30s"),
    /** Age at which a lease lapses. */
    LEASE("15s", "5s"),
    /** Between two renewals of a lease. */
    LEASE_RENEWAL("5s", "1500ms"),
    /** Least time between two ring epochs. */
    RING_EPOCH("60s", "3s"),
    /** Between two looks of the leader at the members. */
    RING_CHECK("5s", "1s"),
    /** A cache may be away this long before its pieces move. */
    MEMBER_LOSS("10m", "20s"),
    /** Between two looks of everyone else at the stored ring. */
    RING_REFRESH("30s", "3s"),
    /** A job of which nothing is heard goes to another server. */
    JOB_REDELIVERY("60s", "10s"),
    /** Between two "in progress" of a job. */
    JOB_PROGRESS("10s", "2s"),
    /** A job that was neither taken nor spooled vanishes from the queue. */
    JOB_MAX_AGE("1h", "10m"),
    /** Between two looks into an empty job queue. */
    JOB_POLL("2s", "500ms"),
    /** Between two "ready" notices of a spooled sector. */
    READY_REPEAT("5s", "1s"),
    /** The client plots again when nothing is heard for this long of a job that is in work or of a sector that is ready. */
    READY_LOST("5m", "30s"),
    /** Least delay before an expired sector is plotted again. */
    REPLOT_DELAY_MIN("60s", "1s"),
    /** Longest delay before an expired sector is plotted again. */
    REPLOT_DELAY_MAX("600s", "3s"),
    /** A segment is acknowledged to the node at the latest after this time. */
    SEGMENT_ACK("30s", "30s"),
    /** Between two looks of a cache at what it lacks. */
    CACHE_RECONCILE("10s", "1s"),
    /** In which a cache reads all it holds. */
    CACHE_SCRUB("14d", "1h"),
    /** Longest pause between two attempts to reach NATS or a node. */
    RECONNECT_MAX("5s", "1s"),
    /** Between two pings on a bulk connection. */
    BULK_PING("5s", "1s"),
    /** A bulk connection on which nothing arrives is dead after this time. */
    BULK_DEAD("15s", "4s"),
    /** A bulk connection without streams is closed after this time. */
    BULK_IDLE("60s", "20s"),
    /** The time a role has to stop. */
    STOP("10s", "10s"),
    /** Between two farm state notices of one farm, at least. */
    FARM_STATE("1s", "500ms");

    private final Duration normal;
    private final Duration shortened;

    Timer(String normal, String shortened) {
        this.normal = Durations.parse(normal);
        this.shortened = Durations.parse(shortened);
    }

    /** Its name on the command line, e.g. {@code ring-epoch}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value for production. */
    public Duration normal() {
        return normal;
    }

    /** The value for demos and tests. */
    public Duration shortened() {
        return shortened;
    }

    /** The timer of a {@link #label()}. */
    public static Optional<Timer> ofLabel(String label) {
        for (Timer timer : values()) {
            if (timer.label().equals(label)) {
                return Optional.of(timer);
            }
        }
        return Optional.empty();
    }
}
