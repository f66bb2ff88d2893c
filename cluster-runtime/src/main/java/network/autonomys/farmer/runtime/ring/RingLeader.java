package network.autonomys.farmer.runtime.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingMember;
import network.autonomys.farmer.protocol.message.RingNotice;
import network.autonomys.farmer.runtime.nats.Bucket;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.KeyValue;
import network.autonomys.farmer.runtime.nats.LeaderElection;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;
import network.autonomys.farmer.runtime.settings.Timer;
import network.autonomys.farmer.runtime.settings.Timers;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the ring while its controller leads (cluster-and-cli §3.7): the sharded caches that have room, weighted by their bytes. A
 * new epoch comes at most every minute and only after two equal looks; a cache that is away keeps its place for ten minutes, so that a
 * reboot does not move terabytes; one that drains leaves at once.
 */
public final class RingLeader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingLeader.class);

    /** A weight must change by more than one part in so many to be worth a new epoch. */
    private static final long WEIGHT_STEPS = 10;

    private final Bus bus;
    private final PresenceService presence;
    private final LeaderElection election;
    private final Scheduler scheduler;
    private final Timers timers;
    private final InstanceId self;
    private final int replicas;
    private final Map<InstanceId, Long> lastHeard = new HashMap<>();
    private final Scheduler.Task task;
    private List<RingMember> previousLook = List.of();
    private long publishedNanos;
    private boolean published;

    /**
     * Starts at once.
     *
     * @param replicas copies of each piece, 1 to 8
     */
    public RingLeader(
            Bus bus,
            PresenceService presence,
            LeaderElection election,
            Scheduler scheduler,
            Timers timers,
            InstanceId self,
            int replicas) {
        this.bus = bus;
        this.presence = presence;
        this.election = election;
        this.scheduler = scheduler;
        this.timers = timers;
        this.self = self;
        this.replicas = replicas;
        this.task = scheduler.every(timers.get(Timer.RING_CHECK), this::look);
    }

    private synchronized void look() {
        if (election.lease().isEmpty() || !bus.connected()) {
            previousLook = List.of();
            lastHeard.clear();
            return;
        }
        try {
            KeyValue store = bus.keyValue(Bucket.RING);
            Optional<KeyValue.Entry> stored = store.get(RingService.KEY);
            Optional<RingEpoch> current = stored.flatMap(RingService::epochOf);
            List<RingMember> wanted = wanted(current);
            boolean stable = ids(wanted).equals(ids(previousLook));
            previousLook = wanted;
            boolean changed = current.isEmpty()
                    || current.get().replicas() != replicas
                    || !wanted.equals(current.get().members());
            long minimum = timers.get(Timer.RING_EPOCH).toNanos();
            boolean tooEarly = published && scheduler.nanoTime() - publishedNanos < minimum;
            if (wanted.isEmpty() || !stable || !changed || tooEarly) {
                return;
            }
            publish(store, stored, current, wanted);
        } catch (BusException e) {
            LOG.debug("ring not looked at: {}", e.getMessage());
        }
    }

    private void publish(
            KeyValue store, Optional<KeyValue.Entry> stored, Optional<RingEpoch> current, List<RingMember> members)
            throws BusException {
        long number = current.map(RingEpoch::epoch).orElse(0L) + 1;
        RingEpoch epoch = new RingEpoch(number, self, scheduler.millis(), replicas, members);
        try {
            if (stored.isPresent()) {
                store.update(RingService.KEY, epoch, stored.get().revision());
            } else {
                store.create(RingService.KEY, epoch);
            }
        } catch (BusException e) {
            if (e.kind() == BusException.Kind.CONFLICT) {
                LOG.info("another leader has published a ring meanwhile");
                return;
            }
            throw e;
        }
        published = true;
        publishedNanos = scheduler.nanoTime();
        LOG.info("ring epoch {}: {} caches, {} copies", number, members.size(), replicas);
        bus.publish(bus.subjects().ring(), new RingNotice(number));
    }

    /** Who should be in the ring: the caches with room, and those of the present ring that were heard of lately. */
    private List<RingMember> wanted(Optional<RingEpoch> current) {
        Map<InstanceId, RingMember> members = new HashMap<>();
        Map<InstanceId, RingMember> present = new HashMap<>();
        current.ifPresent(epoch -> epoch.members().forEach(member -> present.put(member.id(), member)));
        long now = scheduler.nanoTime();
        for (Member cache : presence.members(Role.SHARDED_CACHE)) {
            lastHeard.put(cache.id(), now);
            if (cache.presence().state() == MemberState.DRAINING) {
                present.remove(cache.id());
            } else if (cache.presence().weight() > 0) {
                members.put(cache.id(), steadied(cache, Optional.ofNullable(present.get(cache.id()))));
            }
        }
        long patience = timers.get(Timer.MEMBER_LOSS).toNanos();
        for (RingMember away : present.values()) {
            if (!members.containsKey(away.id()) && now - lastHeard.computeIfAbsent(away.id(), id -> now) < patience) {
                members.put(away.id(), away);
            }
        }
        List<RingMember> result = new ArrayList<>(members.values());
        result.sort(Comparator.comparing(RingMember::id));
        return result;
    }

    /** A member with its old weight unless that changed much: placement must not follow every file. */
    private static RingMember steadied(Member cache, Optional<RingMember> before) {
        long weight = cache.presence().weight();
        if (before.isPresent()
                && Math.abs(before.get().weight() - weight) <= before.get().weight() / WEIGHT_STEPS) {
            weight = before.get().weight();
        }
        return new RingMember(
                cache.id(),
                cache.presence().host(),
                cache.presence().zone(),
                weight,
                cache.presence().addresses());
    }

    private static List<InstanceId> ids(List<RingMember> members) {
        return members.stream().map(RingMember::id).toList();
    }

    @Override
    public void close() {
        task.cancel();
    }
}
