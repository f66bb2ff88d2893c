package network.autonomys.farmer.storage.io;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How plots are read where many small parts of them are wanted at once. */
public enum ReadMethod {
    /** By the kernel itself, many reads of each thread at once: a third of the processor time. Linux 5.12 and later. */
    RING {
        @Override
        public PageReads openDirect(Path path, int slots, int bytes) throws IOException {
            return RingReads.openDirect(path, slots, bytes);
        }

        @Override
        public PageReads openCached(Path path, int slots, int bytes) throws IOException {
            return RingReads.openCached(path, slots, bytes);
        }
    },
    /** One read at a time by each thread, which takes more threads. */
    THREADS {
        @Override
        public PageReads openDirect(Path path, int slots, int bytes) throws IOException {
            return PlainReads.openDirect(path, bytes);
        }

        @Override
        public PageReads openCached(Path path, int slots, int bytes) throws IOException {
            return PlainReads.openCached(path, bytes);
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(ReadMethod.class);

    /**
     * Opens a file for reading past the page cache, where the file system can do that.
     *
     * @param slots most reads at once, 1 to 4096
     * @param bytes of the longest read, at least 1
     * @throws IOException where the file cannot be opened, or the kernel does not offer this method
     */
    public abstract PageReads openDirect(Path path, int slots, int bytes) throws IOException;

    /** As {@link #openDirect}, but through the page cache. */
    public abstract PageReads openCached(Path path, int slots, int bytes) throws IOException;

    /**
     * What a command line says.
     *
     * @param name auto, ring or threads; auto is {@link #best}
     * @throws IllegalArgumentException for another name; the message says which there are
     */
    public static ReadMethod of(String name) {
        return switch (name) {
            case "auto" -> best();
            case "ring" -> RING;
            case "threads" -> THREADS;
            default -> throw new IllegalArgumentException(name + ": use auto, ring or threads");
        };
    }

    /** The ring where the kernel gives us one, which containers and some distributions forbid; says in the log where not, and why. */
    public static ReadMethod best() {
        try (IoUring ring = IoUring.open(1)) {
            LOG.debug("io_uring with {} entries", ring.entries());
            return RING;
        } catch (IOException e) {
            LOG.info("Plots are read by threads, one read each: {}", e.getMessage());
            return THREADS;
        }
    }
}
