package network.autonomys.farmer.storage.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One read at a time, by the thread that asks for it. */
final class PlainReads implements PageReads {
    /** Fills a buffer from a position on. */
    private interface Reading {
        void read(long position, MemorySegment into) throws IOException;
    }

    private final Closeable file;
    private final Reading reading;
    private final byte[] buffer;
    private MemorySegment part = MemorySegment.NULL;
    private long position;
    private boolean busy;
    private @Nullable IOException failure;

    private PlainReads(Closeable file, Reading reading, int bytes) {
        this.file = file;
        this.reading = reading;
        this.buffer = new byte[bytes];
    }

    /** Opens a file for reading past the page cache, where the file system can do that. */
    static PlainReads openDirect(Path path, int bytes) throws IOException {
        int window = (bytes + 2 * DirectFile.PAGE - 2) / DirectFile.PAGE * DirectFile.PAGE;
        DirectFile file = DirectFile.openForReading(path, window);
        return new PlainReads(file::close, file::read, bytes);
    }

    /** Reads by a handle that somebody else keeps, and that others use too. */
    static PlainReads sharing(DirectFile file, int bytes) {
        return new PlainReads(() -> {}, file::read, bytes);
    }

    /** Opens a file for reading through the page cache. */
    static PlainReads openCached(Path path, int bytes) throws IOException {
        StoreFile file = FileLayer.DISK.openForReading(path);
        return new PlainReads(file, (position, into) -> file.read(into.asByteBuffer(), position), bytes);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void begin(int slot, long begin, int length) {
        if (slot != 0 || busy) {
            throw new IllegalStateException("slot " + slot + " is not free");
        }
        if (begin < 0 || length < 1 || length > buffer.length) {
            throw new IllegalArgumentException(length + " bytes at " + begin);
        }
        position = begin;
        part = MemorySegment.ofArray(buffer).asSlice(0, length);
        busy = true;
    }

    @Override
    public void submit() {
        // The thread that wants the bytes reads them.
    }

    @Override
    public int next() {
        if (!busy) {
            throw new IllegalStateException("nothing is read");
        }
        busy = false;
        failure = null;
        try {
            reading.read(position, part);
        } catch (IOException e) {
            failure = e;
        }
        return 0;
    }

    @Override
    public MemorySegment bytes(int slot) throws IOException {
        if (busy) {
            throw new IllegalStateException("slot " + slot + " is being read");
        }
        if (failure != null) {
            throw failure;
        }
        return part;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
