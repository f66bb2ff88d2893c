package network.autonomys.farmer.devnode.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.core.types.PotParametersChange;

/** Proofs of time of recent slots, each following from the one before (node-rpc §3.2). May be used by several threads at once. */
public final class ProofChain {
    private final ChainSpec spec;
    private final NavigableMap<Long, Proven> slots = new TreeMap<>();

    /**
     * A slot that is proven.
     *
     * @param input what it was proven from
     * @param checkpoints the proof
     */
    public record Proven(PotNextSlotInput input, PotCheckpoints checkpoints) {}

    public ProofChain(ChainSpec spec) {
        this.spec = spec;
    }

    long authoringDelay() {
        return spec.authoringDelay();
    }

    /** The input of the slot after a block (node-rpc §3.2). */
    public PotNextSlotInput firstInputAfter(ChainState parent) {
        if (parent.number() == 0) {
            return new PotNextSlotInput(1, spec.potIterations(), spec.genesisSeed());
        }
        return PotInputs.nextSlot(spec.potIterations(), parent.slot(), parent.proofOfTime(), parent.nextChange(spec));
    }

    /** The input of the next slot to prove on top of the best block. */
    public synchronized PotNextSlotInput nextInput(ChainState best) {
        if (slots.isEmpty() || slots.lastKey() <= best.slot()) {
            return firstInputAfter(best);
        }
        Proven last = slots.lastEntry().getValue();
        return after(last, best.nextChange(spec));
    }

    private PotNextSlotInput after(Proven proven, Optional<PotParametersChange> change) {
        return PotInputs.nextSlot(
                spec.potIterations(),
                proven.input().slot(),
                proven.checkpoints().output(),
                change);
    }

    /** Adds a slot and forgets all later ones. */
    public synchronized void add(Proven proven) {
        slots.tailMap(proven.input().slot(), true).clear();
        slots.put(proven.input().slot(), proven);
    }

    /** The last slot proven, 0 where there is none. */
    public synchronized long lastSlot() {
        return slots.isEmpty() ? 0 : slots.lastKey();
    }

    /** The proof of a slot. */
    public synchronized Optional<Proven> find(long slot) {
        return Optional.ofNullable(slots.get(slot));
    }

    /** The output of a slot; empty bytes where it is not proven. */
    synchronized Bytes output(long slot) {
        Proven proven = slots.get(slot);
        return proven == null ? Bytes.EMPTY : proven.checkpoints().output();
    }

    /**
     * The proofs from the slot after a block to {@code to}, if all are there and follow from the block.
     *
     * @return in order, or empty
     */
    public synchronized Optional<List<Proven>> walk(ChainState parent, long to) {
        PotNextSlotInput expected = firstInputAfter(parent);
        Optional<PotParametersChange> change = parent.nextChange(spec);
        List<Proven> walked = new ArrayList<>();
        for (long slot = parent.slot() + 1; slot <= to; slot++) {
            Proven proven = slots.get(slot);
            if (proven == null || !proven.input().equals(expected)) {
                return Optional.empty();
            }
            walked.add(proven);
            expected = after(proven, change);
        }
        return Optional.of(walked);
    }

    /**
     * Forgets slots that do not follow from the new best block, because it announces an injection that was passed over, and slots long before it.
     *
     * @return whether slots after it were forgotten
     */
    public synchronized boolean realign(ChainState best) {
        PotNextSlotInput expected = firstInputAfter(best);
        Optional<PotParametersChange> change = best.nextChange(spec);
        boolean forgotten = false;
        for (Long slot = slots.higherKey(best.slot()); slot != null; slot = slots.higherKey(slot)) {
            Proven proven = slots.get(slot);
            if (proven == null || !proven.input().equals(expected)) {
                slots.tailMap(slot, true).clear();
                forgotten = true;
                break;
            }
            expected = after(proven, change);
        }
        // Votes of the block before may still come.
        slots.headMap(best.slot() - 64L * spec.authoringDelay(), false).clear();
        return forgotten;
    }

    /** All slots after one, in order. */
    public synchronized List<Proven> after(long slot) {
        return List.copyOf(slots.tailMap(slot, false).values());
    }
}
