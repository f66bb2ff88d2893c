package network.autonomys.farmer.plotclient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.autonomys.farmer.core.types.Bytes;

/**
 * The recent slots and who announced them. Several controllers announce the same slot; the first announcement of a (slot, challenge) pair
 * starts its audit, later ones only add a controller that a solution may go to. Two different challenges of one slot are both audited:
 * a solution goes only to a controller that announced its challenge (cluster-and-cli §3.6).
 *
 * <p>Thread-safe.
 */
final class SlotWindow {
    private static final int KEPT = 64;

    private record Slot(long number, Bytes challenge) {}

    private final Map<Slot, Set<String>> announced = new LinkedHashMap<>();
    private long highest = -1;

    /** What an announcement means. */
    enum Arrival {
        /** First of its kind: audit it. */
        NEW,
        /** The slot and challenge are known. */
        REPEATED,
        /** Older than what an audit could still be in time for. */
        STALE,
        /** New, and another challenge of the same slot was announced before: the nodes are on different forks. */
        FORK
    }

    /** Takes an announcement in. */
    synchronized Arrival announced(long number, Bytes challenge, String controller, int staleAfter) {
        Slot slot = new Slot(number, challenge);
        Set<String> known = announced.get(slot);
        if (known != null) {
            known.add(controller);
            return Arrival.REPEATED;
        }
        if (highest >= 0 && number < highest - staleAfter) {
            return Arrival.STALE;
        }
        boolean fork = announced.keySet().stream().anyMatch(s -> s.number() == number);
        announced.put(slot, new HashSet<>(Set.of(controller)));
        highest = Math.max(highest, number);
        Iterator<Slot> oldest = announced.keySet().iterator();
        while (announced.size() > KEPT) {
            oldest.next();
            oldest.remove();
        }
        return fork ? Arrival.FORK : Arrival.NEW;
    }

    /** The highest slot number announced so far, -1 before the first. */
    synchronized long highest() {
        return highest;
    }

    /** The controllers that announced this slot with this challenge, to which alone a solution for it may go. */
    synchronized List<String> controllers(long number, Bytes challenge) {
        return new ArrayList<>(announced.getOrDefault(new Slot(number, challenge), Set.of()));
    }
}
