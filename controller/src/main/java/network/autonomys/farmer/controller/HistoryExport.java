package network.autonomys.farmer.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.autonomys.farmer.core.archive.ArchivedSegment;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.HistoryFromBlocks;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.nodeproxy.ChainCalls;
import network.autonomys.farmer.nodeproxy.NodeCalls;
import network.autonomys.farmer.nodeproxy.rpc.RpcErrorException;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;

/**
 * Writes a node's archived history as pieces (cluster-and-cli §2.2, node-rpc §5.5): reads all blocks, archives them again, and compares each
 * segment's header with the one that the chain has. What is there already is not made again, so that an export that was stopped goes on where
 * it was.
 */
final class HistoryExport {
    private static final int HEADERS_AT_A_TIME = 1000;
    private static final int BLOCKS_AT_A_TIME = 32;
    private static final int STORED_TOGETHER = 32;

    private final NodeCalls node;
    private final ChainCalls blocks;
    private final PieceVault target;
    private final SegmentSealer sealer;
    private final Observer observer;
    private final Patience patience;
    private final HeaderChain chain = new HeaderChain();
    private long blocksRead;

    /** Hears how far the export is. */
    interface Observer {
        /** Blocks were read. */
        void blocks(long number, long read);

        /** A segment was archived, has the chain's header, and its pieces are on disk; so many of them were missing before. */
        void segment(long segment, int pieces);

        /** The node does not answer; it is asked again. */
        void nodeAway(IOException reason);
    }

    /**
     * How long a node may be away.
     *
     * @param pause between two attempts
     * @param attempts before the export gives up
     */
    record Patience(Duration pause, int attempts) {}

    private record Made(long index, MemorySegment bytes) implements PieceVault.Piece {}

    /**
     * @param target where the pieces go
     * @param sealer whose segments may share one piece of memory: each is written before the next is made
     */
    HistoryExport(
            NodeCalls node,
            ChainCalls blocks,
            PieceVault target,
            SegmentSealer sealer,
            Observer observer,
            Patience patience) {
        this.node = node;
        this.blocks = blocks;
        this.target = target;
        this.sealer = sealer;
        this.observer = observer;
        this.patience = patience;
    }

    /** Reads all segment headers of the node; returns how many there are. */
    long readHeaders() throws IOException, InterruptedException {
        while (true) {
            long from = chain.size();
            List<Long> wanted = new ArrayList<>();
            for (int i = 0; i < HEADERS_AT_A_TIME; i++) {
                wanted.add(from + i);
            }
            for (Optional<SegmentHeader> header : patiently(() -> node.segmentHeaders(wanted))) {
                if (header.isEmpty()) {
                    return chain.size();
                }
                if (chain.offer(header.get()) != HeaderChain.Outcome.APPENDED) {
                    throw new IOException("the node's segment header "
                            + header.get().segmentIndex() + " does not continue the one before it");
                }
            }
        }
    }

    /** Pieces of the history that are not there yet; {@link #readHeaders} comes first. */
    long missing() {
        long missing = 0;
        for (long segment = 0; segment < chain.size(); segment++) {
            missing += PieceSet.PIECES_PER_SEGMENT - target.held().countInSegment(segment);
        }
        return missing;
    }

    /**
     * Exports everything that is missing of the segments known.
     *
     * @throws HistoryFromBlocks.MismatchException where the blocks do not give the chain's segments
     */
    void run() throws IOException, InterruptedException, HistoryFromBlocks.MismatchException {
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                long segment = 0;
                while (segment < chain.size()) {
                    segment = complete(segment) ? segment + 1 : exportFrom(segment, reader);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } finally {
                reader.shutdownNow();
            }
        }
    }

    /** Exports from a segment on up to the next that is there; returns the index of that one. */
    private long exportFrom(long segment, ExecutorService reader)
            throws IOException, InterruptedException, HistoryFromBlocks.MismatchException {
        HistoryFromBlocks history = begin(segment);
        long last = header(chain.size() - 1).lastArchivedBlock().number();
        Future<List<SignedBlock>> next = ahead(history.nextBlock(), last, reader);
        while (history.nextBlock() <= last) {
            List<SignedBlock> batch = result(next);
            next = ahead(history.nextBlock() + batch.size(), last, reader);
            for (SignedBlock block : batch) {
                history.addBlock(BlockEncoding.encode(block));
                blocksRead++;
                observer.blocks(block.header().number(), blocksRead);
                long reached = history.nextSegment();
                if (reached > segment && (reached >= chain.size() || complete(reached))) {
                    return reached;
                }
            }
        }
        throw new IOException("block " + last + " does not end segment " + history.nextSegment());
    }

    private HistoryFromBlocks begin(long segment) throws IOException, InterruptedException {
        if (segment == 0) {
            return HistoryFromBlocks.fromGenesis(sealer, chain::header, this::keep);
        }
        SegmentHeader previous = header(segment - 1);
        long number = HistoryFromBlocks.firstBlock(Optional.of(previous));
        SignedBlock block =
                patiently(() -> BlockFetch.blocks(blocks, List.of(number))).getFirst();
        return HistoryFromBlocks.behind(sealer, previous, BlockEncoding.encode(block), chain::header, this::keep);
    }

    private SegmentHeader header(long segment) {
        return chain.header(segment).orElseThrow();
    }

    private boolean complete(long segment) {
        return target.held().countInSegment(segment) == PieceSet.PIECES_PER_SEGMENT;
    }

    private Future<List<SignedBlock>> ahead(long from, long last, ExecutorService reader) {
        List<Long> numbers = new ArrayList<>();
        for (long number = from; number <= last && numbers.size() < BLOCKS_AT_A_TIME; number++) {
            numbers.add(number);
        }
        return reader.submit(() -> numbers.isEmpty() ? List.of() : patiently(() -> BlockFetch.blocks(blocks, numbers)));
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("blocks could not be read", e.getCause());
        }
    }

    private void keep(ArchivedSegment made) {
        long segment = made.header().segmentIndex();
        List<Made> lacking = IntStream.range(0, PieceSet.PIECES_PER_SEGMENT)
                .filter(position -> !target.held().contains(segment * PieceSet.PIECES_PER_SEGMENT + position))
                .mapToObj(position -> new Made(
                        segment * PieceSet.PIECES_PER_SEGMENT + position,
                        made.pieces().piece(position)))
                .toList();
        try {
            for (int from = 0; from < lacking.size(); from += STORED_TOGETHER) {
                target.store(lacking.subList(from, Math.min(lacking.size(), from + STORED_TOGETHER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        observer.segment(segment, lacking.size());
    }

    /** Asks again while the node is away; what the node refuses it would refuse again. */
    private <T> T patiently(Callable<T> call) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.call();
            } catch (RpcErrorException | NodeRefusal | InterruptedException e) {
                throw e;
            } catch (IOException e) {
                if (attempt >= patience.attempts()) {
                    throw e;
                }
                observer.nodeAway(e);
                Thread.sleep(patience.pause());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
