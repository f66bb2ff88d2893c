package network.autonomys.farmer.runtime.http;

/** What comes in on a {@link WebSocketConnection}. Calls come one after the other from a network thread and must not block. */
public interface WebSocketListener {
    /** A whole text message, UTF-8. The array belongs to the listener. */
    void message(byte[] text);

    /** A message longer than the limit was dropped; the connection goes on. */
    default void tooLong(int limit) {}

    /** The connection has ended, by whichever side. Called exactly once. */
    void closed(String reason);
}
