package network.autonomys.farmer.runtime.nats;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import network.autonomys.farmer.core.types.Bytes;

/** Messages that are kept and can be read again. */
public interface MessageStream {
    /**
     * A stored message.
     *
     * @param sequence its number in the stream
     * @param subject its subject
     * @param data its bytes
     */
    record Stored(long sequence, String subject, Bytes data) {}

    /**
     * Publishes a message and has it stored. Subscribers of the subject get it even when it cannot be stored. The future fails with
     * {@link BusException} and nothing else; its value is the number in the stream.
     */
    CompletableFuture<Long> append(String subject, String deduplicationId, byte[] data);

    /**
     * The stored messages from a number on.
     *
     * @param most at most so many
     */
    List<Stored> read(long fromSequence, int most) throws BusException;
}
