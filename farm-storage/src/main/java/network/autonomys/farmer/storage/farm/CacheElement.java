package network.autonomys.farmer.storage.farm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Constants;

/**
 * One element of the reference's piece caches (sectors-farms §11.1): le64 piece index, the piece, BLAKE3 of both; 1 048 712 bytes, all zero where
 * nothing is stored.
 */
final class CacheElement {
    /** Bytes of an element. */
    static final int BYTES = Long.BYTES + Constants.PIECE_SIZE + Blake3.HASH_SIZE;

    private static final int HASH = Blake3.HASH_SIZE;
    private static final int HASHED = Long.BYTES + Constants.PIECE_SIZE;
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZERO_HASH = new byte[HASH];

    /** What an element holds. */
    enum State {
        EMPTY,
        VALID,
        DAMAGED
    }

    private CacheElement() {}

    /** The element of a piece of 1 048 672 bytes. */
    static MemorySegment of(long pieceIndex, MemorySegment piece) {
        if (piece.byteSize() != Constants.PIECE_SIZE) {
            throw new IllegalArgumentException("a piece of " + piece.byteSize() + " bytes");
        }
        MemorySegment element = MemorySegment.ofArray(new byte[BYTES]);
        element.set(LE64, 0, pieceIndex);
        MemorySegment.copy(piece, 0, element, Long.BYTES, Constants.PIECE_SIZE);
        byte[] hash = Blake3.hash(element.asSlice(0, HASHED));
        MemorySegment.copy(hash, 0, element, ValueLayout.JAVA_BYTE, HASHED, HASH);
        return element;
    }

    /** What 1 048 712 bytes are. */
    static State state(MemorySegment element) {
        byte[] stored = element.asSlice(HASHED, HASH).toArray(ValueLayout.JAVA_BYTE);
        if (Arrays.equals(Blake3.hash(element.asSlice(0, HASHED)), stored)) {
            return State.VALID;
        }
        boolean empty = Arrays.equals(stored, ZERO_HASH)
                && MemorySegment.mismatch(element, 0, HASHED, MemorySegment.ofArray(new byte[HASHED]), 0, HASHED) < 0;
        return empty ? State.EMPTY : State.DAMAGED;
    }

    /** The piece index of a valid element. */
    static long pieceIndex(MemorySegment element) {
        return element.get(LE64, 0);
    }

    /** The piece of a valid element. */
    static byte[] piece(MemorySegment element) {
        return element.asSlice(Long.BYTES, Constants.PIECE_SIZE).toArray(ValueLayout.JAVA_BYTE);
    }
}
