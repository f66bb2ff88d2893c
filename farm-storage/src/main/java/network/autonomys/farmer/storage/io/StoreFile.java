package network.autonomys.farmer.storage.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file, read and written at positions by any number of threads. */
public interface StoreFile extends Closeable {
    /** Bytes of the file. */
    long size() throws IOException;

    /**
     * Fills the buffer from a position on.
     *
     * @throws EOFException where the file ends before
     */
    void read(ByteBuffer target, long position) throws IOException;

    /** Writes the buffer at a position; durable after {@link #force}. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Makes everything written durable. */
    void force() throws IOException;
}
