package network.autonomys.farmer.plotclient;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import network.autonomys.farmer.core.types.Bytes;

/**
 * Solutions that a node took and that await its signing request. One that gets none within a few slots was not used: it lost the race, was
 * on a fork, or was invalid (cluster-and-cli §3.6).
 *
 * <p>Thread-safe.
 */
final class TakenSolutions {
    private record Taken(String controller, Bytes publicKey, long slot) {}

    private final int patienceSlots;
    private final Deque<Taken> waiting = new ArrayDeque<>();

    /**
     * @param patienceSlots slots after which a solution without a signing request counts as not used
     */
    TakenSolutions(int patienceSlots) {
        this.patienceSlots = patienceSlots;
    }

    synchronized void taken(String controller, Bytes publicKey, long slot) {
        waiting.addLast(new Taken(controller, publicKey, slot));
    }

    /** A signature was given: the oldest solution of this key and controller is used. */
    synchronized void signed(String controller, Bytes publicKey) {
        for (Iterator<Taken> i = waiting.iterator(); i.hasNext(); ) {
            Taken taken = i.next();
            if (taken.controller().equals(controller) && taken.publicKey().equals(publicKey)) {
                i.remove();
                return;
            }
        }
    }

    /** Removes those that have waited too long and returns how many they were. */
    synchronized int expire(long currentSlot) {
        int expired = 0;
        while (!waiting.isEmpty() && waiting.getFirst().slot() + patienceSlots < currentSlot) {
            waiting.removeFirst();
            expired++;
        }
        return expired;
    }
}
