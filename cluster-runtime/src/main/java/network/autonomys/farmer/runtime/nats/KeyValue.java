package network.autonomys.farmer.runtime.nats;

import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.protocol.message.Message;

/**
 * A key-value bucket. Keys consist of letters, digits and {@code - _ . / =}. Every change gets a revision higher than all before it in
 * the bucket. Calls block, at most some seconds; all throw {@link BusException} with {@code STORE_UNAVAILABLE} when JetStream does not
 * answer.
 */
public interface KeyValue {
    /**
     * A value and its revision.
     *
     * @param value the message stored
     * @param revision number of the change that stored it
     */
    record Entry(Message value, long revision) {}

    /** The present value, empty if there is none or it cannot be read by this version. */
    Optional<Entry> get(String key) throws BusException;

    /** Stores a value, whatever was there. Gives its revision. */
    long put(String key, Message value) throws BusException;

    /**
     * Stores a value if there is none. Gives its revision.
     *
     * @throws BusException with {@code CONFLICT} if there is one
     */
    long create(String key, Message value) throws BusException;

    /**
     * Stores a value if the present one has the given revision. Gives the new revision.
     *
     * @throws BusException with {@code CONFLICT} if it has not
     */
    long update(String key, Message value, long revision) throws BusException;

    /** Removes a value; that there was none is no error. */
    void delete(String key) throws BusException;

    /**
     * Removes a value if it has the given revision.
     *
     * @throws BusException with {@code CONFLICT} if it has not
     */
    void delete(String key, long revision) throws BusException;

    /** All keys that have a value. */
    List<String> keys() throws BusException;
}
