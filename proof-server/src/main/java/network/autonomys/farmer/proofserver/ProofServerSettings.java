package network.autonomys.farmer.proofserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a proof server works.
 *
 * @param queue requests that may wait for the engine, at least 1
 * @param fetches requests whose piece may be on its way, at least 1
 * @param proofs proofs computed at once, at least 1
 * @param recentBytes bytes of pieces kept for the next proof
 * @param firstEstimate how long a proof is taken to need until one was made
 * @param ringFile where the last ring is kept, for a start without JetStream
 */
record ProofServerSettings(
        int queue, int fetches, int proofs, long recentBytes, Duration firstEstimate, Optional<Path> ringFile) {}
