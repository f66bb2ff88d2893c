package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a store's files are; tests put a disk there that loses power between any two writes. */
public interface FileLayer {
    /** The disks of this machine. */
    FileLayer DISK = new FileLayer() {
        @Override
        public StoreFile open(Path path) throws IOException {
            return UninterruptedFile.create(path);
        }

        @Override
        public StoreFile openForReading(Path path) throws IOException {
            return new UninterruptedFile(path, Set.of(StandardOpenOption.READ));
        }

        @Override
        public DirectFile openPages(Path path) throws IOException {
            return DirectFile.openForWriting(path);
        }

        @Override
        public long size(Path path) throws IOException {
            try {
                return Files.size(path);
            } catch (NoSuchFileException e) {
                return -1;
            }
        }

        @Override
        public List<Path> list(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.sorted().toList();
            }
        }

        @Override
        public void delete(Path path) throws IOException {
            Files.deleteIfExists(path);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            DurableFiles.forceFolder(folder);
        }
    };

    /** Opens a file for reading and writing; creates it where it is missing. */
    StoreFile open(Path path) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws NoSuchFileException where there is none
     */
    StoreFile openForReading(Path path) throws IOException;

    /** As {@link #open}, past the page cache where that is possible. */
    DirectFile openPages(Path path) throws IOException;

    /** Bytes of a file, -1 where there is none. */
    long size(Path path) throws IOException;

    /** The entries of a folder in order of their names. */
    List<Path> list(Path folder) throws IOException;

    /** Deletes a file; that there is none is no error. Durable after {@link #forceFolder}. */
    void delete(Path path) throws IOException;

    /** Gives a file another name, in place of the file that has it. Durable after {@link #forceFolder}. */
    void rename(Path from, Path to) throws IOException;

    /** Makes it durable which files a folder has. */
    void forceFolder(Path folder) throws IOException;
}
