package network.autonomys.farmer.core.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.BlockObject;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.GlobalObject;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.PieceIndexes;
import network.autonomys.farmer.core.types.SegmentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a chain's blocks into segments (primitives §7.2, §7.3). For one thread at a time.
 *
 * <p>All that must be kept to go on after a restart is the last header, {@link #lastHeader()}: with it and the block that it names, {@link
 * #restart} gives an archiver in the same state as one that has taken all blocks up to that one.
 */
public final class Archiver {
    private static final int SIZE = Constants.RECORDED_SEGMENT_SIZE;
    /** A segment is full when no more than these are left. */
    private static final int LEAST_ROOM = 2;

    private static final ArchivedBlockProgress COMPLETE = new ArchivedBlockProgress.Complete();
    /** Nothing is archived yet. Block 0 never ends a segment with none of its bytes in it. */
    private static final LastArchivedBlock NOTHING = new LastArchivedBlock(0, new ArchivedBlockProgress.Partial(0));

    private final SegmentSealer sealer;
    private final boolean incremental;
    private final List<SegmentItem> buffer = new ArrayList<>();
    private final List<Bytes> commitments = new ArrayList<>();
    private long bufferedBytes;
    /** Items from this one on, with this offset in the next segment, may have objects that were not reported. */
    private int unreported;

    private long unreportedAt = SegmentItems.START;
    private long segmentIndex;
    private Bytes previousHash = Bytes.zeros(32);
    private LastArchivedBlock last = NOTHING;
    private long nextBlock;
    private @Nullable SegmentHeader lastHeader;

    /**
     * An archiver that begins with block 0.
     *
     * @param incremental whether to commit to records as soon as they are filled, so that the last block of a segment takes less time
     */
    public Archiver(SegmentSealer sealer, boolean incremental) {
        this.sealer = sealer;
        this.incremental = incremental;
    }

    /**
     * An archiver that goes on behind a segment.
     *
     * @param header of the last segment
     * @param block the encoded block {@code header.lastArchivedBlock().number()}; ignored where that is archived completely
     * @param objects of that block; those in the part that is archived already are ignored
     * @throws IllegalArgumentException where the block has no more bytes than are archived of it
     */
    public static Archiver restart(
            SegmentSealer sealer, boolean incremental, SegmentHeader header, byte[] block, List<BlockObject> objects) {
        Archiver archiver = new Archiver(sealer, incremental);
        archiver.segmentIndex = header.segmentIndex() + 1;
        archiver.previousHash = header.hash();
        archiver.last = header.lastArchivedBlock();
        archiver.nextBlock = header.lastArchivedBlock().number() + 1;
        archiver.lastHeader = header;
        archiver.append(new SegmentItem.ParentSegmentHeader(header));
        header.lastArchivedBlock().archivedProgress().partial().ifPresent(archived -> {
            if (block.length <= archived) {
                throw new IllegalArgumentException("block " + archiver.last.number() + " has " + block.length
                        + " bytes, of which " + archived + " are archived");
            }
            ByteRange rest = ByteRange.of(block).tail((int) archived);
            archiver.append(new SegmentItem.BlockContinuation(rest, from(objects, (int) archived)));
        });
        return archiver;
    }

    private static List<BlockObject> from(List<BlockObject> objects, int offset) {
        return objects.stream()
                .filter(object -> object.offset() >= offset)
                .map(object -> new BlockObject(object.hash(), object.offset() - offset))
                .toList();
    }

    private static List<BlockObject> before(List<BlockObject> objects, int offset) {
        return objects.stream().filter(object -> object.offset() < offset).toList();
    }

    /** The header of the newest segment, empty before the first. */
    public Optional<SegmentHeader> lastHeader() {
        return Optional.ofNullable(lastHeader);
    }

    /** The number of the block that is due. */
    public long nextBlock() {
        return nextBlock;
    }

    /** What waits for the next segment, in order. */
    List<SegmentItem> buffered() {
        return List.copyOf(buffer);
    }

    /**
     * Takes the next block and makes the segments that it completes, mostly none.
     *
     * @param block encoded as {@link BlockEncoding} does; kept, so nobody may change it
     * @param objects of the block, in order of their offsets, each within the block
     * @param segments receives segments as they are made. If it or the making of a segment throws, the archiver is of no more use: restart one
     * @return where the objects stand in the archived history
     */
    public List<GlobalObject> addBlock(byte[] block, List<BlockObject> objects, Consumer<ArchivedSegment> segments) {
        append(new SegmentItem.Block(ByteRange.of(block), objects));
        nextBlock++;
        List<GlobalObject> reported = new ArrayList<>();
        for (List<SegmentItem> items = takeSegment(); !items.isEmpty(); items = takeSegment()) {
            report(items, reported);
            ArchivedSegment segment = sealer.seal(items, segmentIndex, previousHash, last, commitments);
            begin(segment.header());
            segments.accept(segment);
        }
        report(buffer, reported);
        if (incremental) {
            commitFilled();
        }
        return reported;
    }

    private void append(SegmentItem item) {
        buffer.add(item);
        bufferedBytes += item.encodedSize();
    }

    private void begin(SegmentHeader header) {
        SegmentItem parent = new SegmentItem.ParentSegmentHeader(header);
        // In front of the rest of a block that was cut.
        buffer.addFirst(parent);
        bufferedBytes += parent.encodedSize();
        lastHeader = header;
        previousHash = header.hash();
        segmentIndex++;
        commitments.clear();
        unreported = 0;
        unreportedAt = SegmentItems.START;
    }

    /** Items of the next segment, which are taken from the buffer and may be cut; empty where it is not full yet. */
    private List<SegmentItem> takeSegment() {
        if (SegmentItems.START + bufferedBytes < SIZE - LEAST_ROOM) {
            return List.of();
        }
        LastArchivedBlock end = last;
        long size = SegmentItems.START;
        int taken = 0;
        while (size < SIZE - LEAST_ROOM) {
            SegmentItem item = buffer.get(taken);
            long withItem = size + item.encodedSize();
            if (withItem >= SIZE && withItem - SIZE > innerLength(item)) {
                // Would not fit even without any of its bytes.
                break;
            }
            size = withItem;
            end = behind(end, item);
            taken++;
        }
        List<SegmentItem> items = new ArrayList<>(buffer.subList(0, taken));
        buffer.subList(0, taken).clear();
        bufferedBytes -= size - SegmentItems.START;
        last = size > SIZE ? cut(items, end, (int) (size - SIZE)) : new LastArchivedBlock(end.number(), COMPLETE);
        return items;
    }

    private static int innerLength(SegmentItem item) {
        return item instanceof SegmentItem.BlockPart part ? part.bytes().length() : 0;
    }

    private static LastArchivedBlock behind(LastArchivedBlock end, SegmentItem item) {
        return switch (item) {
            case SegmentItem.Block block -> new LastArchivedBlock(end.equals(NOTHING) ? 0 : end.number() + 1, COMPLETE);
            case SegmentItem.BlockContinuation continuation -> {
                long before = end.archivedProgress().partial().orElse(0);
                long archived = before + continuation.bytes().length();
                yield new LastArchivedBlock(end.number(), new ArchivedBlockProgress.Partial(archived));
            }
            case SegmentItem.BlockStart start -> end;
            case SegmentItem.ParentSegmentHeader parent -> end;
            case SegmentItem.Padding padding -> end;
        };
    }

    /** Puts what the last item has too much back into the buffer. */
    private LastArchivedBlock cut(List<SegmentItem> items, LastArchivedBlock end, int over) {
        SegmentItem.BlockPart part = (SegmentItem.BlockPart) items.removeLast();
        int keep = part.bytes().length() - over;
        SegmentItem rest = new SegmentItem.BlockContinuation(part.bytes().tail(keep), from(part.objects(), keep));
        buffer.addFirst(rest);
        bufferedBytes += rest.encodedSize();
        ByteRange head = part.bytes().head(keep);
        List<BlockObject> objects = before(part.objects(), keep);
        boolean whole = part instanceof SegmentItem.Block;
        items.add(whole ? new SegmentItem.BlockStart(head, objects) : new SegmentItem.BlockContinuation(head, objects));
        long archived = whole ? keep : end.archivedProgress().partial().orElse(0) - over;
        return new LastArchivedBlock(end.number(), new ArchivedBlockProgress.Partial(archived));
    }

    /** Reports the objects of items of the next segment, once (primitives §7.6). */
    private void report(List<SegmentItem> items, List<GlobalObject> reported) {
        for (; unreported < items.size(); unreported++) {
            SegmentItem item = items.get(unreported);
            if (item instanceof SegmentItem.BlockPart part && !part.objects().isEmpty()) {
                for (BlockObject object : part.objects()) {
                    long at = unreportedAt + part.prefixSize() + object.offset();
                    reported.add(new GlobalObject(
                            object.hash(),
                            PieceIndexes.fromSourcePosition(at / Constants.RAW_RECORD_SIZE, segmentIndex),
                            at % Constants.RAW_RECORD_SIZE));
                }
                items.set(unreported, part.withoutObjects());
            }
            unreportedAt += item.encodedSize();
        }
    }

    /** An item that is in the buffer as a whole is never changed, so neither are records that such items fill. */
    private void commitFilled() {
        int filled = (int) ((SegmentItems.START + bufferedBytes) / Constants.RAW_RECORD_SIZE);
        int open = filled - commitments.size();
        if (open >= 2) {
            commitments.addAll(sealer.commit(buffer, commitments.size(), open));
        }
    }
}
