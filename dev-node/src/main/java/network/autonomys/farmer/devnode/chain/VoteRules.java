package network.autonomys.farmer.devnode.chain;

import java.util.function.LongFunction;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SignedVote;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.Vote;

/** Whether a vote may stand in a block (node-rpc §3.8, primitives §8.5). */
public final class VoteRules {
    private final SolutionJudge judge;
    private final ProofChain proofs;

    public VoteRules(SolutionJudge judge, ProofChain proofs) {
        this.judge = judge;
        this.proofs = proofs;
    }

    /** What no two claims of neighbouring blocks may share. */
    public static Bytes claimKey(Solution solution, long slot) {
        return Bytes.of(new ScaleWriter()
                .writeBytes(solution.publicKey())
                .writeU16(solution.sectorIndex())
                .writeU16(solution.pieceOffset())
                .writeBytes(solution.chunk())
                .writeU64(slot)
                .toByteArray());
    }

    /** A block that votes refer to: its hash, and the state after it. */
    public record Ancestor(Bytes hash, ChainState state) {}

    /**
     * Checks a vote for a block that is being made or imported.
     *
     * @param number of the block
     * @param slot of the block
     * @param ancestors blocks by number, at least the two before
     * @throws BlockException with the rule that it breaks
     */
    public void check(SignedVote signed, long number, long slot, LongFunction<Ancestor> ancestors)
            throws BlockException {
        Vote vote = signed.vote();
        long height = vote.height();
        if (number < 2 || height < 2) {
            throw new BlockException("votes start at height 2");
        }
        if (height != number && height != number - 1) {
            throw new BlockException("vote of height " + height + " in block " + number);
        }
        Ancestor parent = ancestors.apply(height - 1);
        if (!vote.parentHash().equals(parent.hash())) {
            throw new BlockException("vote with another parent");
        }
        int order = Long.compareUnsigned(vote.slot(), slot);
        if (order > 0 || (order == 0 && height != number)) {
            throw new BlockException("vote of slot " + vote.slot() + " in a block of slot " + slot);
        }
        if (Long.compareUnsigned(vote.slot(), parent.state().slot()) <= 0) {
            throw new BlockException("vote of a slot not after its parent");
        }
        if (!RewardSigning.verify(vote.solution().publicKey(), vote.hash(), signed.signature())) {
            throw new BlockException("vote with a bad signature");
        }
        checkSolution(vote, parent.state());
        if (!proofs.output(vote.slot()).equals(vote.proofOfTime())
                || !proofs.output(vote.slot() + proofs.authoringDelay()).equals(vote.futureProofOfTime())) {
            throw new BlockException("vote with a wrong proof of time");
        }
    }

    private void checkSolution(Vote vote, ChainState parent) throws BlockException {
        switch (judge.judge(vote.solution(), vote.slot(), vote.proofOfTime(), parent.nextVotingRange(), parent)) {
            case SolutionJudge.Verdict.Invalid invalid ->
                throw new BlockException("vote with a bad solution: " + invalid.outcome());
            case SolutionJudge.Verdict.Valid valid -> {
                if (Challenges.within(valid.distance(), parent.nextRange())) {
                    throw new BlockException("vote with a solution good enough for a block");
                }
            }
        }
    }
}
