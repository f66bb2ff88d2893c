package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a store's files are; tests put a disk there that loses power between any two writes. */
public interface FileLayer {
    /** The disks of this machine. */
    FileLayer DISK = new FileLayer() {
        @Override
        public StoreFile open(Path path) throws IOException {
            return UninterruptedFile.create(path);
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
        public void forceFolder(Path folder) throws IOException {
            DurableFiles.forceFolder(folder);
        }
    };

    /** Opens a file for reading and writing; creates it where it is missing. */
    StoreFile open(Path path) throws IOException;

    /** Bytes of a file, -1 where there is none. */
    long size(Path path) throws IOException;

    /** Makes it durable which files a folder has. */
    void forceFolder(Path folder) throws IOException;
}
