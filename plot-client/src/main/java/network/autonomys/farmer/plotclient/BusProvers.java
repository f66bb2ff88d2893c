package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.sector.Prover;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.types.Bytes;
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

    private static final Prover LOCAL = new Prover("local", true, Duration.ZERO);

    private final Bus bus;
    private final PresenceService presence;
    private final RandomGenerator random;
    private final LocalProof localProof;
    private final Map<Bytes, StoredFarm> farms = new ConcurrentHashMap<>();
    private final network.autonomys.farmer.core.sector.Prover prover;
    private final ExecutorService localThreads;

    /**
     * @param localThreads where local proofs are computed
     */
    BusProvers(
            Bus bus,
            PresenceService presence,
            RandomGenerator random,
            LocalProof localProof,
            network.autonomys.farmer.core.sector.Prover prover,
            ExecutorService localThreads) {
        this.bus = bus;
        this.presence = presence;
        this.random = random;
        this.localProof = localProof;
        this.prover = prover;
        this.localThreads = localThreads;
    }

    void add(StoredFarm farm) {
        farms.put(farm.publicKey(), farm);
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
            ready.forEach(m -> result.add(new Prover(m.id().toString(), false, Duration.ofMillis(load(m)))));
        }
        if (localProof != LocalProof.NEVER) {
            result.add(LOCAL);
        }
        return result;
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
            try {
                localThreads.execute(() -> answer.accept(proveLocally(request)));
            } catch (RejectedExecutionException e) {
                answer.accept(new ProofOutcome.Failed("stopping"));
            }
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

    private ProofOutcome proveLocally(ProofRequest request) {
        StoredFarm farm = farms.get(request.publicKey());
        if (farm == null) {
            return new ProofOutcome.Failed("no farm of this key");
        }
        try {
            return farm.prove(request, prover)
                    .<ProofOutcome>map(solution -> new ProofOutcome.Proven(solution, true))
                    .orElseGet(() -> new ProofOutcome.Unprovable("stored unencoded"));
        } catch (SectorException e) {
            return new ProofOutcome.FarmFault("sector damaged: " + e.getMessage());
        } catch (IOException e) {
            return new ProofOutcome.FarmFault("cannot read the plot: " + e.getMessage());
        }
    }

    @Override
    public void cancel(Prover prover, ProofRequest request) {
        if (!prover.local()) {
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
