package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads parts of one file, several at once, each into a slot of memory of its own. A slot is busy from {@link #begin} until {@link #next} has
 * given it back. For one thread at a time.
 */
public interface PageReads extends AutoCloseable {
    /** How many reads can be under way at once, at least 1; slots are counted from 0. */
    int slots();

    /**
     * Begins a read. The kernel may hear of it only with the next call of {@link #next} or {@link #submit}.
     *
     * @param slot one that is not busy
     * @param position of the first byte, at least 0
     * @param length bytes, 1 to what this was opened for
     * @throws IOException where this is closed
     */
    void begin(int slot, long position, int length) throws IOException;

    /** Hands all reads that were begun to the kernel, without waiting for any. */
    void submit() throws IOException;

    /**
     * Waits until a read has ended.
     *
     * @return its slot, which is not busy any more
     * @throws IOException where nothing is known of any read; how single reads end is told by {@link #bytes}
     * @throws IllegalStateException where nothing is under way
     */
    int next() throws IOException;

    /**
     * What the last read of a slot has brought, until the next one begins there.
     *
     * @throws java.io.EOFException where the file ends before
     * @throws IOException where it could not be read
     */
    MemorySegment bytes(int slot) throws IOException;

    /** Closes the file. Reads that are under way are not waited for: their memory is left to them. */
    @Override
    void close() throws IOException;
}
