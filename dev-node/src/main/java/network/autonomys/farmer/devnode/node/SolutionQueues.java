package network.autonomys.farmer.devnode.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;

/**
 * Solutions that wait for the claim of their slot (node-rpc §1.4.3). Taken are those for the slots announced last, one for each slot of the
 * authoring delay; what was taken stays until the claim, which may be late while a segment is being archived.
 */
public final class SolutionQueues {
    /** Against a client that sends without end; far more than honest farms find. */
    private static final int MAX_PER_SLOT = 1000;

    private final int delay;
    private final Map<Long, List<Solution>> waiting = new LinkedHashMap<>();
    private final List<Long> open = new ArrayList<>();

    /** @param delay authoring delay in slots */
    public SolutionQueues(int delay) {
        this.delay = delay;
    }

    /** A slot is announced to somebody who may answer. */
    public synchronized void open(long slot) {
        waiting.put(slot, new ArrayList<>());
        open.remove(slot);
        open.addLast(slot);
        if (open.size() > delay) {
            open.removeFirst();
        }
    }

    /** Takes a solution; false where its slot is unknown, over or full. */
    public synchronized boolean offer(SolutionResponse response) {
        List<Solution> queue = waiting.get(response.slotNumber());
        if (queue == null || !open.contains(response.slotNumber()) || queue.size() >= MAX_PER_SLOT) {
            return false;
        }
        queue.add(response.solution());
        return true;
    }

    /** Closes a slot and gives its solutions in the order of their arrival. */
    public synchronized List<Solution> drain(long slot) {
        open.remove(slot);
        List<Solution> solutions = waiting.remove(slot);
        return solutions == null ? List.of() : solutions;
    }
}
