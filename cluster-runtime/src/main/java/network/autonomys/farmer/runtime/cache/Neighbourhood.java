package network.autonomys.farmer.runtime.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Ring;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.MemberState;
import network.autonomys.farmer.protocol.message.Presence;
import org.jspecify.annotations.Nullable;

/**
 * What a cache sees of the cluster: its share by the ring and the headers, the other caches and what they say they hold, and the
 * controllers (cluster-and-cli §3.7). Sources come in the order: full cache on the same host, caches of the same zone, other caches,
 * windows of controllers, and the controllers' own search.
 */
public final class Neighbourhood implements CacheView {
    private static final int SAME_HOST_FULL = 0;
    private static final int SAME_ZONE = 1;
    private static final int ELSEWHERE = 2;
    private static final int CONTROLLER_WINDOW = 3;

    private final Self self;
    private final HeaderChain chain;
    private final Supplier<Optional<Ring>> ring;
    private final Supplier<? extends Collection<Presence>> members;
    private final PeerHoldings holdings;
    private final PieceTransport transport;
    private final ControllerSource controllers;
    private final Duration fullRefresh;

    private final Object lock = new Object();
    private @Nullable Target target;
    private @Nullable Ring targetRing;
    private long refreshedNanos;
    private boolean refreshed;
    private List<Presence> confirmed = List.of();

    /**
     * Who looks around.
     *
     * @param zone rack or site, empty for none
     * @param full whether this is a full-piece cache, whose share needs no ring
     */
    public record Self(InstanceId id, String host, String zone, boolean full) {}

    /**
     * A view.
     *
     * @param ring the epoch applied last
     * @param members everybody who is present
     * @param fullRefresh time after which all bitmaps of all peers are asked for again
     */
    public Neighbourhood(
            Self self,
            HeaderChain chain,
            Supplier<Optional<Ring>> ring,
            Supplier<? extends Collection<Presence>> members,
            PeerHoldings holdings,
            PieceTransport transport,
            ControllerSource.Finder finder,
            Duration fullRefresh) {
        this.self = self;
        this.chain = chain;
        this.ring = ring;
        this.members = members;
        this.holdings = holdings;
        this.transport = transport;
        this.controllers = new ControllerSource(finder, transport);
        this.fullRefresh = fullRefresh;
    }

    @Override
    public Target target() {
        long segments = chain.size();
        Ring present = self.full() ? null : ring.get().orElse(null);
        synchronized (lock) {
            Target last = target;
            boolean sameRing = sameEpoch(present, targetRing);
            if (last != null && sameRing && last.segments() == segments) {
                return last;
            }
            PieceShare share = last != null && sameRing ? last.share() : share(present);
            Target now = new Target(segments, share);
            target = now;
            targetRing = present;
            return now;
        }
    }

    @Override
    public List<PieceSource> sources(long[] pieces) throws InterruptedException {
        List<PieceSource> sources = new ArrayList<>();
        List<Presence> peers = peers();
        refresh(peers, pieces);
        for (Presence peer : peers) {
            sources.add(
                    new PeerSource(peer, PieceTransport.address(peer, self.host()), rank(peer), holdings, transport));
        }
        sources.add(controllers);
        return sources;
    }

    @Override
    public boolean beginDropping() throws InterruptedException {
        Target now = target();
        boolean member =
                ring.get().flatMap(present -> present.member(self.id())).isPresent();
        if (self.full() || !member || now.segments() == 0) {
            return false;
        }
        List<Presence> caches =
                peers().stream().filter(peer -> peer.role() != Role.CONTROLLER).toList();
        List<Presence> answered = holdings.refresh(caches, 0, now.segments());
        synchronized (lock) {
            confirmed = answered;
        }
        return !answered.isEmpty();
    }

    @Override
    public boolean enoughCopiesElsewhere(long piece) {
        Optional<Ring> present = ring.get();
        if (present.isEmpty() || piece / PieceSet.PIECES_PER_SEGMENT >= chain.size()) {
            return false;
        }
        List<Presence> caches;
        synchronized (lock) {
            caches = confirmed;
        }
        Ring shares = present.get();
        long copies = caches.stream()
                .filter(cache -> holdings.of(cache.id()).contains(piece))
                .filter(cache -> keeps(cache, shares, piece))
                .count();
        return copies >= shares.epoch().replicas();
    }

    /** Whether a cache will keep its copy: two that both have one too many must not both rely on each other. */
    private static boolean keeps(Presence cache, Ring shares, long piece) {
        return cache.role() == Role.FULL_PIECE_CACHE
                || (cache.ringEpoch() == shares.epoch().epoch() && shares.owns(cache.id(), piece));
    }

    private PieceShare share(@Nullable Ring present) {
        if (self.full()) {
            return PieceShare.everything();
        }
        if (present == null || present.member(self.id()).isEmpty()) {
            return PieceShare.nothing();
        }
        return new RingShare(present, self.id());
    }

    private static boolean sameEpoch(@Nullable Ring a, @Nullable Ring b) {
        return a == null ? b == null : b != null && a.epoch().equals(b.epoch());
    }

    private List<Presence> peers() {
        return members.get().stream()
                .filter(member -> !member.id().equals(self.id()))
                .filter(member -> member.role() == Role.SHARDED_CACHE
                        || member.role() == Role.FULL_PIECE_CACHE
                        || member.role() == Role.CONTROLLER)
                .filter(member -> member.state() != MemberState.STOPPED)
                .filter(member -> !PieceTransport.address(member, self.host()).isEmpty())
                .toList();
    }

    private int rank(Presence peer) {
        if (peer.role() == Role.CONTROLLER) {
            return CONTROLLER_WINDOW;
        }
        if (peer.host().equals(self.host()) && peer.role() == Role.FULL_PIECE_CACHE) {
            return SAME_HOST_FULL;
        }
        boolean near = peer.host().equals(self.host())
                || (!self.zone().isEmpty() && peer.zone().equals(self.zone()));
        return near ? SAME_ZONE : ELSEWHERE;
    }

    /** All bitmaps now and then; in between those of segments of which nobody is known to hold a piece. */
    private void refresh(List<Presence> peers, long[] pieces) throws InterruptedException {
        boolean all;
        synchronized (lock) {
            all = !refreshed || System.nanoTime() - refreshedNanos > fullRefresh.toNanos();
            if (all) {
                refreshed = true;
                refreshedNanos = System.nanoTime();
            }
        }
        if (all) {
            Set<InstanceId> present = new HashSet<>();
            peers.forEach(peer -> present.add(peer.id()));
            holdings.retain(present);
            holdings.refresh(peers, 0, chain.size());
            return;
        }
        TreeSet<Long> unknown = new TreeSet<>();
        for (long piece : pieces) {
            if (peers.stream().noneMatch(peer -> holdings.of(peer.id()).contains(piece))) {
                unknown.add(piece / PieceSet.PIECES_PER_SEGMENT);
            }
        }
        if (!unknown.isEmpty()) {
            holdings.refresh(peers, unknown.first(), unknown.last() - unknown.first() + 1);
        }
    }
}
