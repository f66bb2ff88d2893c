package network.autonomys.farmer.core.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;

/**
 * The 256 pieces of a segment, one after the other by position: source and parity in turns (primitives §4.3, §7.4). A view of memory that
 * somebody else owns.
 */
public final class SegmentPieces {
    /** Bytes of all pieces: 268 460 032. */
    public static final long BYTES = (long) Constants.PIECES_PER_SEGMENT * Constants.PIECE_SIZE;
    /** Bytes from one source piece to the next, and from one parity piece to the next. */
    static final long STRIDE = 2L * Constants.PIECE_SIZE;

    /** Allocates on the heap. */
    public static final SegmentAllocator HEAP =
            (size, alignment) -> MemorySegment.ofArray(new byte[Math.toIntExact(size)]);

    private final MemorySegment memory;

    /**
     * A view of memory.
     *
     * @throws IllegalArgumentException where it has not exactly {@link #BYTES} bytes
     */
    public SegmentPieces(MemorySegment memory) {
        if (memory.byteSize() != BYTES) {
            throw new IllegalArgumentException(
                    "the pieces of a segment have " + BYTES + " bytes, not " + memory.byteSize());
        }
        this.memory = memory;
    }

    /** All bytes. */
    public MemorySegment memory() {
        return memory;
    }

    private static long offset(int position) {
        return (long) Constants.PIECE_SIZE * Objects.checkIndex(position, Constants.PIECES_PER_SEGMENT);
    }

    /** The piece at a position, 0 to 255: 1 048 672 bytes of this memory. */
    public MemorySegment piece(int position) {
        return memory.asSlice(offset(position), Constants.PIECE_SIZE);
    }

    /** A copy of the piece at a position, 0 to 255. */
    public byte[] pieceBytes(int position) {
        return piece(position).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The record of the piece at a position, 0 to 255: 32 768 chunks. */
    public MemorySegment record(int position) {
        return memory.asSlice(offset(position), Constants.RECORD_SIZE);
    }

    /** The commitment to the record at a position, 0 to 255. */
    public Bytes commitment(int position) {
        return point(offset(position) + Constants.PIECE_COMMITMENT_OFFSET);
    }

    /** The witness of the record's commitment at a position, 0 to 255. */
    public Bytes witness(int position) {
        return point(offset(position) + Constants.PIECE_WITNESS_OFFSET);
    }

    private Bytes point(long at) {
        return Bytes.of(memory.asSlice(at, Constants.G1_SIZE).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Writes commitment and witness of a piece. */
    void seal(int position, Bytes commitment, Bytes witness) {
        long at = offset(position);
        MemorySegment.copy(
                commitment.toArray(), 0, memory, ValueLayout.JAVA_BYTE, at + Constants.PIECE_COMMITMENT_OFFSET, 48);
        MemorySegment.copy(
                witness.toArray(), 0, memory, ValueLayout.JAVA_BYTE, at + Constants.PIECE_WITNESS_OFFSET, 48);
    }

    /** Source records, as rows of chunks {@link #STRIDE} bytes apart. */
    MemorySegment sourceRows() {
        return memory;
    }

    /** Parity records, as rows of chunks {@link #STRIDE} bytes apart. */
    MemorySegment parityRows() {
        return memory.asSlice(Constants.PIECE_SIZE);
    }
}
