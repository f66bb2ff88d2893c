package network.autonomys.farmer.plotclient;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.core.keys.KeyPair;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.Severity;
import network.autonomys.farmer.protocol.message.SignAnswer;
import network.autonomys.farmer.protocol.message.SignRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.EventLog;
import network.autonomys.farmer.runtime.nats.Registration;

/** Signs rewards for the keys of this process, behind the signing guard. Nothing else runs on its path. */
final class RewardSigner implements AutoCloseable {
    private final Bus bus;
    private final SigningGuard guard;
    private final TakenSolutions taken;
    private final SlotWindow slots;
    private final FarmingMetrics metrics;
    private final EventLog events;
    private final SecureRandom random = new SecureRandom();
    private final List<Registration> registrations = new ArrayList<>();

    RewardSigner(
            Bus bus,
            SigningGuard guard,
            TakenSolutions taken,
            SlotWindow slots,
            FarmingMetrics metrics,
            EventLog events) {
        this.bus = bus;
        this.guard = guard;
        this.taken = taken;
        this.slots = slots;
        this.metrics = metrics;
        this.events = events;
    }

    /** Answers signing requests for a key. */
    void serve(KeyPair key) {
        registrations.add(bus.serve(
                bus.subjects().sign(key.publicKey()), SignRequest.class, (request, deadline) -> sign(key, request)));
    }

    private SignAnswer sign(KeyPair key, SignRequest request) {
        long start = System.nanoTime();
        String controller = request.controller().toString();
        SigningGuard.Decision decision = guard.request(controller, key.publicKey(), request.hash(), slots.highest());
        if (decision != SigningGuard.Decision.SIGN) {
            metrics.missed(ReasonCode.SIGN_REFUSED);
            events.record(
                    Severity.WARNING,
                    "sign.refused",
                    "a reward hash was not signed: " + decision,
                    Map.of("controller", controller, "key", key.publicKey().hex()));
            return SignAnswer.refused(ReasonCode.SIGN_REFUSED, decision.toString());
        }
        SignAnswer answer = SignAnswer.signed(RewardSigning.sign(key, request.hash(), random));
        taken.signed(controller, key.publicKey());
        metrics.signed(Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }
}
