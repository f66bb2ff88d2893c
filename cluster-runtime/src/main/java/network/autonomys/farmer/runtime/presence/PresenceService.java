package network.autonomys.farmer.runtime.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import network.autonomys.farmer.protocol.message.Who;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cluster that this process lives, and knows who else does (cluster-and-cli §3.3). Beats go out every five seconds ±20 %, at
 * once on a change, and on request. A member is suspect after three missed beats and gone after six; only beats count, never the expiry
 * of stored entries.
 */
public final class PresenceService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceService.class);

    /** What happened to a member. */
    public enum Change {
        JOINED,
        /** Its state, addresses, ring epoch or highest segment changed. */
        CHANGED,
        SUSPECT,
        BACK,
        GONE
    }

    /** Hears of changes; called from the bus and the scheduler, so it returns soon. */
    public interface Listener {
        void changed(Member member, Change change);
    }

    private final Bus bus;
    private final Scheduler scheduler;
    private final Timers timers;
    private final RandomGenerator random;
    private final SelfReport self;
    private final boolean silent;
    private final Map<InstanceId, Member> members = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final List<Scheduler.Task> tasks = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private int beatsUntilMirror;

    public PresenceService(Bus bus, Scheduler scheduler, Timers timers, RandomGenerator random, SelfReport self) {
        this(bus, scheduler, timers, random, self, false);
    }

    private PresenceService(
            Bus bus, Scheduler scheduler, Timers timers, RandomGenerator random, SelfReport self, boolean silent) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.timers = timers;
        this.random = random;
        this.self = self;
        this.silent = silent;
    }

    /** One that listens and asks without being a member itself, for tools. */
    public static PresenceService listening(
            Bus bus, Scheduler scheduler, Timers timers, RandomGenerator random, SelfReport self) {
        return new PresenceService(bus, scheduler, timers, random, self, true);
    }

    /** Begins to listen and to beat, and asks who is there. */
    public void start() {
        registrations.add(bus.subscribe(bus.subjects().upAll(), Presence.class, this::heard));
        registrations.add(bus.onConnection(connected -> {
            if (connected) {
                announce();
                who();
            }
        }));
        if (!silent) {
            registrations.add(bus.subscribe(bus.subjects().who(), Who.class, who -> {
                long spread = timers.get(Timer.WHO_SPREAD).toNanos();
                scheduler.after(Duration.ofNanos(random.nextLong(spread)), this::announce);
            }));
            scheduleBeat();
        }
        Duration check = timers.get(Timer.PRESENCE_BEAT).dividedBy(2);
        tasks.add(scheduler.every(check, this::judge));
        announce();
        who();
    }

    /** Asks everyone to announce themselves. */
    public void who() {
        bus.publish(bus.subjects().who(), new Who());
    }

    /** Sets what this process can do, and tells at once if that is new. */
    public void state(MemberState state, String reason) {
        if (self.state(state, reason)) {
            LOG.info("{}{}", state, reason.isEmpty() ? "" : ": " + reason);
            announce();
        }
    }

    /** Sends a beat now. */
    public void announce() {
        if (!silent && !closed) {
            bus.publish(bus.subjects().up(self.role(), self.id()), self.beat());
        }
    }

    /** The members that are not gone, this process included, in the order of their ids. */
    public List<Member> members() {
        return members.values().stream()
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** The members of a role that are not gone. */
    public List<Member> members(Role role) {
        return members().stream().filter(member -> member.role() == role).toList();
    }

    /** The members of a role that take new work. */
    public List<Member> ready(Role role) {
        return members().stream()
                .filter(member -> member.role() == role && member.ready())
                .toList();
    }

    public Optional<Member> member(InstanceId id) {
        return Optional.ofNullable(members.get(id));
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    private void scheduleBeat() {
        double factor = 0.8 + 0.4 * random.nextDouble();
        Duration pause = Duration.ofNanos(
                Math.round(factor * (double) timers.get(Timer.PRESENCE_BEAT).toNanos()));
        scheduler.after(pause, () -> {
            if (!closed) {
                scheduleBeat();
                announce();
                mirror();
            }
        });
    }

    /** Copies the beat into the registry bucket, a quarter of the entries' age apart. */
    private void mirror() {
        if (--beatsUntilMirror > 0) {
            return;
        }
        beatsUntilMirror = (int) Math.max(
                1,
                timers.get(Timer.REGISTRY_TTL).toNanos()
                        / (4 * timers.get(Timer.PRESENCE_BEAT).toNanos()));
        try {
            bus.keyValue(Bucket.REGISTRY).put(self.role().label() + "." + self.id(), self.beat());
        } catch (BusException e) {
            LOG.debug("registry not updated: {}", e.getMessage());
        }
    }

    private void heard(Presence presence) {
        long now = scheduler.nanoTime();
        if (presence.state() == MemberState.STOPPED) {
            Member left = members.remove(presence.id());
            if (left != null) {
                tell(new Member(presence, now, true), Change.GONE);
            }
            return;
        }
        Member member = new Member(presence, now, false);
        Member before = members.put(presence.id(), member);
        if (before == null) {
            LOG.debug("{} {} on {} joined", presence.role().label(), presence.id(), presence.host());
            tell(member, Change.JOINED);
        } else if (before.suspect()) {
            tell(member, Change.BACK);
        } else if (differs(before.presence(), presence)) {
            tell(member, Change.CHANGED);
        }
    }

    private static boolean differs(Presence a, Presence b) {
        return a.state() != b.state()
                || !a.addresses().equals(b.addresses())
                || a.ringEpoch() != b.ringEpoch()
                || a.startedAtMillis() != b.startedAtMillis()
                || !a.highestSegment().equals(b.highestSegment());
    }

    private void judge() {
        if (!bus.connected()) {
            // Nobody can be heard: that says nothing about them.
            long now = scheduler.nanoTime();
            members.replaceAll((id, member) -> new Member(member.presence(), now, member.suspect()));
            return;
        }
        long suspect = timers.get(Timer.PRESENCE_SUSPECT).toNanos();
        long gone = timers.get(Timer.PRESENCE_GONE).toNanos();
        Collection<Member> present = List.copyOf(members.values());
        for (Member member : present) {
            long silence = scheduler.nanoTime() - member.lastHeardNanos();
            if (silence >= gone) {
                if (members.remove(member.id(), member)) {
                    LOG.info("{} {} is gone", member.role().label(), member.id());
                    tell(member, Change.GONE);
                }
            } else if (silence >= suspect && !member.suspect()) {
                Member suspected = new Member(member.presence(), member.lastHeardNanos(), true);
                if (members.replace(member.id(), member, suspected)) {
                    tell(suspected, Change.SUSPECT);
                }
            }
        }
    }

    private void tell(Member member, Change change) {
        listeners.forEach(listener -> listener.changed(member, change));
    }

    /** Says goodbye, so that nobody has to wait for missing beats. */
    @Override
    public void close() {
        state(MemberState.STOPPED, "");
        closed = true;
        tasks.forEach(Scheduler.Task::cancel);
        registrations.forEach(Registration::close);
    }
}
