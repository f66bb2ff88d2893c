package network.autonomys.farmer.devnode.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.DigestItem;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.hash.Blake2b;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.pot.PotInputs;
import network.autonomys.farmer.core.pot.ProofOfTime;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.core.types.PotParametersChange;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;
import network.autonomys.farmer.core.types.SubspaceJustification;

/** Makes blocks and checks those of others, by the same rules. */
public final class Blocks {
    private final ChainSpec spec;
    private final SolutionJudge judge;
    private final VoteRules votes;
    private final ProofChain proofs;

    public Blocks(ChainSpec spec, SolutionJudge judge, VoteRules votes, ProofChain proofs) {
        this.spec = spec;
        this.judge = judge;
        this.votes = votes;
        this.proofs = proofs;
    }

    /**
     * A block that lacks its seal.
     *
     * @param header without seal; its hash is what the author signs
     * @param extrinsics of its body
     * @param justification proofs of time
     * @param state after it
     */
    public record Unsealed(
            BlockHeader header, List<Bytes> extrinsics, SubspaceJustification justification, ChainState state) {
        /** The block with the author's signature. */
        public SignedBlock seal(Bytes signature) {
            List<DigestItem> digest = new ArrayList<>(header.digest());
            digest.add(Digests.seal(signature));
            return new SignedBlock(
                    new BlockHeader(
                            header.parentHash(), header.number(), header.stateRoot(), header.extrinsicsRoot(), digest),
                    extrinsics,
                    Optional.of(List.of(Digests.justification(justification))));
        }
    }

    /** Makes a block on top of a parent. */
    public Unsealed make(
            Bytes parentHash,
            ChainState parent,
            PreDigest claim,
            SubspaceJustification justification,
            Body body,
            OptionalLong override) {
        Transition transition = Transition.of(spec, parent, claim, body.headers(), body.votes(), override);
        List<Bytes> extrinsics = body.extrinsics(spec.seed(), parent.number() + 1);
        BlockHeader header = new BlockHeader(
                parentHash,
                parent.number() + 1,
                transition.state().root(),
                root(extrinsics),
                Digests.items(claim, transition.logs()));
        return new Unsealed(header, extrinsics, justification, transition.state());
    }

    private static Bytes root(List<Bytes> extrinsics) {
        int size = extrinsics.stream().mapToInt(e -> e.length() + 5).sum();
        ScaleWriter out = new ScaleWriter(size + 8).writeList(extrinsics, ScaleWriter::writeVec);
        return Bytes.of(Blake2b.hash256(out.toByteArray()));
    }

    /** The body of a block, filler by its length. */
    public static Body body(SignedBlock block) throws BlockException {
        return Body.of(block.extrinsics());
    }

    /**
     * Applies a block again that is known to be good.
     *
     * @param body filler by its length
     * @return the state after it
     * @throws BlockException where its header is not what the rules make of it
     */
    public ChainState replay(ChainState parent, BlockHeader header, Body body) throws BlockException {
        PreDigest claim = Digests.preDigest(header);
        Transition transition =
                Transition.of(spec, parent, claim, body.headers(), body.votes(), Digests.override(header));
        if (!header.withoutSeal().digest().equals(Digests.items(claim, transition.logs()))) {
            throw new BlockException("block " + header.number() + " has another digest than the rules make of it");
        }
        if (!header.stateRoot().equals(transition.state().root())) {
            throw new BlockException("block " + header.number() + " has another state than the rules make of it");
        }
        return transition.state();
    }

