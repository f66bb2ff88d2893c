package network.autonomys.farmer.runtime.http;

/** One end of a WebSocket. May be used by several threads at once. */
public interface WebSocketConnection {
    /**
     * Sends a text message.
     *
     * @param text UTF-8; must not change afterwards
     * @return false where the connection is closed and nothing was sent
     */
    boolean send(byte[] text);

    /** Messages handed to {@link #send} that have not reached the socket yet: large where the peer reads slowly. */
    int pending();

    boolean isOpen();

    /** Says goodbye and ends the connection; the listener hears of it. */
    void close(String reason);

    /** Address of the peer, for logs. */
    String peer();
}
