package network.autonomys.farmer.core.archive;

import java.util.List;
import java.util.function.Consumer;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * The encoding of segments, version 0 (primitives §7.1): a zero byte, then the items back to back and without a count, to the end of the buffer.
 */
public final class SegmentItems {
    /** Bytes before the first item. */
    static final int START = 1;

    private static final int VERSION = 0;
    private static final int PADDING = 0;
    private static final int BLOCK = 1;
    private static final int BLOCK_START = 2;
    private static final int BLOCK_CONTINUATION = 3;
    private static final int PARENT_SEGMENT_HEADER = 4;
    private static final SegmentItem PADDING_ITEM = new SegmentItem.Padding();

    private SegmentItems() {}

    /** Receives the encoding piece by piece. */
    @FunctionalInterface
    interface Sink {
        void put(byte[] bytes, int offset, int length);
    }

    /** Writes the version and the items; zeros up to the segment's size are the receiver's. */
    static void encode(List<SegmentItem> items, Sink sink) {
        sink.put(new byte[] {VERSION}, 0, START);
        for (SegmentItem item : items) {
            encode(item, sink);
        }
    }

    private static void encode(SegmentItem item, Sink sink) {
        ScaleWriter head = new ScaleWriter(128);
        switch (item) {
            case SegmentItem.Padding padding -> head.writeU8(PADDING);
            case SegmentItem.ParentSegmentHeader parent -> {
                head.writeU8(PARENT_SEGMENT_HEADER);
                parent.header().write(head);
            }
            case SegmentItem.BlockPart part -> {
                head.writeU8(
                        switch (part) {
                            case SegmentItem.Block block -> BLOCK;
                            case SegmentItem.BlockStart start -> BLOCK_START;
                            case SegmentItem.BlockContinuation continuation -> BLOCK_CONTINUATION;
                        });
                head.writeCompact(part.bytes().length());
            }
        }
        byte[] bytes = head.toByteArray();
        sink.put(bytes, 0, bytes.length);
        if (item instanceof SegmentItem.BlockPart part) {
            sink.put(part.bytes().array(), part.bytes().offset(), part.bytes().length());
        }
    }

    /**
     * Reads the items of a segment, one after the other; each zero byte of padding counts as one. Parts of blocks share the array.
     *
     * @param segment the encoding, to its end
     * @throws ScaleException where the version or a tag is unknown, or an item does not fit; items before it have been handed out
     */
    public static void decode(byte[] segment, Consumer<SegmentItem> items) {
        ScaleReader in = new ScaleReader(segment);
        in.readVariant("Segment", VERSION + 1);
        while (in.remaining() > 0) {
            int tag = in.readVariant("SegmentItem", PARENT_SEGMENT_HEADER + 1);
            items.accept(
                    switch (tag) {
                        case PADDING -> PADDING_ITEM;
                        case BLOCK -> new SegmentItem.Block(range(in, segment), List.of());
                        case BLOCK_START -> new SegmentItem.BlockStart(range(in, segment), List.of());
                        case BLOCK_CONTINUATION -> new SegmentItem.BlockContinuation(range(in, segment), List.of());
                        default -> new SegmentItem.ParentSegmentHeader(SegmentHeader.read(in));
                    });
        }
    }

    private static ByteRange range(ScaleReader in, byte[] segment) {
        long length = in.readCompactU32();
        if (length > in.remaining()) {
            throw new ScaleException("a part of " + length + " bytes where " + in.remaining() + " are left");
        }
        int at = in.position();
        in.skip((int) length);
        return ByteRange.of(segment, at, (int) length);
    }
}
