package network.autonomys.farmer.runtime.cache;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What kind of cache to run.
 *
 * @param directory where its pieces are
 * @param full true: holds everything; false: its share of the ring
 * @param size bytes that its pieces may take, empty for what the disk has
 * @param memoryBytes bytes of pieces kept in memory too
 * @param scrub how fast stored pieces are read again
 * @param pieceSize bytes of a piece; other than 1 048 672 only in tests
 * @param reconcile the loop's knobs
 */
public record CacheSettings(
        Path directory,
        boolean full,
        OptionalLong size,
        long memoryBytes,
        CacheOptions.Scrub scrub,
        int pieceSize,
        ReconcileSettings reconcile) {}
