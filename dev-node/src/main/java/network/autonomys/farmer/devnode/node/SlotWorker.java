package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.PreDigestPotInfo;
import network.autonomys.farmer.core.types.SignedVote;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SubspaceJustification;
import network.autonomys.farmer.core.types.Vote;
import network.autonomys.farmer.devnode.chain.Archive;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.Blocks;
import network.autonomys.farmer.devnode.chain.Body;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ChainState;
import network.autonomys.farmer.devnode.chain.Outcome;
import network.autonomys.farmer.devnode.chain.ProofChain;
import network.autonomys.farmer.devnode.chain.SolutionJudge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces slots as they are proven, and claims each one after the authoring delay with the solutions that came in: votes, and at most one block
 * (node-rpc §3.3). Claims run one after the other on a thread of their own, so that slots go on while a segment is archived.
 */
public final class SlotWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWorker.class);

    private final Chain chain;
    private final Archive archive;
    private final SolutionQueues queues;
    private final SigningDesk signing;
    private final Consumer<SlotInfo> announce;
    private final Set<Bytes> rewardAddresses;
    private final Clock clock;
    private final LinkedBlockingQueue<Long> claims = new LinkedBlockingQueue<>();
    private final List<SignedVote> votes = new ArrayList<>();
    private final AtomicLong override = new AtomicLong();
    private final Consumer<Throwable> onFailure;
    private volatile int fillerBytes;
    private volatile boolean closing;
    private final Thread thread =
            Thread.ofPlatform().name("slot-worker").daemon().unstarted(this::run);

    /**
     * @param announce passes a slot on to subscribers
     * @param rewardAddresses the only ones that may be paid; empty for any
     * @param onFailure told if the chain cannot go on
     */
    public SlotWorker(
            Chain chain,
            Archive archive,
            SolutionQueues queues,
            SigningDesk signing,
            Consumer<SlotInfo> announce,
            Set<Bytes> rewardAddresses,
            int fillerBytes,
            Clock clock,
            Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        this.chain = chain;
        this.archive = archive;
        this.queues = queues;
        this.signing = signing;
        this.announce = announce;
        this.rewardAddresses = Set.copyOf(rewardAddresses);
        this.fillerBytes = fillerBytes;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** A slot is proven, and so its challenge is known. */
    public void proven(ProofChain.Proven proven) {
        long slot = proven.input().slot();
        ChainState best = chain.best();
        announce.accept(new SlotInfo(
                slot,
                Challenges.globalChallenge(
                        Challenges.globalRandomness(proven.checkpoints().output()), slot),
                best.nextRange(),
                best.nextVotingRange()));
        long delay = chain.spec().authoringDelay();
        if (Long.compareUnsigned(slot, delay) >= 0) {
            claims.add(slot - delay);
        }
    }

    /** Filler of the blocks to come. */
    public void setFiller(int bytes) {
        fillerBytes = bytes;
    }

    /** The solution range from the block after the next on. */
    public void setRange(long range) {
        override.set(range);
    }

    private void run() {
        try {
            while (true) {
                claim(claims.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("The slot worker stops");
        } catch (IOException | BlockException | RuntimeException e) {
            if (!closing) {
                LOG.error("The chain cannot go on", e);
                onFailure.accept(e);
            }
        }
    }

    private void claim(long slot) throws IOException, BlockException, InterruptedException {
        ChainState parent = chain.best();
        if (Long.compareUnsigned(slot, parent.slot()) <= 0) {
            queues.drain(slot);
            return;
        }
        long delay = chain.spec().authoringDelay();
        Optional<List<ProofChain.Proven>> walk = chain.proofs().walk(parent, slot + delay);
        List<Solution> solutions = queues.drain(slot);
        if (walk.isEmpty()) {
            LOG.debug("Slot {} does not follow from block {}", slot, parent.number());
            return;
        }
        ProofOfSlot proof = ProofOfSlot.of(walk.get(), parent, slot, delay);
        Optional<Solution> winner = judge(solutions, slot, proof, parent);
        if (winner.isPresent()) {
            produce(winner.get(), slot, proof, parent);
        }
    }

    /** The proofs of time that a block of a slot needs. */
    private record ProofOfSlot(PreDigestPotInfo info, SubspaceJustification justification) {
        static ProofOfSlot of(List<ProofChain.Proven> walk, ChainState parent, long slot, long delay) {
            int first = parent.number() == 0 ? 0 : (int) delay;
            int own = (int) (slot - parent.slot() - 1);
            List<PotCheckpoints> checkpoints = walk.subList(first, walk.size()).stream()
                    .map(ProofChain.Proven::checkpoints)
                    .toList();
            return new ProofOfSlot(
                    new PreDigestPotInfo(
                            walk.get(own).checkpoints().output(),
                            walk.getLast().checkpoints().output()),
                    new SubspaceJustification(walk.get(first).input().seed(), checkpoints));
        }
    }

    /** Votes with all good solutions but the first that is good enough for a block, which is returned. */
    private Optional<Solution> judge(List<Solution> solutions, long slot, ProofOfSlot proof, ChainState parent)
            throws InterruptedException {
        Optional<Solution> winner = Optional.empty();
        for (Solution solution : solutions) {
            Outcome outcome;
            switch (chain.judge().judge(solution, slot, proof.info().proofOfTime(), parent.nextVotingRange(), parent)) {
                case SolutionJudge.Verdict.Invalid invalid -> outcome = invalid.outcome();
                case SolutionJudge.Verdict.Valid valid -> {
                    if (!rewardAddresses.isEmpty() && !rewardAddresses.contains(solution.rewardAddress())) {
                        outcome = Outcome.of(Outcome.Code.REWARD_ADDRESS_REFUSED);
                    } else if (!Blocks.isBlockQuality(valid.distance(), parent)) {
                        outcome = vote(solution, slot, proof, parent);
                    } else if (winner.isPresent()) {
                        outcome = Outcome.of(Outcome.Code.BLOCK_ALREADY_CLAIMED);
                    } else {
                        // Its outcome is known when the block stands.
                        winner = Optional.of(solution);
                        continue;
                    }
                }
            }
            chain.ledger().judged(slot, solution, outcome);
        }
        return winner;
    }

    private Outcome vote(Solution solution, long slot, ProofOfSlot proof, ChainState parent)
            throws InterruptedException {
        if (parent.number() == 0) {
            return Outcome.of(Outcome.Code.VOTE_ON_GENESIS);
        }
        boolean used = votes.stream()
                .anyMatch(v -> v.vote().slot() == slot && v.vote().solution().equals(solution));
        if (used) {
            return Outcome.of(Outcome.Code.EQUIVOCATION_DROPPED);
        }
        Vote vote = new Vote(
                parent.number() + 1,
                chain.bestHash(),
                slot,
                solution,
                proof.info().proofOfTime(),
                proof.info().futureProofOfTime());
        SigningDesk.Result result = signing.request(vote.hash(), solution.publicKey());
        if (result.signature().isEmpty()) {
            return unsigned(result);
        }
        votes.add(new SignedVote(vote, result.signature().get()));
        return new Outcome(Outcome.Code.VOTE, "height " + vote.height());
    }

    private static Outcome unsigned(SigningDesk.Result result) {
        return Outcome.of(result.bad() > 0 ? Outcome.Code.BAD_SIGNATURE : Outcome.Code.SIGNATURE_TIMEOUT);
    }

    private void produce(Solution solution, long slot, ProofOfSlot proof, ChainState parent)
            throws IOException, BlockException, InterruptedException {
        PreDigest claim = new PreDigest(slot, solution, proof.info());
        List<SignedVote> included = chain.includable(votes, claim);
        long newRange = override.get();
        Body body = new Body(clock.millis(), chain.dueHeaders(parent.number() + 1), included, fillerBytes);
        Blocks.Unsealed block = chain.rules()
                .make(
                        chain.bestHash(),
                        parent,
                        claim,
                        proof.justification(),
                        body,
                        newRange == 0 ? OptionalLong.empty() : OptionalLong.of(newRange));
        SigningDesk.Result result = signing.request(block.header().hash(), solution.publicKey());
        if (result.signature().isEmpty()) {
            LOG.warn("Farmer didn't sign reward. Key: {}", solution.publicKey());
            chain.ledger().judged(slot, solution, unsigned(result));
            return;
        }
        chain.add(block.seal(result.signature().get()), block.state());
        votes.clear();
        override.compareAndSet(newRange, 0);
        chain.ledger().judged(slot, solution, new Outcome(Outcome.Code.BLOCK, "number " + (parent.number() + 1)));
        if (chain.proofs().realign(chain.best())) {
            LOG.info(
                    "Slots are proven again from block {} on, which announces new entropy",
                    chain.best().number());
        }
        archive.imported(parent.number() + 1);
    }

    @Override
    public void close() {
        closing = true;
        Threads.stop(thread);
    }
}
