package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for gigabytes that must not be left behind: it goes when it is closed, and also when the process is asked to end before that. */
final class ScratchFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::delete, "scratch-folder");

    /**
     * Makes a folder.
     *
     * @param parent where; it exists
     * @param bytes that are going to be written
     * @throws IOException where there is no room for them
     */
    ScratchFolder(Path parent, long bytes) throws IOException {
        long room = Files.getFileStore(parent).getUsableSpace();
        if (room < bytes) {
            throw new IOException(parent + " has room for " + room + " bytes; " + bytes + " are needed");
        }
        path = Files.createTempDirectory(parent, "benchmark-");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            delete();
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs.
        }
    }

    private void delete() {
        try (Stream<Path> entries = Files.walk(path)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
