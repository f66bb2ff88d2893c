package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.archive.ArchivedSegment;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.HistoryFromBlocks;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.nodeproxy.ChainCalls;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;
import org.jspecify.annotations.Nullable;

/**
 * Archives a segment again from the node's blocks (node-rpc §5.5): the last way, for a cluster that missed it. The segment that comes out
 * must have the chain's header, byte for byte, or nothing of it is kept.
 */
final class BlockRecovery implements SegmentRecovery {
    private static final int BLOCKS_AT_A_TIME = 8;
    private static final int STORED_TOGETHER = 32;

    private final PieceVault window;
    private final HeaderChain chain;
    private final Blocks blocks;
    private final Function<SegmentAllocator, SegmentSealer> sealers;
    private final Path scratchFolder;

    /** The node's blocks. */
    @FunctionalInterface
    interface Blocks {
        ChainCalls calls() throws IOException;
    }

    private record Made(long index, MemorySegment bytes) implements PieceVault.Piece {}

    BlockRecovery(
            PieceVault window,
            HeaderChain chain,
            Blocks blocks,
            Function<SegmentAllocator, SegmentSealer> sealers,
            Path scratchFolder) {
        this.window = window;
        this.chain = chain;
        this.blocks = blocks;
        this.sealers = sealers;
        this.scratchFolder = scratchFolder;
    }

    @Override
    public String name() {
        return "the node's blocks";
    }

    @Override
    public int recover(long segment, BitSet missing) throws IOException, InterruptedException {
        Optional<SegmentHeader> header = chain.header(segment);
        if (header.isEmpty()) {
            return 0;
        }
        try (ScratchFile scratch = new ScratchFile(scratchFolder)) {
            ArchivedSegment made = archive(segment, header.get(), scratch);
            return keep(segment, made);
        } catch (HistoryFromBlocks.MismatchException e) {
            throw new IOException("the node's blocks give another segment: " + e.getMessage(), e);
        }
    }

    private ArchivedSegment archive(long segment, SegmentHeader header, ScratchFile scratch)
            throws IOException, InterruptedException, HistoryFromBlocks.MismatchException {
        AtomicReference<@Nullable ArchivedSegment> made = new AtomicReference<>();
        SegmentSealer sealer = sealers.apply(scratch);
        ChainCalls calls = blocks.calls();
        Optional<SegmentHeader> previous = segment == 0 ? Optional.empty() : chain.header(segment - 1);
        HistoryFromBlocks history;
        if (previous.isEmpty()) {
            history = HistoryFromBlocks.fromGenesis(sealer, chain::header, made::set);
        } else {
            long first = HistoryFromBlocks.firstBlock(previous);
            byte[] block = BlockEncoding.encode(
                    BlockFetch.blocks(calls, List.of(first)).getFirst());
            history = HistoryFromBlocks.behind(sealer, previous.get(), block, chain::header, made::set);
        }
        long last = header.lastArchivedBlock().number();
        while (made.get() == null && history.nextBlock() <= last) {
            List<Long> numbers = new ArrayList<>();
            for (long number = history.nextBlock(); number <= last && numbers.size() < BLOCKS_AT_A_TIME; number++) {
                numbers.add(number);
            }
            for (SignedBlock block : BlockFetch.blocks(calls, numbers)) {
                if (made.get() == null) {
                    history.addBlock(BlockEncoding.encode(block));
                }
            }
        }
        ArchivedSegment result = made.get();
        if (result == null || result.header().segmentIndex() != segment) {
            throw new IOException("block " + last + " does not end segment " + segment);
        }
        return result;
    }

    /** All that the window lacks, and not only what was asked for: who misses one piece of an old segment soon asks for the next. */
    private int keep(long segment, ArchivedSegment made) throws IOException {
        List<Made> pieces = IntStream.range(0, PieceSet.PIECES_PER_SEGMENT)
                .filter(position -> !window.held().contains(segment * PieceSet.PIECES_PER_SEGMENT + position))
                .mapToObj(position -> new Made(
                        segment * PieceSet.PIECES_PER_SEGMENT + position,
                        made.pieces().piece(position)))
                .toList();
        for (int from = 0; from < pieces.size(); from += STORED_TOGETHER) {
            window.store(pieces.subList(from, Math.min(pieces.size(), from + STORED_TOGETHER)));
        }
        return pieces.size();
    }
}
