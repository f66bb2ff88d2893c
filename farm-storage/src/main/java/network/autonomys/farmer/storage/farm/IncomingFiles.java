package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files beside a plot in which a sector is collected whose predecessor still farms. They are of use to the process that made them only: their
 * sectors are still where they came from.
 */
public final class IncomingFiles {
    private IncomingFiles() {}

    /**
     * The file of one transfer.
     *
     * @param transfer what tells it from others of this farm, without slashes
     */
    public static Path of(Path folder, String transfer) {
        return folder.resolve("incoming-" + transfer + ".part");
    }

    /**
     * Deletes what earlier processes left.
     *
     * @param folder of a farm that nobody else has open
     * @return the files that were deleted
     */
    public static List<Path> deleteAll(Path folder) throws IOException {
        List<Path> deleted = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "incoming-*.part")) {
            for (Path file : files) {
                Files.delete(file);
                deleted.add(file);
            }
        }
        return deleted;
    }
}
