package network.autonomys.farmer.runtime.nats;

/** A subscription or listener that can be ended. */
public interface Registration extends AutoCloseable {
    /**
     * Ends it. What was delivered before is still worked on, and this call waits for it (a few seconds at most), so that a stopping
     * process loses no request.
     */
    @Override
    void close();
}
