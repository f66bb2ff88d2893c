package network.autonomys.farmer.controller;

import java.time.Duration;

/**
 * The knobs of segment intake.
 *
 * @param policy when the node is told
 * @param poll how often the caches are asked what they hold
 * @param batchPieces pieces fetched and verified together; each takes a buffer of 1 MiB
 * @param firstPosition where in a segment this controller begins, 0 … 255
 */
record IntakeSettings(AckPolicy policy, Duration poll, int batchPieces, int firstPosition) {
    IntakeSettings {
        if (batchPieces < 1 || firstPosition < 0 || firstPosition > 255) {
            throw new IllegalArgumentException("batch of " + batchPieces + " pieces from position " + firstPosition);
        }
    }
}
