package network.autonomys.farmer.controller;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import network.autonomys.farmer.core.types.Bytes;

/**
 * How a controller works.
 *
 * @param folder where its window of pieces and scratch files are
 * @param windowSize bytes that the window may take
 * @param policy when the node is told that a segment is safe
 * @param replicas copies of each piece in the sharded caches, 1 to 8
 * @param kzgDigest SHA-256 of the KZG parameters
 * @param pieceSize bytes of a piece; other than 1 048 672 only in tests
 * @param batchPieces pieces fetched and verified together
 * @param poll how often caches are asked about a new segment
 */
record ControllerSettings(
        Path folder,
        OptionalLong windowSize,
        AckPolicy policy,
        int replicas,
        Bytes kzgDigest,
        int pieceSize,
        int batchPieces,
        Duration poll) {}
