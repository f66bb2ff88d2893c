package network.autonomys.farmer.protocol.message;

import java.time.Duration;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.protocol.Envelope;
import network.autonomys.farmer.protocol.ProtocolException;

/** A message of the cluster: a SCALE body in an {@link Envelope}. */
public interface Message extends ScaleEncodable {
    /** Its number on the wire. */
    MessageType type();

    /** The message in its envelope, without a deadline. */
    default byte[] toBytes() {
        return Envelope.of(type().code(), 0, encode()).encode();
    }

    /**
     * The message in its envelope.
     *
     * @param budget time that the receiver has for its answer, at least 1 ms
     */
    default byte[] toBytes(Duration budget) {
        long millis = Math.clamp(budget.toMillis(), 1, 0xffff_ffffL);
        return Envelope.of(type().code(), millis, encode()).encode();
    }

    /** Reads a message of any type. */
    static Message parse(byte[] bytes) throws ProtocolException {
        return parse(Envelope.decode(bytes));
    }

    /** Reads a message of any type. */
    static Message parse(Envelope envelope) throws ProtocolException {
        MessageType type = MessageType.ofCode(envelope.type())
                .orElseThrow(() -> new ProtocolException(
                        ProtocolException.Kind.UNKNOWN_TYPE, "message of unknown type " + envelope.type()));
        ScaleReader in = new ScaleReader(envelope.body().toArray());
        try {
            Message message = type.read(in);
            in.requireEnd();
            return message;
        } catch (ScaleException | IllegalArgumentException e) {
            // The records refuse values out of range in their constructors.
            throw new ProtocolException(ProtocolException.Kind.MALFORMED, type + ": " + e.getMessage(), e);
        }
    }

    /** Reads a message that must be of one type. */
    static <M extends Message> M parse(byte[] bytes, Class<M> type) throws ProtocolException {
        return expect(parse(bytes), type);
    }

    /** The message as one of an expected type. */
    static <M extends Message> M expect(Message message, Class<M> type) throws ProtocolException {
        if (!type.isInstance(message)) {
            throw new ProtocolException(
                    ProtocolException.Kind.UNEXPECTED_TYPE,
                    message.type() + " where " + type.getSimpleName() + " is due");
        }
        return type.cast(message);
    }
}
