package network.autonomys.farmer.controller;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.controller.ControllerCounters.Signing;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.SignAnswer;
import network.autonomys.farmer.protocol.message.SignRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a signing request of the node to the owner of the key and the signature back, 400 ms in all: the node gives up after 500
 * (cluster-and-cli §3.6). A signature is checked before it is passed on, since a wrong one uses up the node's only waiting place.
 */
final class SignRelay {
    private static final Logger LOG = LoggerFactory.getLogger(SignRelay.class);

    private final InstanceId controller;
    private final KeyOwners owners;
    private final NodePort node;
    private final SignatureCheck check;
    private final ControllerCounters counters;
    private final Duration limit;

    /** The plot clients, by the keys that they own. */
    @FunctionalInterface
    interface KeyOwners {
        /**
         * Asks the owner of the key.
         *
         * @return empty if nobody owns it
         * @throws java.io.InterruptedIOException if the time was over
         */
        Optional<SignAnswer> ask(SignRequest request, Duration limit) throws IOException, InterruptedException;
    }

    /** Verifies a reward signature. */
    @FunctionalInterface
    interface SignatureCheck {
        boolean valid(Bytes publicKey, Bytes hash, Bytes signature);
    }

    SignRelay(
            InstanceId controller,
            KeyOwners owners,
            NodePort node,
            SignatureCheck check,
            ControllerCounters counters,
            Duration limit) {
        this.controller = controller;
        this.owners = owners;
        this.node = node;
        this.check = check;
        this.counters = counters;
        this.limit = limit;
    }

    /** Serves one request; runs on a thread of its own. */
    void sign(RewardSigningInfo info) throws InterruptedException {
        long start = System.nanoTime();
        Signing outcome = relay(info);
        long micros = (System.nanoTime() - start) / 1000;
        counters.signing(outcome, micros);
        if (outcome != Signing.NOT_OURS) {
            LOG.info("Signing request {} of farm {}: {} after {} µs", info.hash(), info.publicKey(), outcome, micros);
        }
    }

    private Signing relay(RewardSigningInfo info) throws InterruptedException {
        Optional<SignAnswer> answer;
        try {
            answer = owners.ask(new SignRequest(controller, info.hash(), info.publicKey()), limit);
        } catch (IOException e) {
            LOG.debug("The owner of {} did not answer", info.publicKey(), e);
            return Signing.LATE;
        }
        if (answer.isEmpty()) {
            return Signing.NOT_OURS;
        }
        Optional<Bytes> signature = answer.get().signature();
        if (signature.isEmpty()) {
            LOG.warn(
                    "The owner of {} refuses to sign: {}",
                    info.publicKey(),
                    answer.get().text());
            return Signing.REFUSED;
        }
        if (!check.valid(info.publicKey(), info.hash(), signature.get())) {
            return Signing.INVALID;
        }
        try {
            node.submitSignature(new RewardSignatureResponse(info.hash(), signature));
            return Signing.SIGNED;
        } catch (IOException e) {
            LOG.warn("The node did not take a signature: {}", e.toString());
            return Signing.NODE_ERROR;
        }
    }
}
