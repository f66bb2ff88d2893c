package network.autonomys.farmer.plotserver;

import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.types.Bytes;

/**
 * A finished sector.
 *
 * @param sector its bytes
 * @param metadata its metadata's 131 116 bytes
 * @param contentHash BLAKE3 of both, 32 bytes
 */
record EncodedSector(MemorySegment sector, MemorySegment metadata, Bytes contentHash) {}
