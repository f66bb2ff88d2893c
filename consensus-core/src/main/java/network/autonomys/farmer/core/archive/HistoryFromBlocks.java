package network.autonomys.farmer.core.archive;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Archives a chain again from its blocks, checking each segment against the header that the chain has for it. For the export of pieces, and for
 * a cluster that missed a segment and finds its pieces nowhere.
 *
 * <p>Blocks are given in order, encoded as {@link BlockEncoding} does. A segment's content begins where the segment before ends, so that
 * archiving can begin behind any segment whose header is known. For one thread at a time.
 */
public final class HistoryFromBlocks {
    /** The blocks do not give the chain's segments: they are another chain's, or not encoded as the archiver wants them. */
    public static final class MismatchException extends Exception {
        private static final long serialVersionUID = 1;

        MismatchException(String message) {
            super(message);
        }
    }

    private final LongFunction<Optional<SegmentHeader>> headers;
    private final Consumer<ArchivedSegment> segments;
    private final Archiver archiver;
    private @Nullable String mismatch;

    private HistoryFromBlocks(
            LongFunction<Optional<SegmentHeader>> headers, Consumer<ArchivedSegment> segments, Archiver archiver) {
        this.headers = headers;
        this.segments = segments;
        this.archiver = archiver;
    }

    /**
     * From block 0 on.
     *
     * @param headers the chain's header of a segment, empty where it has none yet; such a segment is handed out without a check
     * @param segments receives segments that agree with their headers, in order
     */
    public static HistoryFromBlocks fromGenesis(
            SegmentSealer sealer, LongFunction<Optional<SegmentHeader>> headers, Consumer<ArchivedSegment> segments) {
        return new HistoryFromBlocks(headers, segments, new Archiver(sealer, false));
    }

    /**
     * From behind a segment on.
     *
     * @param last the header of that segment
     * @param block the encoded block that it ends with; {@link #nextBlock} is the one after it
     * @param headers as for {@link #fromGenesis}
     * @param segments as for {@link #fromGenesis}
     * @throws IllegalArgumentException where the block has no more bytes than are archived of it
     */
    public static HistoryFromBlocks behind(
            SegmentSealer sealer,
            SegmentHeader last,
            byte[] block,
            LongFunction<Optional<SegmentHeader>> headers,
            Consumer<ArchivedSegment> segments) {
        return new HistoryFromBlocks(headers, segments, Archiver.restart(sealer, false, last, block, List.of()));
    }

    /**
     * The first block that must be there to archive a segment: the one that the segment before ends with, or 0.
     *
     * @param previous the header of the segment before, empty for segment 0
     */
    public static long firstBlock(Optional<SegmentHeader> previous) {
        return previous.map(SegmentHeader::lastArchivedBlock)
                .map(LastArchivedBlock::number)
                .orElse(0L);
    }

    /** The number of the block that is due. */
    public long nextBlock() {
        return archiver.nextBlock();
    }

    /** The index of the segment that comes next. */
    public long nextSegment() {
        return archiver.lastHeader().map(SegmentHeader::segmentIndex).orElse(-1L) + 1;
    }

    /**
     * Takes the block that is due and makes the segments that it completes.
     *
     * @throws MismatchException where a segment does not agree with the chain's header; neither it nor a later one is handed out, then or ever
     */
    public void addBlock(byte[] encoded) throws MismatchException {
        if (mismatch == null) {
            archiver.addBlock(encoded, List.of(), this::take);
        }
        if (mismatch != null) {
            throw new MismatchException(mismatch);
        }
    }

    private void take(ArchivedSegment segment) {
        if (mismatch != null) {
            return;
        }
        SegmentHeader made = segment.header();
        Optional<SegmentHeader> known = headers.apply(made.segmentIndex());
        if (known.isPresent() && !known.get().equals(made)) {
            mismatch =
                    "segment " + Long.toUnsignedString(made.segmentIndex()) + " is " + made + " and not " + known.get();
            return;
        }
        segments.accept(segment);
    }
}
