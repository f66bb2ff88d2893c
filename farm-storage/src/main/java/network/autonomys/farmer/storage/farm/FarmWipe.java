package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.storage.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes a farm: all files of it and nothing else (sectors-farms §7.9). */
public final class FarmWipe {
    private static final Logger LOG = LoggerFactory.getLogger(FarmWipe.class);

    /** In the order in which they go; the info file, by which a farm is known, is the last. */
    private static final List<String> FILES = List.of(
            "known_addresses.bin", Farm.PLOT, MetadataFile.NAME, IdentityFile.NAME, PieceCacheFile.NAME, FarmInfo.FILE);

    private FarmWipe() {}

    /**
     * Deletes a farm that nobody has open.
     *
     * @return the files that were deleted
     * @throws FarmException where there is no farm in the folder, or it is in use
     */
    public static List<Path> wipe(Path folder) throws IOException {
        Path info = folder.resolve(FarmInfo.FILE);
        if (!Files.isRegularFile(info)) {
            throw new FarmException(FarmException.Kind.MISSING, "no farm in " + folder + ": " + info + " is missing");
        }
        List<Path> deleted = new ArrayList<>();
        try (FarmLock lock = FarmLock.take(info)) {
            try {
                LOG.info("Deleting farm {}", FarmInfo.read(folder).id());
            } catch (FarmException e) {
                LOG.warn("Deleting a farm whose info cannot be read: {}", e.getMessage());
            }
            deleted.addAll(IncomingFiles.deleteAll(folder));
            for (String name : FILES) {
                if (Files.deleteIfExists(folder.resolve(name))) {
                    deleted.add(folder.resolve(name));
                }
            }
            LOG.debug("{} gave the lock {} up", folder, lock);
        }
        DurableFiles.forceFolder(folder);
        return deleted;
    }
}
