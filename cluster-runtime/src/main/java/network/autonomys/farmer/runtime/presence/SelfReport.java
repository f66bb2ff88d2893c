package network.autonomys.farmer.runtime.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;

/** What this process says about itself in its beats. Roles set what changes; all methods may be called from any thread. */
public final class SelfReport {
    private static final int MOST_RECENT = 16;
    private static final int MOST_FIGURES = 64;

    private final InstanceId id;
    private final Role role;
    private final String host;
    private final String zone;
    private final String version;
    private final long startedAtMillis;
    private final Map<String, LongSupplier> figures = new ConcurrentHashMap<>();
    private MemberState state = MemberState.STARTING;
    private String reason = "";
    private List<String> addresses = List.of();
    private LongSupplier queued = () -> 0;
    private LongSupplier running = () -> 0;
    private LongSupplier places = () -> 0;
    private LongSupplier weight = () -> 0;
    private long ringEpoch;
    private OptionalLong highestSegment = OptionalLong.empty();
    private Optional<Bytes> kzgDigest = Optional.empty();
    private List<Long> recentMillis = List.of();
    private long sequence;

    public SelfReport(InstanceId id, Role role, String host, String zone, String version, long startedAtMillis) {
        this.id = id;
        this.role = role;
        this.host = host;
        this.zone = zone;
        this.version = version;
        this.startedAtMillis = startedAtMillis;
    }

    public InstanceId id() {
        return id;
    }

    public Role role() {
        return role;
    }

    public String host() {
        return host;
    }

    public String zone() {
        return zone;
    }

    public synchronized MemberState state() {
        return state;
    }

    /** Why it is in its state, empty when ready. */
    public synchronized String reason() {
        return reason;
    }

    /** Sets the state; true if that changed anything. */
    synchronized boolean state(MemberState now, String why) {
        boolean changed = state != now || !reason.equals(why);
        state = now;
        reason = why;
        return changed;
    }

    /** Bulk listeners as {@code host:port}, best first. */
    public synchronized void addresses(List<String> now) {
        addresses = List.copyOf(now);
    }

    /** Where the load figures come from: waiting, in work, and how many can be in work. */
    public synchronized void load(LongSupplier nowQueued, LongSupplier nowRunning, LongSupplier nowPlaces) {
        queued = nowQueued;
        running = nowRunning;
        places = nowPlaces;
    }

    /** Usable bytes of a cache: its weight in the ring. */
    public synchronized void weight(LongSupplier bytes) {
        weight = bytes;
    }

    public synchronized void ringEpoch(long epoch) {
        ringEpoch = epoch;
    }

    /** The highest segment of which everything wanted is held. */
    public synchronized void highestSegment(OptionalLong segmentIndex) {
        highestSegment = segmentIndex;
    }

    /** SHA-256 of the KZG parameters in use. */
    public synchronized void kzgDigest(Bytes digest) {
        kzgDigest = Optional.of(digest);
    }

    /** Adds a service time to the latest ones. */
    public synchronized void served(long millis) {
        List<Long> newest = new ArrayList<>(MOST_RECENT);
        newest.add(Math.clamp(millis, 0, 0xffff_ffffL));
        newest.addAll(recentMillis.subList(0, Math.min(recentMillis.size(), MOST_RECENT - 1)));
        recentMillis = newest;
    }

    /** A further figure for status displays, at most 64. */
    public void figure(String name, LongSupplier value) {
        if (figures.size() < MOST_FIGURES || figures.containsKey(name)) {
            figures.put(name, value);
        }
    }

    /** The next beat. */
    public synchronized Presence beat() {
        Map<String, Long> values = new LinkedHashMap<>();
        figures.keySet().stream().sorted().forEach(name -> {
            LongSupplier figure = figures.get(name);
            if (figure != null) {
                values.put(name, figure.getAsLong());
            }
        });
        return new Presence(
                id,
                role,
                host,
                zone,
                addresses,
                version,
                0,
                state,
                reason,
                sequence++,
                startedAtMillis,
                u32(queued),
                u32(running),
                u32(places),
                Math.max(0, weight.getAsLong()),
                ringEpoch,
                highestSegment,
                kzgDigest,
                recentMillis,
                values);
    }

    private static long u32(LongSupplier figure) {
        return Math.clamp(figure.getAsLong(), 0, 0xffff_ffffL);
    }
}
