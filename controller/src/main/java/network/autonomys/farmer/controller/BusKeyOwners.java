package network.autonomys.farmer.controller;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.message.SignAnswer;
import network.autonomys.farmer.protocol.message.SignRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;

/** The plot clients on the bus: each serves the subjects of its own keys. */
record BusKeyOwners(Bus bus) implements SignRelay.KeyOwners {
    @Override
    public Optional<SignAnswer> ask(SignRequest request, Duration limit) throws IOException, InterruptedException {
        try {
            return Optional.of(bus.call(bus.subjects().sign(request.publicKey()), request, SignAnswer.class, limit));
        } catch (BusException e) {
            return switch (e.kind()) {
                case NO_RESPONDERS -> Optional.empty();
                case REFUSED -> Optional.of(SignAnswer.refused(e.reason(), String.valueOf(e.getMessage())));
                default -> {
                    InterruptedIOException late = new InterruptedIOException("the owner of the key did not answer");
                    late.initCause(e);
                    throw late;
                }
            };
        }
    }
}
