package network.autonomys.farmer.runtime.nats;

/** Hears what a bus cannot tell its callers, for metrics. Every method returns at once. */
public interface BusObserver {
    /** Counts nothing. */
    BusObserver NONE = new BusObserver() {};

    /** A connection was lost. */
    default void disconnected() {}

    /** A connection is back. */
    default void reconnected() {}

    /** A message was not sent, because there was no connection. */
    default void dropped(String subject) {}

    /** A message could not be read. */
    default void malformed(String subject, String problem) {}

    /** Messages were lost because this process takes them too slowly. */
    default void slowConsumer(long lost) {}
}
