package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.storage.farm.FarmInfo;
import network.autonomys.farmer.storage.farm.SpaceDistribution;

/** What a farm may take of its disk. */
final class FarmSpace {
    /** Says how much of a disk is free. */
    @FunctionalInterface
    interface FreeSpace {
        /**
         * Bytes that may be taken.
         *
         * @param folder an existing folder on the disk
         */
        long of(Path folder) throws IOException;
    }

    /** The disks of this machine. */
    static final FreeSpace DISKS = folder -> Files.getFileStore(folder).getUsableSpace();

    private final FreeSpace free;

    FarmSpace(FreeSpace free) {
        this.free = free;
    }

    /** Pieces of a sector of a farm that exists; empty where it is still to be made. */
    static OptionalInt piecesInSector(FarmArgument farm) throws IOException {
        return Files.exists(farm.path().resolve(FarmInfo.FILE))
                ? OptionalInt.of(FarmInfo.read(farm.path()).piecesInSector())
                : OptionalInt.empty();
    }

    /**
     * The bytes to allocate for a farm.
     *
     * @param newPieces pieces of a sector where the farm is new
     * @throws ConfigurationException where the sectors do not fit the disk, naming the largest number that does
     */
    long allocation(FarmArgument farm, int newPieces) throws ConfigurationException, IOException {
        int pieces = piecesInSector(farm).orElse(newPieces);
        long room = room(farm.path());
        if (farm.size().isPresent()) {
            if (farm.size().getAsLong() > room) {
                throw new ConfigurationException("size=" + farm.size().getAsLong() + " does not fit " + farm.path()
                        + ": " + room + " bytes are free or the farm's already");
            }
            return farm.size().getAsLong();
        }
        int largest = SpaceDistribution.mostSectors(room, pieces);
        int sectors = farm.sectors().orElse(largest);
        if (sectors > largest || sectors < 1) {
            throw new ConfigurationException(
                    largest == 0
                            ? "not one sector of " + pieces + " pieces fits " + farm.path() + ": " + room
                                    + " bytes are free or the farm's already, and one takes "
                                    + SpaceDistribution.allocationFor(1, pieces)
                            : "sectors=" + sectors + " does not fit " + farm.path()
                                    + ": the largest number that does is sectors=" + largest);
        }
        return SpaceDistribution.allocationFor(sectors, pieces);
    }

    /** Free bytes of the disk and those that the farm's files have already. */
    private long room(Path folder) throws IOException {
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
        return free.of(existing) + own;
    }
}
