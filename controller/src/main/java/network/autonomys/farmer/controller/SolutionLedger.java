package network.autonomys.farmer.controller;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;

/**
 * What became of the solutions of the last slots, by slot and key: the answer for a plot client whose request met silence
 * (cluster-and-cli §3.6). It also keeps a repeated request from reaching the node twice. Thread-safe.
 */
final class SolutionLedger {
    private static final int KEPT = 1024;

    private record Key(long slot, Bytes publicKey) {}

    private final Map<Key, Map<Bytes, SolutionAnswer>> answers = new LinkedHashMap<>() {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<Bytes, SolutionAnswer>> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Begins a submission.
     *
     * @return {@code PENDING} in a fresh entry if the caller shall submit it, else what is known of the same solution
     */
    synchronized Opening open(SolutionResponse response) {
        Map<Bytes, SolutionAnswer> ofKey = answers.computeIfAbsent(key(response), key -> new HashMap<>());
        SolutionAnswer pending = new SolutionAnswer(SolutionOutcome.PENDING, "");
        SolutionAnswer known = ofKey.putIfAbsent(identity(response), pending);
        return known == null ? new Opening(true, pending) : new Opening(false, known);
    }

    /** Notes the outcome of a submission. */
    synchronized void settle(SolutionResponse response, SolutionAnswer answer) {
        answers.computeIfAbsent(key(response), key -> new HashMap<>()).put(identity(response), answer);
    }

    /** The best that is known of the solutions of a key in a slot: taken before pending before anything else. */
    synchronized SolutionAnswer state(long slot, Bytes publicKey) {
        return answers.getOrDefault(new Key(slot, publicKey), Map.of()).values().stream()
                .min(java.util.Comparator.comparingInt(answer -> weight(answer.outcome())))
                .orElse(new SolutionAnswer(SolutionOutcome.UNKNOWN, ""));
    }

    /**
     * Whether to submit.
     *
     * @param first this solution was not seen before
     * @param known what is known of it
     */
    record Opening(boolean first, SolutionAnswer known) {}

    private static int weight(SolutionOutcome outcome) {
        return switch (outcome) {
            case TAKEN -> 0;
            case PENDING -> 1;
            default -> 2;
        };
    }

    private static Key key(SolutionResponse response) {
        return new Key(response.slotNumber(), response.solution().publicKey());
    }

    private static Bytes identity(SolutionResponse response) {
        return Bytes.of(response.solution().encode());
    }
}
