package network.autonomys.farmer.controller;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;

/** The slots that this controller announced of late: a solution is only taken for a challenge that its own node gave. Thread-safe. */
final class SlotBook {
    private static final int KEPT = 64;

    private final Map<Long, SlotInfo> slots = new LinkedHashMap<>() {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SlotInfo> eldest) {
            return size() > KEPT;
        }
    };

    /** Notes a slot; one of the same number, from a node that began anew, takes the place of the old one. */
    synchronized void announced(SlotInfo info) {
        slots.remove(info.slotNumber());
        slots.put(info.slotNumber(), info);
    }

    /** The slot, if it was announced with this challenge. */
    synchronized Optional<SlotInfo> find(long slot, Bytes challenge) {
        return Optional.ofNullable(slots.get(slot))
                .filter(info -> info.globalChallenge().equals(challenge));
    }
}
