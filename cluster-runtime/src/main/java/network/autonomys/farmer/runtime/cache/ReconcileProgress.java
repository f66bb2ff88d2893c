package network.autonomys.farmer.runtime.cache;

import org.jspecify.annotations.Nullable;

/**
 * How far a cache is.
 *
 * @param have pieces durably held
 * @param wanted pieces of its share
 * @param missing wanted pieces not held
 * @param excess held pieces outside the share
 * @param trouble why it does not get on, or null
 */
public record ReconcileProgress(
        long have,
        long wanted,
        long missing,
        long excess,
        @Nullable String trouble) {
    /** Before the first pass. */
    static final ReconcileProgress NONE = new ReconcileProgress(0, 0, 0, 0, null);
}
