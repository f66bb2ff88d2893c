package network.autonomys.farmer.runtime.nats;

import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.runtime.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests of one type. Each request runs in a virtual thread of its own, so it may block.
 *
 * @param <Q> the request
 */
@FunctionalInterface
public interface Responder<Q extends Message> {
    /**
     * The answer to a request; null for silence, where several may be asked and another one answers.
     *
     * @param deadline until when the requester waits
     * @throws BusException with {@link BusException.Kind#REFUSED} to answer with a refusal
     * @throws InterruptedException when the process stops
     */
    @Nullable
    Message answer(Q request, Deadline deadline) throws BusException, InterruptedException;
}
