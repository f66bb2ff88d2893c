package network.autonomys.farmer.runtime.nats;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.Envelope;
import network.autonomys.farmer.protocol.ProtocolException;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.Message;
import network.autonomys.farmer.protocol.message.Refusal;
import network.autonomys.farmer.runtime.time.Deadline;
import network.autonomys.farmer.runtime.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the bytes of a request into the bytes of its answer: the part of serving that every {@link Bus} shares. Every request gets an
 * answer, also one that cannot be read or whose responder fails, unless the responder chooses silence.
 *
 * @param <Q> the request
 */
public final class RequestServer<Q extends Message> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestServer.class);
    private static final Duration NO_DEADLINE = Duration.ofMinutes(5);

    private final String subject;
    private final Class<Q> type;
    private final Responder<Q> responder;
    private final Scheduler scheduler;
    private final BusObserver observer;

    public RequestServer(
            String subject, Class<Q> type, Responder<Q> responder, Scheduler scheduler, BusObserver observer) {
        this.subject = subject;
        this.type = type;
        this.responder = responder;
        this.scheduler = scheduler;
        this.observer = observer;
    }

    /**
     * The answer to a request.
     *
     * @param receivedNanos when it arrived: its time budget counts from there
     */
    public Optional<byte[]> answer(byte[] request, long receivedNanos) {
        Q decoded;
        Deadline deadline;
        try {
            Envelope envelope = Envelope.decode(request);
            decoded = Message.expect(Message.parse(envelope), type);
            Duration budget = envelope.budgetMillis() == 0 ? NO_DEADLINE : Duration.ofMillis(envelope.budgetMillis());
            deadline = new Deadline(receivedNanos + budget.toNanos());
        } catch (ProtocolException e) {
            observer.malformed(subject, String.valueOf(e.getMessage()));
            return Optional.of(refusal(reasonOf(e), Duration.ZERO, String.valueOf(e.getMessage())));
        }
        if (deadline.passed(scheduler)) {
            return Optional.of(refusal(ReasonCode.LATE, Duration.ZERO, "the deadline passed before work began"));
        }
        try {
            return Optional.ofNullable(responder.answer(decoded, deadline)).map(Message::toBytes);
        } catch (BusException e) {
            return Optional.of(refusal(e.reason(), e.retryAfter(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(refusal(ReasonCode.DRAINING, Duration.ZERO, "this process stops"));
        } catch (RuntimeException e) {
            LOG.error("request on {} failed", subject, e);
            return Optional.of(refusal(ReasonCode.INTERNAL, Duration.ZERO, String.valueOf(e.getMessage())));
        }
    }

    /** The refusal of a request for which there is no room. */
    public static byte[] busy() {
        return refusal(ReasonCode.BUSY, Duration.ofMillis(200), "too many requests at a time");
    }

    /**
     * Reads an answer.
     *
     * @throws BusException with {@code REFUSED} if it is a refusal, {@code MALFORMED} if it cannot be read
     */
    public static <A extends Message> A read(byte[] answer, Class<A> type) throws BusException {
        try {
            Message message = Message.parse(answer);
            if (message instanceof Refusal refusal && !type.equals(Refusal.class)) {
                throw new BusException(
                        BusException.Kind.REFUSED,
                        refusal.reason(),
                        Duration.ofMillis(refusal.retryAfterMillis()),
                        refusal.reason().label() + ": " + refusal.text());
            }
            return Message.expect(message, type);
        } catch (ProtocolException e) {
            throw new BusException(
                    BusException.Kind.MALFORMED, reasonOf(e), Duration.ZERO, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] refusal(ReasonCode reason, Duration retryAfter, String text) {
        return new Refusal(reason, retryAfter.toMillis(), text).toBytes();
    }

    private static ReasonCode reasonOf(ProtocolException e) {
        return switch (e.kind()) {
            case WRONG_VERSION -> ReasonCode.VERSION_MISMATCH;
            case UNKNOWN_TYPE, UNEXPECTED_TYPE -> ReasonCode.UNEXPECTED;
            case TOO_LONG -> ReasonCode.TOO_LARGE;
            case MALFORMED -> ReasonCode.MALFORMED;
        };
    }
}
