package network.autonomys.farmer.storage.farm;

import java.nio.file.Path;
import network.autonomys.farmer.core.types.Bytes;

/**
 * How a farm is opened.
 *
 * @param folder the farm's folder
 * @param allocatedSpace bytes that it may use; {@link SpaceDistribution#allocationFor} gives those of a number of sectors
 * @param maxPiecesInSector most pieces of a sector: the protocol's, or fewer
 * @param genesisHash the chain, 32 bytes
 * @param create whether a farm that is not there is made
 * @param lock whether the farm is locked against other processes
 */
public record FarmConfig(
        Path folder, long allocatedSpace, int maxPiecesInSector, Bytes genesisHash, boolean create, boolean lock) {}
