package network.autonomys.farmer.core.archive;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.archive.ReconstructionException.Reason;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Blocks from segments that are added in order (primitives §7.8). It may begin with any segment; a block of which the first part is in an earlier
 * one is left out. Commitments are not checked. For one thread at a time.
 */
public final class BlockReconstructor {
    /** Receives blocks in order. */
    @FunctionalInterface
    public interface BlockSink {
        /**
         * One block.
         *
         * @param number u32
         * @param encoded the bytes that were given to the archiver; the receiver's
         */
        void accept(long number, byte[] encoded);
    }

    /** The longest array there can be. */
    private static final int MAX_BLOCK = Integer.MAX_VALUE - 8;

    private @Nullable ByteArrayOutputStream partial;
    /** Index of the segment added last, empty before the first. */
    private OptionalLong lastSegment = OptionalLong.empty();

    /**
     * Adds the next segment.
     *
     * @param segment its bytes, as {@link RawRecords#read(SegmentPieces)} or {@link PieceReconstructor#reconstructSource} give them
     * @param blocks receives the blocks that the segment completes
     * @return the header of the segment before, empty for segment 0
     * @throws ReconstructionException where the segment does not decode or does not follow the one added before; then nothing was handed out,
     *     and another segment may be added instead
     */
    public Optional<SegmentHeader> addSegment(byte[] segment, BlockSink blocks) throws ReconstructionException {
        Optional<SegmentHeader> parent = parent(segment);
        long index = parent.map(header -> header.segmentIndex() + 1).orElse(0L);
        if (lastSegment.isPresent() && lastSegment.getAsLong() + 1 != index) {
            throw new ReconstructionException(
                    Reason.WRONG_SEGMENT_ORDER,
                    "segment " + Long.toUnsignedString(index) + " where "
                            + Long.toUnsignedString(lastSegment.getAsLong() + 1) + " is due");
        }
        if (partial != null && partial.size() > MAX_BLOCK - segment.length) {
            throw new ReconstructionException(Reason.INVALID_SEGMENT, "a block of 2 GiB");
        }
        Walk walk = new Walk(blocks);
        SegmentItems.decode(segment, walk::take);
        lastSegment = OptionalLong.of(index);
        return parent;
    }

    /** The header in a segment whose items all decode; there is at most one, and it comes first. */
    private static Optional<SegmentHeader> parent(byte[] segment) throws ReconstructionException {
        HeaderSearch search = new HeaderSearch();
        try {
            SegmentItems.decode(segment, search::take);
        } catch (ScaleException e) {
            throw new ReconstructionException(Reason.INVALID_SEGMENT, String.valueOf(e.getMessage()));
        }
        if (search.misplaced) {
            throw new ReconstructionException(Reason.INVALID_SEGMENT, "a segment header that is not the first item");
        }
        return Optional.ofNullable(search.header);
    }

    private static final class HeaderSearch {
        private @Nullable SegmentHeader header;
        private boolean misplaced;
        private boolean first = true;

        void take(SegmentItem item) {
            if (item instanceof SegmentItem.ParentSegmentHeader parent) {
                misplaced |= !first;
                header = parent.header();
            }
            first = false;
        }
    }

    /** The items of one segment. */
    private final class Walk {
        private final BlockSink blocks;
        private long next;

        Walk(BlockSink blocks) {
            this.blocks = blocks;
        }

        void take(SegmentItem item) {
            switch (item) {
                case SegmentItem.Padding padding -> {}
                case SegmentItem.Block block -> {
                    flush();
                    blocks.accept(next++, block.bytes().toArray());
                }
                case SegmentItem.BlockStart start -> {
                    flush();
                    partial = new ByteArrayOutputStream();
                    partial.writeBytes(start.bytes().toArray());
                }
                case SegmentItem.BlockContinuation continuation -> {
                    if (partial != null) {
                        partial.writeBytes(continuation.bytes().toArray());
                    }
                }
                case SegmentItem.ParentSegmentHeader parent ->
                    begin(parent.header().lastArchivedBlock());
            }
        }

        private void begin(LastArchivedBlock last) {
            next = last.number();
            if (last.archivedProgress().partial().isEmpty()) {
                flush();
                next = last.number() + 1;
            } else if (partial == null) {
                // The rest of that block is of no use.
                next++;
            }
        }

        private void flush() {
            if (partial != null) {
                blocks.accept(next++, partial.toByteArray());
                partial = null;
            }
        }
    }
}
