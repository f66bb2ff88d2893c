package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contexts for reads of one file, kept because the kernel takes its time to give one up. There are none where the kernel refuses them, or would do
 * the reads one after the other: then threads have to wait for a read each.
 */
final class ReadContexts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadContexts.class);

    /** File systems that begin a direct read without waiting for it. */
    private static final Set<String> IN_BACKGROUND = Set.of("ext4", "xfs");

    /** Enough for a disk that answers within a millisecond while the processors have other work. */
    private static final int DEPTH = 128;

    private final Path path;
    private final Deque<ReadContext> idle = new ArrayDeque<>();
    private boolean useless;
    private @Nullable NativeFile file;

    ReadContexts(Path path) {
        this.path = path;
    }

    /** A context and a file. */
    record Lent(ReadContext context, NativeFile file) {}

    /** Lends a context; null where there is none. */
    synchronized @Nullable Lent borrow() {
        if (useless) {
            return null;
        }
        try {
            NativeFile opened = file;
            if (opened == null) {
                if (!IN_BACKGROUND.contains(Files.getFileStore(path).type())) {
                    useless = true;
                    return null;
                }
                opened = NativeFile.openForReadingPages(path);
                file = opened;
            }
            ReadContext context = idle.pollFirst();
            return new Lent(context != null ? context : ReadContext.open(DEPTH), opened);
        } catch (IOException e) {
            refused(e);
            return null;
        }
    }

    synchronized void giveBack(Lent lent) {
        if (useless) {
            lent.context.close();
        } else {
            idle.addFirst(lent.context);
        }
    }

    /** No context is lent any more. */
    synchronized void refused(IOException reason) {
        LOG.info("{}: read by many threads, as the kernel does not do it alone: {}", path, reason.getMessage());
        useless = true;
    }

    /** All contexts must have been given back. */
    @Override
    public synchronized void close() throws IOException {
        useless = true;
        idle.forEach(ReadContext::close);
        idle.clear();
        if (file != null) {
            file.close();
        }
    }
}
