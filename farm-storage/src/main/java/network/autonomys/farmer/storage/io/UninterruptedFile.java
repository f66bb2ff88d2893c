package network.autonomys.farmer.storage.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file for positional reading and writing by many threads. An interrupt of one of them, which closes a {@link FileChannel} for all, only
 * leaves its mark on that thread: the channel is opened again and the work is done.
 */
public final class UninterruptedFile implements StoreFile {
    private final Path path;
    private final Set<? extends OpenOption> options;
    /** Replaced under this object's lock, read without it: an audit reads one file by many threads at once. */
    private volatile FileChannel channel;

    private boolean closed;

    /** Work on the open channel that may be begun anew. */
    interface Work<T> {
        T on(FileChannel channel) throws IOException;
    }

    /** Opens a file with the options of {@link FileChannel#open}. */
    public UninterruptedFile(Path path, Set<? extends OpenOption> options) throws IOException {
        this.path = path;
        this.options = Set.copyOf(options);
        this.channel = FileChannel.open(path, options);
    }

    /** Opens a file for reading and writing; creates it where it is missing. */
    public static UninterruptedFile create(Path path) throws IOException {
        return new UninterruptedFile(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        return run(FileChannel::size);
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
        int wanted = target.remaining();
        if (readUpTo(target, position) < wanted) {
            throw new EOFException(path + " ends before " + (position + wanted));
        }
    }

    @Override
    public int readUpTo(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        return run(file -> {
            target.position(start);
            while (target.hasRemaining()) {
                int done = target.position() - start;
                // Direct access reads whole pages; after a part of one the file is at its end.
                if ((done > 0 && done % DirectFile.PAGE != 0 && isDirect())
                        || file.read(target, position + done) <= 0) {
                    break;
                }
            }
            return target.position() - start;
        });
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int start = source.position();
        run(file -> {
            source.position(start);
            while (source.hasRemaining()) {
                file.write(source, position + source.position() - start);
            }
            return true;
        });
    }

    @Override
    public void force() throws IOException {
        run(file -> {
            file.force(false);
            return true;
        });
    }

    @Override
    public void allocate(long bytes) throws IOException {
        long size = size();
        if (size > bytes) {
            run(file -> file.truncate(bytes));
        } else if (size < bytes) {
            // Really taken, so that a later write cannot fail for want of it (sectors-farms §7.7).
            try (NativeFile file = NativeFile.openForWriting(path)) {
                file.reserve(bytes);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private boolean isDirect() {
        return options.stream().anyMatch(option -> !(option instanceof StandardOpenOption));
    }

    private <T> T run(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
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

    private synchronized void reopen(ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, options);
        }
    }
}
