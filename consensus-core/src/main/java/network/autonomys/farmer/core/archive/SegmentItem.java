package network.autonomys.farmer.core.archive;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.BlockObject;
import network.autonomys.farmer.core.types.SegmentHeader;

/** What a segment consists of (primitives §7.1). Object mappings are kept in memory only and have no place in the encoding. */
public sealed interface SegmentItem {
    /** Bytes of the encoding: a tag, and for parts of blocks a length. */
    long encodedSize();

    /** One zero byte behind the last item. */
    record Padding() implements SegmentItem {
        @Override
        public long encodedSize() {
            return 1;
        }
    }

    /** A block or a part of one. */
    sealed interface BlockPart extends SegmentItem {
        /** The part's bytes. */
        ByteRange bytes();

        /** Objects that begin in the part, with offsets from its start, in order. */
        List<BlockObject> objects();

        /** The same without objects. */
        BlockPart withoutObjects();

        /** Bytes before the part's own: the tag and the length. */
        default int prefixSize() {
            return 1 + compactSize(bytes().length());
        }

        @Override
        default long encodedSize() {
            return (long) prefixSize() + bytes().length();
        }
    }

    /** A whole block. */
    record Block(ByteRange bytes, List<BlockObject> objects) implements BlockPart {
        public Block {
            objects = List.copyOf(objects);
        }

        @Override
        public BlockPart withoutObjects() {
            return new Block(bytes, List.of());
        }
    }

    /** The first part of a block; may be empty. */
    record BlockStart(ByteRange bytes, List<BlockObject> objects) implements BlockPart {
        public BlockStart {
            objects = List.copyOf(objects);
        }

        @Override
        public BlockPart withoutObjects() {
            return new BlockStart(bytes, List.of());
        }
    }

    /** A later part of a block. */
    record BlockContinuation(ByteRange bytes, List<BlockObject> objects) implements BlockPart {
        public BlockContinuation {
            objects = List.copyOf(objects);
        }

        @Override
        public BlockPart withoutObjects() {
            return new BlockContinuation(bytes, List.of());
        }
    }

    /** The header of the segment before; every segment but the first begins with it. */
    record ParentSegmentHeader(SegmentHeader header) implements SegmentItem {
        @Override
        public long encodedSize() {
            return 1L + header.encode().length;
        }
    }

    /** Bytes of the compact form of a length. */
    static int compactSize(int length) {
        ScaleWriter out = new ScaleWriter(5);
        out.writeCompact(length);
        return out.size();
    }
}
