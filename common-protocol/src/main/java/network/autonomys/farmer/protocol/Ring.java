package network.autonomys.farmer.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingMember;

/**
 * Owners of pieces in a ring epoch (cluster-and-cli §3.7). The copies of a piece go to the best scores on different hosts; where there
 * are fewer hosts than copies, to further members of the same hosts. Immutable.
 */
public final class Ring {
    private record Scored(RingMember member, double score) {}

    private static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing(scored -> scored.member().id());

    private final RingEpoch epoch;

    public Ring(RingEpoch epoch) {
        this.epoch = epoch;
    }

    public RingEpoch epoch() {
        return epoch;
    }

    /** The member of an id, empty if it is not in this epoch. */
    public Optional<RingMember> member(InstanceId id) {
        return epoch.members().stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** The owners of a piece, best first: as many as there are copies, or all members if they are fewer. */
    public List<RingMember> owners(long pieceIndex) {
        return List.copyOf(ranked(pieceIndex).subList(0, copies()));
    }

    /** True if the member owns a copy of the piece. */
    public boolean owns(InstanceId id, long pieceIndex) {
        return owners(pieceIndex).stream().anyMatch(member -> member.id().equals(id));
    }

    /** All members in the order in which they would own the piece: owners first, then who takes over. */
    public List<RingMember> ranked(long pieceIndex) {
        List<Scored> scored = new ArrayList<>(epoch.members().size());
        for (RingMember member : epoch.members()) {
            scored.add(new Scored(member, Rendezvous.score(member.id(), (double) member.weight(), pieceIndex)));
        }
        scored.sort(BEST_FIRST);
        Set<String> hosts = new HashSet<>();
        List<RingMember> onNewHosts = new ArrayList<>(scored.size());
        List<RingMember> others = new ArrayList<>();
        for (Scored candidate : scored) {
            boolean spread = onNewHosts.size() >= copies()
                    || hosts.add(candidate.member().host());
            (spread ? onNewHosts : others).add(candidate.member());
        }
        if (onNewHosts.size() < copies()) {
            onNewHosts.addAll(others);
            return onNewHosts;
        }
        // Members passed over for their host are still next in line when an owner is away.
        List<RingMember> result = new ArrayList<>(onNewHosts.subList(0, copies()));
        for (Scored candidate : scored) {
            if (!result.subList(0, copies()).contains(candidate.member())) {
                result.add(candidate.member());
            }
        }
        return result;
    }

    private int copies() {
        return Math.min(epoch.replicas(), epoch.members().size());
    }
}
