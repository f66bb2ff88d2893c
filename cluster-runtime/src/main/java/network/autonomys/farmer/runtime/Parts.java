package network.autonomys.farmer.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server consists of: closed the latest first, and each of them, even where others do not close. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final String whole;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * No parts yet.
     *
     * @param whole what they are parts of, for the log
     */
    public Parts(String whole) {
        this.whole = whole;
    }

    /** Adds a part, which it returns. */
    public synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
        boolean interrupted = false;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (Exception e) {
                LOG.warn("A part of the {} did not close", whole, e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