    /**
     * Checks a block of somebody else in full, and adds its proofs of time to the chain of them.
     *
     * @param ancestors blocks by number
     * @return the state after it
     */
    public ChainState check(
            SignedBlock block,
            Bytes parentHash,
            ChainState parent,
            List<SegmentHeader> dueHeaders,
            LongFunction<VoteRules.Ancestor> ancestors)
            throws BlockException {
        PreDigest claim = Digests.preDigest(block.header());
        Bytes signature = Digests.signature(block.header());
        if (Long.compareUnsigned(claim.slot(), parent.slot()) <= 0) {
            throw new BlockException("slot " + claim.slot() + " is not after that of the parent");
        }
        checkProofs(claim, Digests.proofs(block), parent);
        BlockHeader unsealed = block.header().withoutSeal();
        if (!RewardSigning.verify(claim.solution().publicKey(), unsealed.hash(), signature)) {
            throw new BlockException("the seal is no signature of the claim's owner");
        }
        switch (judge.judge(
                claim.solution(), claim.slot(), claim.potInfo().proofOfTime(), parent.nextRange(), parent)) {
            case SolutionJudge.Verdict.Invalid invalid ->
                throw new BlockException("bad solution: " + invalid.outcome());
            case SolutionJudge.Verdict.Valid valid -> {}
        }
        Body body = body(block);
        if (!body.headers().equals(dueHeaders)) {
            throw new BlockException("other segment headers than those due");
        }
        checkVotes(body.votes(), claim, parent, ancestors);
        if (!block.header().parentHash().equals(parentHash) || block.header().number() != parent.number() + 1) {
            throw new BlockException("another parent");
        }
        if (!block.extrinsics()
                        .equals(body.extrinsics(spec.seed(), block.header().number()))
                || !block.header().extrinsicsRoot().equals(root(block.extrinsics()))) {
            throw new BlockException("a body that is not written as it should be");
        }
        return replay(parent, block.header(), body);
    }

    /** Whether votes may stand together in a block. */
    private void checkVotes(
            List<SignedVote> signed, PreDigest claim, ChainState parent, LongFunction<VoteRules.Ancestor> ancestors)
            throws BlockException {
        Map<Bytes, Bytes> used = new HashMap<>(parent.claims());
        used.put(VoteRules.claimKey(claim.solution(), claim.slot()), Bytes.EMPTY);
        for (SignedVote vote : signed) {
            votes.check(vote, parent.number() + 1, claim.slot(), ancestors);
            Bytes key = VoteRules.claimKey(vote.vote().solution(), vote.vote().slot());
            if (used.put(key, vote.signature()) != null) {
                throw new BlockException("a solution is used twice");
            }
        }
    }

    private void checkProofs(PreDigest claim, SubspaceJustification justification, ChainState parent)
            throws BlockException {
        long delay = spec.authoringDelay();
        long first = parent.number() == 0 ? 1 : parent.slot() + delay + 1;
        long count = claim.slot() + delay - first + 1;
        if (count != justification.checkpoints().size()) {
            throw new BlockException(
                    justification.checkpoints().size() + " proofs of time where " + count + " are due");
        }
        Optional<PotParametersChange> change = parent.nextChange(spec);
        PotNextSlotInput input = proofs.firstInputAfter(parent);
        for (long slot = parent.slot() + 1; slot <= claim.slot() + delay; slot++) {
            PotCheckpoints checkpoints;
            if (slot < first) {
                checkpoints = proofs.find(slot)
                        .map(ProofChain.Proven::checkpoints)
                        .orElseThrow(() -> new BlockException("a proof of time before the block is missing"));
            } else {
                checkpoints = justification.checkpoints().get((int) (slot - first));
                if (slot == first && !input.seed().equals(justification.seed())) {
                    throw new BlockException("the justification has another seed");
                }
                boolean known = proofs.find(slot).equals(Optional.of(new ProofChain.Proven(input, checkpoints)));
                if (!known && !ProofOfTime.verify(input.seed(), input.slotIterations(), checkpoints)) {
                    throw new BlockException("the proof of time of slot " + slot + " is wrong");
                }
                proofs.add(new ProofChain.Proven(input, checkpoints));
            }
            if (slot == claim.slot()
                    && !checkpoints.output().equals(claim.potInfo().proofOfTime())) {
                throw new BlockException("the claim has another proof of time");
            }
            if (slot == claim.slot() + delay
                    && !checkpoints.output().equals(claim.potInfo().futureProofOfTime())) {
                throw new BlockException("the claim has another future proof of time");
            }
            input = PotInputs.nextSlot(spec.potIterations(), slot, checkpoints.output(), change);
        }
    }

    /** Whether a distance is good enough for a block on top of a parent. */
    public static boolean isBlockQuality(long distance, ChainState parent) {
        return Challenges.within(distance, parent.nextRange());
    }
}
