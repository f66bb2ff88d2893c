package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import network.autonomys.farmer.core.archive.SegmentPieces;
import network.autonomys.farmer.core.types.Constants;
import org.jspecify.annotations.Nullable;

/** The pieces of a few segments in files of 256 MiB: no memory is taken for them but while they are made. */
final class PieceFiles {
    private final Path folder;
    private @Nullable Arena arena;

    PieceFiles(Path folder) {
        this.folder = folder;
    }

    private Path unfinished() {
        return folder.resolve("segment.unfinished");
    }

    private Path file(long segment) {
        return folder.resolve("segment-" + segment + ".pieces");
    }

    /** Memory for the pieces of a segment that is being made; one at a time. */
    synchronized MemorySegment allocate(long size, long alignment) {
        close();
        Arena mapping = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(
                unfinished(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, mapping);
            arena = mapping;
            return memory;
        } catch (IOException e) {
            mapping.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The pieces that were made last are those of this segment. */
    synchronized void finish(long segment) throws IOException {
        close();
        Files.move(unfinished(), file(segment), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void close() {
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }

    boolean has(long segment) throws IOException {
        return Files.isRegularFile(file(segment)) && Files.size(file(segment)) == SegmentPieces.BYTES;
    }

    /** Reads a piece, if its segment is here. */
    Optional<byte[]> read(long segment, int position) throws IOException {
        if (!has(segment)) {
            return Optional.empty();
        }
        byte[] piece = new byte[Constants.PIECE_SIZE];
        try (var in = new java.io.RandomAccessFile(file(segment).toFile(), "r")) {
            in.seek((long) position * Constants.PIECE_SIZE);
            in.readFully(piece);
            return Optional.of(piece);
        } catch (java.io.FileNotFoundException e) {
            // Removed meanwhile.
            return Optional.empty();
        }
    }

    void remove(long segment) throws IOException {
        Files.deleteIfExists(file(segment));
    }
}
