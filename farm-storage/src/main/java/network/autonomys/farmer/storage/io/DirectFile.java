package network.autonomys.farmer.storage.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file read and written past the page cache where the file system can do that, else through it (sectors-farms §7.6). Physical access is in
 * pages of 4096 bytes, at most 1 MiB at once; a write that does not cover whole pages reads them first. One lock covers each logical
 * operation, so writers of one file must share one handle: neighbouring sectors share a page.
 */
public final class DirectFile implements AutoCloseable {
    /** Bytes of a page; the length of a file that is written must be a multiple of it. */
    public static final int PAGE = 4096;

    /** Most bytes that are read or written at once where nothing else is said. */
    private static final int WINDOW = 1 << 20;

    private final StoreFile file;
    private final boolean direct;
    private final int window;
    private final ByteBuffer pages;
    private final @Nullable ReadContexts contexts;
    private final ReentrantLock lock = new ReentrantLock();

    private DirectFile(StoreFile file, boolean direct, int window) {
        this.file = file;
        this.direct = direct;
        this.window = window;
        this.contexts = direct ? new ReadContexts(file.path()) : null;
        this.pages = ByteBuffer.allocateDirect(window + 2 * PAGE).alignedSlice(PAGE);
    }

    /** Opens for reading. */
    public static DirectFile openForReading(Path path) throws IOException {
        return openForReading(path, WINDOW);
    }

    /**
     * Opens for reading.
     *
     * @param window most bytes that are read at once, a multiple of 4096; the handle keeps a buffer of this length
     */
    public static DirectFile openForReading(Path path, int window) throws IOException {
        if (window < PAGE || window % PAGE != 0) {
            throw new IllegalArgumentException("window of " + window + " bytes");
        }
        return open(path, Set.of(StandardOpenOption.READ), window);
    }

    /** Opens for reading and writing; creates the file where it is missing. */
    public static DirectFile openForWriting(Path path) throws IOException {
        return open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE), WINDOW);
    }

    /** Pages of a file that is open already; it is read and written through it. */
    public static DirectFile over(StoreFile file) {
        return new DirectFile(file, false, WINDOW);
    }

    private static DirectFile open(Path path, Set<OpenOption> options, int window) throws IOException {
        Set<OpenOption> direct = new HashSet<>(options);
        try {
            direct.add(directOption());
            return new DirectFile(new UninterruptedFile(path, direct), true, window);
        } catch (UnsupportedOperationException | IOException e) {
            // Memory file systems refuse direct access; whatever else is wrong will show again.
            return new DirectFile(new UninterruptedFile(path, options), false, window);
        }
    }

    /** O_DIRECT: the JDK offers it by a class that javac warns of, and so it is looked up. */
    private static OpenOption directOption() {
        try {
            for (Object option :
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
                if (option instanceof OpenOption direct && option.toString().equals("DIRECT")) {
                    return direct;
                }
            }
        } catch (ClassNotFoundException e) {
            throw new UnsupportedOperationException("no direct access", e);
        }
        throw new UnsupportedOperationException("no direct access");
    }

    /** True where the page cache is bypassed. */
    public boolean isDirect() {
        return direct;
    }

    public Path path() {
        return file.path();
    }

    public long size() throws IOException {
        return file.size();
    }

    /**
     * Makes the file this long, with its space really taken on disk.
     *
     * @throws IOException where there is not enough space
     */
    public void allocate(long bytes) throws IOException {
        lock.lock();
        try {
            file.allocate(bytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fills a buffer with the bytes at a position.
     *
     * @throws EOFException where the file ends before
     */
    public void read(long position, MemorySegment into) throws IOException {
        lock.lock();
        try {
            long done = 0;
            while (done < into.byteSize()) {
                long at = position + done;
                int skip = (int) (at % PAGE);
                int length = (int) Math.min(window - skip, into.byteSize() - done);
                require(at - skip, skip + length);
                MemorySegment.copy(MemorySegment.ofBuffer(pages), skip, into, done, length);
                done += length;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes a buffer at a position; not durable before {@link #force}. */
    public void write(long position, MemorySegment from) throws IOException {
        lock.lock();
        try {
            long done = 0;
            while (done < from.byteSize()) {
                long at = position + done;
                int skip = (int) (at % PAGE);
                int length = (int) Math.min(window - skip, from.byteSize() - done);
                int covered = (skip + length + PAGE - 1) / PAGE * PAGE;
                fillEdges(at - skip, skip, length);
                pages.clear();
                MemorySegment.copy(from, done, MemorySegment.ofBuffer(pages), skip, length);
                pages.clear().limit(covered);
                file.write(pages, at - skip);
                done += length;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The file below, for readers with buffers of their own. */
    StoreFile file() {
        return file;
    }

    /** For reads in the background; null where the page cache is not bypassed. */
    @Nullable
    ReadContexts contexts() {
        return contexts;
    }

    /** Makes what was written durable. */
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (contexts != null) {
                contexts.close();
            }
        }
    }

    /** Reads the first and the last page of what is about to be written, where they are written in part only. */
    private void fillEdges(long position, int skip, int length) throws IOException {
        int end = skip + length;
        int lastPage = (end - 1) / PAGE * PAGE;
        boolean lastInPart = end % PAGE != 0;
        if (skip != 0 || (lastInPart && lastPage == 0)) {
            fill(position, 0, PAGE);
        }
        if (lastInPart && lastPage != 0) {
            fill(position + lastPage, lastPage, PAGE);
        }
    }

    /** Reads whole pages into a part of the buffer; bytes behind the end of the file are zero. */
    private void fill(long position, int into, int covered) throws IOException {
        ByteBuffer part = pages.clear().slice(into, covered);
        int have = file.readUpTo(part, position);
        MemorySegment.ofBuffer(part.clear()).asSlice(have).fill((byte) 0);
        pages.clear();
    }

    /** Reads whole pages, of which {@code length} bytes must be there. */
    private void require(long position, int length) throws IOException {
        int covered = (length + PAGE - 1) / PAGE * PAGE;
        int have = file.readUpTo(pages.clear().limit(covered), position);
        if (have < length) {
            throw new EOFException(path() + " ends at " + size() + ", before " + (position + length));
        }
        pages.clear();
    }
}
