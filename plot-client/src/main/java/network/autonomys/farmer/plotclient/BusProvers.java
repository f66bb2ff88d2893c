package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.message.ProofAnswer;
import network.autonomys.farmer.protocol.message.ProofCancel;
import network.autonomys.farmer.protocol.message.ProofRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;

/** The cluster's proof servers over the bus, and the farms of this process as the last resort. */
final class BusProvers implements Provers {
    /** Whether the plot itself may be read for a proof. */
    enum LocalProof {
        AUTO,
        ALWAYS,
        NEVER
    }

    private static final Prover LOCAL = new Prover("local", Place.THIS_PROCESS, Duration.ZERO);

    private final Bus bus;
    private final PresenceService presence;
    private final RandomGenerator random;
    private final LocalProof localProof;
    private final LocalProver local;
    private final String host;

    /**
     * @param host name of this process's host, as in its presence
     */
    BusProvers(
            Bus bus,
            PresenceService presence,
            RandomGenerator random,
            LocalProof localProof,
            LocalProver local,
            String host) {
        this.bus = bus;
        this.presence = presence;
        this.random = random;
        this.localProof = localProof;
        this.local = local;
        this.host = host;
    }

    /** The better of two servers drawn by chance, then the others, then the plot itself. */
    @Override
    public List<Prover> candidates(ProofRequest request) {
        List<Prover> result = new ArrayList<>();
        if (localProof != LocalProof.ALWAYS) {
            List<Member> ready = new ArrayList<>(presence.ready(Role.PROOF_SERVER));
            Collections.shuffle(ready, java.util.Random.from(random));
            if (ready.size() > 1 && load(ready.get(1)) < load(ready.get(0))) {
                Collections.swap(ready, 0, 1);
            }
            ready.forEach(m -> result.add(new Prover(m.id().toString(), place(m), Duration.ofMillis(load(m)))));
        }
        if (localProof != LocalProof.NEVER) {
            result.add(LOCAL);
        }
        return result;
    }

    private Place place(Member member) {
        return member.presence().host().equals(host) ? Place.THIS_HOST : Place.ELSEWHERE;
    }

    private static long load(Member member) {
        long each = member.presence().recentMillis().isEmpty()
                ? 500
                : member.presence().recentMillis().get(0);
        return (member.presence().queued() + member.presence().running() + 1) * each;
    }

    @Override
    public void ask(Prover prover, ProofRequest request, Duration budget, Consumer<ProofOutcome> answer) {
        if (prover.local()) {
            local.ask(request, budget, answer);
            return;
        }
        var unused = bus.request(
                        bus.subjects().proof(InstanceId.parse(prover.id())), request, ProofAnswer.class, budget)
                .whenComplete((reply, failure) ->
                        answer.accept(failure == null ? outcome(reply) : new ProofOutcome.Failed(reason(failure))));
    }

    private static String reason(Throwable failure) {
        return failure instanceof BusException bus ? bus.reason().label() : String.valueOf(failure);
    }

    private static ProofOutcome outcome(ProofAnswer answer) {
        Optional<Solution> solution = answer.solution();
        if (solution.isPresent()) {
            return new ProofOutcome.Proven(solution.get(), false);
        }
        ReasonCode reason = answer.refused().orElse(ReasonCode.UNKNOWN);
        return switch (reason) {
            case BUSY -> new ProofOutcome.Busy(answer.retryAfterMillis());
            case NO_PIECE -> new ProofOutcome.NoPiece();
            // The server's piece does not fit our plot: only the plot itself can tell which of them is damaged.
            default -> new ProofOutcome.Failed(reason.label());
        };
    }

    @Override
    public void cancel(Prover prover, ProofRequest request) {
        if (prover.local()) {
            local.cancel(request);
        } else {
            bus.publish(
                    bus.subjects().proofCancel(InstanceId.parse(prover.id())),
                    new ProofCancel(
                            request.client(),
                            request.slot(),
                            request.publicKey(),
                            request.sectorIndex(),
                            request.sBucket()));
        }
    }
}
