package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.sector.SolutionVerifier;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PreDigest;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;

/** The chain: its blocks, the state after the best one, and the rules. Blocks are added by one thread; everything else is for any thread. */
public final class Chain implements AutoCloseable {
    /** Votes refer to the two blocks before; a few more for callers that look back. */
    private static final int STATES = 8;

    private final ChainSpec spec;
    private final BlockStore blocks;
    private final SegmentStore segments;
    private final ProofChain proofs;
    private final SolutionJudge judge;
    private final Blocks rules;
    private final VoteRules voteRules;
    private final Ledger ledger = new Ledger();
    private final Map<Long, ChainState> states = new ConcurrentHashMap<>();
    private final List<Consumer<BlockHeader>> listeners = new CopyOnWriteArrayList<>();
    private volatile ChainState best;

    private Chain(ChainSpec spec, BlockStore blocks, SegmentStore segments, SolutionVerifier verifier) {
        this.spec = spec;
        this.blocks = blocks;
        this.segments = segments;
        this.proofs = new ProofChain(spec);
        this.judge = new SolutionJudge(spec, verifier, segments::find);
        this.voteRules = new VoteRules(judge, proofs);
        this.rules = new Blocks(spec, judge, voteRules, proofs);
        this.best = ChainState.genesis(spec);
        states.put(0L, best);
    }

    /**
     * Opens the chain in a folder, or begins one.
     *
     * @throws BlockException where the folder holds another chain, or blocks that the rules do not allow
     */
    public static Chain open(ChainSpec spec, Path folder, SolutionVerifier verifier)
            throws IOException, BlockException {
        BlockStore blocks = BlockStore.open(spec, folder.resolve("blocks.log"));
        Chain chain = new Chain(spec, blocks, SegmentStore.open(folder.resolve("segments.log")), verifier);
        for (long number = 1; number <= blocks.best(); number++) {
            BlockStore.Stored stored = blocks.stored(number);
            Body body = stored.body().orElseThrow(() -> new BlockException("a block without a body"));
            chain.advance(stored.header(), body, chain.rules.replay(chain.best, stored.header(), body));
        }
        return chain;
    }

    private void advance(BlockHeader header, Body body, ChainState after) throws BlockException {
        states.put(after.number(), after);
        states.remove(after.number() - STATES);
        ledger.block(Digests.preDigest(header), body.votes());
        best = after;
    }

    /**
     * Adds a block that was checked or made by the rules on top of the best one.
     *
     * @param after state after it
     */
    public void add(SignedBlock block, ChainState after) throws IOException, BlockException {
        blocks.append(block);
        advance(block.header(), Blocks.body(block), after);
        listeners.forEach(listener -> listener.accept(block.header()));
    }

    /** Checks a block of another node and adds it. */
    public void addForeign(SignedBlock block) throws IOException, BlockException {
        long number = best.number() + 1;
        add(block, rules.check(block, bestHash(), best, dueHeaders(number), this::ancestor));
    }

    /** Tells of every new best block, on the thread that adds it. */
    public void onBlock(Consumer<BlockHeader> listener) {
        listeners.add(listener);
    }

    /** Headers of segments that must stand in a block (node-rpc §3.11). */
    public List<SegmentHeader> dueHeaders(long number) {
        if (number == 1) {
            return segments.find(0).map(List::of).orElse(List.of());
        }
        long last = number - spec.confirmationDepth() - 1;
        return last < 1 ? List.of() : segments.endingIn(last);
    }

    /** Those of the votes that may stand in the next block, which has the given claim; each solution once. */
    public List<SignedVote> includable(List<SignedVote> votes, PreDigest claim) {
        List<SignedVote> good = new ArrayList<>();
        List<Bytes> used = new ArrayList<>(best.claims().keySet());
        used.add(VoteRules.claimKey(claim.solution(), claim.slot()));
        for (SignedVote vote : votes) {
            Bytes key = VoteRules.claimKey(vote.vote().solution(), vote.vote().slot());
            try {
                voteRules.check(vote, best.number() + 1, claim.slot(), this::ancestor);
                if (!used.contains(key)) {
                    used.add(key);
                    good.add(vote);
                    continue;
                }
                ledger.judged(
                        vote.vote().slot(), vote.vote().solution(), Outcome.of(Outcome.Code.EQUIVOCATION_DROPPED));
            } catch (BlockException e) {
                ledger.judged(
                        vote.vote().slot(),
                        vote.vote().solution(),
                        new Outcome(Outcome.Code.VOTE_EXPIRED, String.valueOf(e.getMessage())));
            }
        }
        return good;
    }

    private VoteRules.Ancestor ancestor(long number) {
        ChainState state = states.get(number);
        if (state == null) {
            throw new IllegalArgumentException("the state of block " + number + " is not kept");
        }
        return new VoteRules.Ancestor(blocks.hash(number).orElseThrow(), state);
    }

    public ChainSpec spec() {
        return spec;
    }

    /** The state after the best block. */
    public ChainState best() {
        return best;
    }

    /** The hash of the best block. */
    public Bytes bestHash() {
        return blocks.hash(best.number()).orElseThrow();
    }

    public BlockStore blocks() {
        return blocks;
    }

    public SegmentStore segments() {
        return segments;
    }

    public ProofChain proofs() {
        return proofs;
    }

    public SolutionJudge judge() {
        return judge;
    }

    public Blocks rules() {
        return rules;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The number of the last block that is final: the last one archived five segments ago (node-rpc §3.10). */
    public long finalized() {
        return segments.find(segments.size() - 6L)
                .map(header -> header.lastArchivedBlock().number())
                .orElse(0L);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
        segments.close();
    }
}
