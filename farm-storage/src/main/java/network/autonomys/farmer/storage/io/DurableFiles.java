package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Small files that are there whole or not at all, whatever is killed when. */
public final class DurableFiles {
    private DurableFiles() {}

    private static final String NEW = ".new";

    private static final Set<OpenOption> ANEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);

    /** Replaces a file: writes a new one beside it, makes it durable, renames it, makes the rename durable. */
    public static void replace(Path file, byte[] content) throws IOException {
        replaceWith(file, fresh(file), content);
    }

    /**
     * As {@link #replace(Path, byte[])}, for a file that several processes may replace at once: each writes one of its own, and that of the last
     * stays. What is killed meanwhile leaves its own behind, so that this is for files that are replaced once in a machine's life.
     */
    public static void replaceShared(Path file, byte[] content) throws IOException {
        Path own = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + NEW);
        try {
            replaceWith(file, own, content);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /** As {@link #replace(Path, byte[])}, with the files in a layer. */
    public static void replace(FileLayer layer, Path file, byte[] content) throws IOException {
        try (StoreFile target = layer.open(fresh(file))) {
            target.allocate(content.length);
            target.write(ByteBuffer.wrap(content), 0);
            target.force();
        }
        layer.rename(fresh(file), file);
        layer.forceFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /** As {@link #replace(Path, byte[])}, and from its first byte on only the owner may read the file. */
    public static void replaceSecret(Path file, byte[] content) throws IOException {
        // What an earlier attempt left would keep its permissions.
        Files.deleteIfExists(fresh(file));
        replaceWith(
                file,
                fresh(file),
                content,
                PosixFilePermissions.asFileAttribute(
                        Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + NEW);
    }

    private static void replaceWith(Path file, Path fresh, byte[] content, FileAttribute<?>... attributes)
            throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, ANEW, attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /** Makes the entries of a folder durable. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
