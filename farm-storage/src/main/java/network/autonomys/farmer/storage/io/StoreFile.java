package network.autonomys.farmer.storage.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An open file, read and written at positions by any number of threads. */
public interface StoreFile extends Closeable {
    Path path();

    /** Bytes of the file. */
    long size() throws IOException;

    /**
     * Fills the buffer from a position on.
     *
     * @throws EOFException where the file ends before
     */
    void read(ByteBuffer target, long position) throws IOException;

    /** Fills the buffer from a position on, or as far as the file goes; returns how many bytes were read. */
    int readUpTo(ByteBuffer target, long position) throws IOException;

    /** Makes the file this long: cuts it, or takes the missing space, which reads as zeros; durable after {@link #force}. */
    void allocate(long bytes) throws IOException;

    /** Writes the buffer at a position; durable after {@link #force}. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Makes everything written durable. */
    void force() throws IOException;
}
