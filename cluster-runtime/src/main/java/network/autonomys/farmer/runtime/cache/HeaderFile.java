package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.storage.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment headers that a cache knew last, in its directory: with them it can verify and serve before anybody answers, and notices when
 * it is started on another chain.
 */
final class HeaderFile {
    /** Its name. */
    static final String NAME = "segment-headers.scale";

    private static final Logger LOG = LoggerFactory.getLogger(HeaderFile.class);
    private static final long MAX_SIZE = PieceSet.MAX_SEGMENTS * 98 + 8;

    private final Path path;
    private long saved;

    HeaderFile(Path directory) {
        this.path = directory.resolve(NAME);
    }

    /** The kept chain; an empty one where there is none, or where it is damaged. */
    HeaderChain load() throws IOException {
        if (!Files.isRegularFile(path)) {
            return new HeaderChain();
        }
        if (Files.size(path) > MAX_SIZE) {
            throw new IOException(path + " is too long for a file of segment headers");
        }
        try {
            HeaderChain chain = HeaderChain.decode(Files.readAllBytes(path));
            saved = chain.size();
            return chain;
        } catch (ScaleException e) {
            LOG.warn("{} is damaged and will be made anew: {}", path, e.getMessage());
            return new HeaderChain();
        }
    }

    /** Keeps a chain if it has grown. */
    synchronized void save(HeaderChain chain) {
        long size = chain.size();
        if (size == saved) {
            return;
        }
        try {
            DurableFiles.replace(path, chain.encode());
            saved = size;
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", path, e.toString());
        }
    }
}
