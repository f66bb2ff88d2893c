package network.autonomys.farmer.runtime.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;

/**
 * An access to JetStream, whose failures become {@link BusException}.
 *
 * @param <T> its result
 */
@FunctionalInterface
interface StoreCall<T> {
    /** Wrong last sequence: the value is not what the caller thinks. */
    int WRONG_LAST_SEQUENCE = 10_071;

    T run() throws IOException, JetStreamApiException, InterruptedException;

    static <T> T of(String what, StoreCall<T> call) throws BusException {
        try {
            return call.run();
        } catch (JetStreamApiException e) {
            BusException.Kind kind = e.getApiErrorCode() == WRONG_LAST_SEQUENCE
                    ? BusException.Kind.CONFLICT
                    : BusException.Kind.STORE_UNAVAILABLE;
            throw new BusException(kind, what + ": " + e.getMessage(), e);
        } catch (IOException | IllegalStateException e) {
            throw new BusException(BusException.Kind.STORE_UNAVAILABLE, what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException(BusException.Kind.STORE_UNAVAILABLE, what + ": interrupted", e);
        }
    }
}
