package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.storage.farm.SpaceDistribution;

/** What a farm may take of its disk. */
final class FarmSpace {
    private FarmSpace() {}

    /**
     * The bytes to allocate for a farm.
     *
     * @param newPieces pieces of a sector where the farm is new
     * @throws ConfigurationException where the sectors do not fit the disk, naming the largest number that does
     */
    static long allocation(FarmArgument farm, int newPieces) throws ConfigurationException, IOException {
        int pieces = Files.exists(farm.path().resolve(FarmInfo.FILE))
                ? FarmInfo.read(farm.path()).piecesInSector()
                : newPieces;
        long room = room(farm.path());
        long largest = largestSectors(room, pieces);
        if (farm.size().isPresent()) {
            if (farm.size().getAsLong() > room) {
                throw new ConfigurationException("size=" + farm.size().getAsLong() + " does not fit " + farm.path()
                        + ": " + room + " bytes are free or the farm's already");
            }
            return farm.size().getAsLong();
        }
        int sectors = farm.sectors().orElse((int) Math.min(largest, SpaceDistribution.MAX_SECTORS));
        if (sectors > largest || sectors < 1) {
            throw new ConfigurationException("sectors=" + sectors + " does not fit " + farm.path()
                    + ": the largest number that does is sectors=" + largest);
        }
        return SpaceDistribution.allocationFor(sectors, pieces);
    }

    private static long largestSectors(long room, int pieces) {
        long each = new SectorLayout(pieces).sectorBytes() + SectorMetadata.SIZE;
        long fixed = SpaceDistribution.allocationFor(1, pieces) - each;
        return Math.max(0, Math.min(SpaceDistribution.MAX_SECTORS, (room - fixed - 100) / each));
    }

    /** Free bytes of the disk and those that the farm's files have already. */
    private static long room(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                throw new IOException("no folder above " + folder);
            }
            existing = parent;
        }
        long own = 0;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    own += Files.size(file);
                }
            }
        }
        return Files.getFileStore(existing).getUsableSpace() + own;
    }
}
