package network.autonomys.farmer.storage.pieces;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for positional reading and writing by many threads. An interrupt of one of them, which closes a {@link FileChannel} for all, only
 * leaves its mark on that thread: the channel is opened again and the work is done.
 */
final class UninterruptedFile implements AutoCloseable {
    private final Path path;
    private FileChannel channel;
    private boolean closed;

    private interface Work<T> {
        T on(FileChannel channel) throws IOException;
    }

    UninterruptedFile(Path path) throws IOException {
        this.path = path;
        this.channel = open();
    }

    long size() throws IOException {
        return run(FileChannel::size);
    }

    /** Fills the buffer from a position on; {@link EOFException} if the file ends before. */
    void read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        run(file -> {
            target.position(start);
            while (target.hasRemaining()) {
                if (file.read(target, position + target.position() - start) < 0) {
                    throw new EOFException(path + " ends before " + (position + target.limit() - start));
                }
            }
            return true;
        });
    }

    /** Writes the buffer at a position. */
    void write(ByteBuffer source, long position) throws IOException {
        int start = source.position();
        run(file -> {
            source.position(start);
            while (source.hasRemaining()) {
                file.write(source, position + source.position() - start);
            }
            return true;
        });
    }

    /** Makes everything written durable. */
    void force() throws IOException {
        run(file -> {
            file.force(false);
            return true;
        });
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private <T> T run(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = current();
                try {
                    return work.on(current);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(e);
                } catch (ClosedChannelException e) {
                    reopen(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized FileChannel current() {
        return channel;
    }

    private synchronized void reopen(ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (!channel.isOpen()) {
            channel = open();
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
