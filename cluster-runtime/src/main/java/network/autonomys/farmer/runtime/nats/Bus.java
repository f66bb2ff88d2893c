package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.Message;

/**
 * The control plane as roles see it: {@link NatsLink} in production, {@code sim.MemoryBus} in tests.
 *
 * <p>Publishing is lossy: what nobody hears, or what is sent while there is no connection, is gone. A request has a deadline and ends
 * in exactly one of an answer and a {@link BusException}; it is never repeated by the bus. Stored state (key-value buckets, work queue,
 * streams) needs JetStream and fails with {@link BusException.Kind#STORE_UNAVAILABLE} while that is down; nothing on the way from a slot
 * to its solution may use it.
 */
public interface Bus extends AutoCloseable {
    /** The subjects of this cluster. */
    Subjects subjects();

    /** True while there is a connection. */
    boolean connected();

    /** Tells when the connection is lost (false) and when it is back (true), for re-announcing. */
    Registration onConnection(Consumer<Boolean> listener);

    /** Sends a message to whoever listens. */
    void publish(String subject, Message message);

    /**
     * Asks and waits for the answer without blocking. The future fails with {@link BusException} and nothing else.
     *
     * @param budget how long to wait; the other side learns it
     */
    <A extends Message> CompletableFuture<A> request(String subject, Message request, Class<A> answer, Duration budget);

    /** Asks all who listen, and collects what comes within a time, or as many answers as are wanted. */
    <A extends Message> CompletableFuture<List<A>> requestMany(
            String subject, Message request, Class<A> answer, Duration wait, int most);

    /** Listens: messages of one subject arrive in order, one at a time. Those of other types are counted and dropped. */
    <M extends Message> Registration subscribe(String subject, Class<M> type, Consumer<M> listener);

    /** Answers every request on a subject. Undecodable requests are answered with a refusal. */
    <Q extends Message> Registration serve(String subject, Class<Q> type, Responder<Q> responder);

    /** Answers requests together with the other members of a queue group: each goes to one of them. */
    <Q extends Message> Registration serve(String subject, String group, Class<Q> type, Responder<Q> responder);

    /** A key-value bucket, created when it is first used. */
    KeyValue keyValue(Bucket bucket);

    /** The work queue of plot jobs, created when it is first used; {@link JobQueue} is the way to use it. */
    WorkQueue workQueue();

    /** A stream, created when it is first used; {@link HeaderStream} and {@link EventLog} are the ways to use them. */
    MessageStream stream(StreamKind kind);

    /** Asks and blocks for the answer; for virtual threads. */
    default <A extends Message> A call(String subject, Message request, Class<A> answer, Duration budget)
            throws BusException, InterruptedException {
        try {
            return request(subject, request, answer, budget).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BusException failure) {
                throw failure;
            }
            throw new IllegalStateException("request on " + subject, e.getCause());
        }
    }

    /** Ends all subscriptions in order and disconnects. */
    @Override
    void close();
}
