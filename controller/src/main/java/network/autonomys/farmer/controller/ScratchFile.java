package network.autonomys.farmer.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Memory for an entire segment, as a mapped file that is gone when it is closed: 256 MiB that the system may write out, none of it heap. */
final class ScratchFile implements AutoCloseable, SegmentAllocator {
    private static final long PAGE = 4096;

    private final Path path;
    private final FileChannel file;
    private final Arena arena = Arena.ofShared();
    private long end;

    ScratchFile(Path folder) throws IOException {
        this.path = Files.createTempFile(folder, "segment-", ".scratch");
        this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
        try {
            MemorySegment memory = file.map(FileChannel.MapMode.READ_WRITE, end, byteSize, arena);
            end += (byteSize + PAGE - 1) / PAGE * PAGE;
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException("no room for " + byteSize + " bytes in " + path, e);
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        file.close();
        Files.deleteIfExists(path);
    }
}
