package network.autonomys.farmer.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The demo's folders.
 *
 * @param base everything that the processes write but their logs
 * @param logs one file per process: below /var/log where that may be written, else in the base folder
 * @param temporary true where the base folder is ours to remove
 */
record DemoFolders(Path base, Path logs, boolean temporary) {

    static DemoFolders create(@Nullable Path directory) throws IOException {
        Path base = directory == null
                ? Files.createTempDirectory("autonomys-demo-")
                : Files.createDirectories(directory).toRealPath();
        Path system = Path.of("/var/log");
        Path logs =
                Files.isWritable(system) ? Files.createTempDirectory(system, "autonomys-demo-") : base.resolve("log");
        return new DemoFolders(base, logs, directory == null);
    }

    /** Removes the base folder where it is ours; the logs stay. */
    void removeTemporary() throws IOException {
        if (!temporary) {
            return;
        }
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.startsWith(logs)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!logs.startsWith(folder)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
