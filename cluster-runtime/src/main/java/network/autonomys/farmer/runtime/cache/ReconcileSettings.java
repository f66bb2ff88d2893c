package network.autonomys.farmer.runtime.cache;

import java.time.Duration;

/**
 * The knobs of the reconcile loop.
 *
 * @param batchPieces pieces fetched and verified together, 1 … 1024
 * @param parallelBatches batches on their way at one time, at least 1
 * @param fetchLimit time that one source gets for its part of a batch
 * @param retryMin wait before pieces that nobody could give are asked for again; doubles up to {@code retryMax}
 * @param retryMax longest such wait
 * @param period time after which the loop looks at everything again although nothing told it to
 */
public record ReconcileSettings(
        int batchPieces,
        int parallelBatches,
        Duration fetchLimit,
        Duration retryMin,
        Duration retryMax,
        Duration period) {
    /** Two batches of 64 pieces: 128 MiB of buffers. */
    public static final ReconcileSettings DEFAULT = new ReconcileSettings(
            64, 2, Duration.ofSeconds(60), Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** Checks the ranges. */
    public ReconcileSettings {
        if (batchPieces < 1 || batchPieces > 1024 || parallelBatches < 1) {
            throw new IllegalArgumentException(parallelBatches + " batches of " + batchPieces + " pieces");
        }
        if (retryMin.isNegative() || retryMin.isZero() || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException("retry from " + retryMin + " to " + retryMax);
        }
    }

    /** Buffers that the loop can use at one time. */
    int buffers() {
        return batchPieces * parallelBatches;
    }
}
