package network.autonomys.farmer.plotclient;

import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;

/**
 * A winning chunk that needs a proof: what a proof server is told, and all that it needs besides the cached piece.
 *
 * @param publicKey the farm's key, 32 bytes
 * @param sectorIndex index of the sector in its farm
 * @param historySize history size of the sector
 * @param pieceOffset offset of the record that holds the chunk
 * @param sBucket the audited s-bucket
 * @param encodedChunk the chunk as stored, 32 bytes
 * @param version the proof-of-space version that the sector was plotted with
 * @param slot the slot
 * @param globalChallenge its challenge, 32 bytes
 * @param distance solution distance, unsigned
 * @param block true where the distance is within the block range, false for a vote
 */
record ProofTask(
        Bytes publicKey,
        int sectorIndex,
        long historySize,
        int pieceOffset,
        int sBucket,
        Bytes encodedChunk,
        PosVersion version,
        long slot,
        Bytes globalChallenge,
        long distance,
        boolean block) {}
