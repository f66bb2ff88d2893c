package network.autonomys.farmer.plotclient;

import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;

/**
 * A stored chunk that wins a slot, as the audit of a farm found it.
 *
 * @param sectorIndex index of the sector in its farm
 * @param historySize history size of the sector
 * @param piecesInSector records of the sector
 * @param pieceOffset offset of the record that holds the chunk
 * @param sBucket the audited s-bucket
 * @param chunk the chunk as stored, 32 bytes
 * @param version proof-of-space version of the sector
 * @param distance solution distance, unsigned
 */
record Candidate(
        int sectorIndex,
        long historySize,
        int piecesInSector,
        int pieceOffset,
        int sBucket,
        Bytes chunk,
        PosVersion version,
        long distance) {}
