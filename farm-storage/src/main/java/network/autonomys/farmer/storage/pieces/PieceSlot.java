package network.autonomys.farmer.storage.pieces;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.storage.io.StoreFile;

/**
 * One slot: le64 piece index, the piece, BLAKE3 of both, as the reference's cache element (sectors-farms §11.1), and zeros up to the next
 * multiple of 4096 bytes.
 */
final class PieceSlot {
    private static final int ALIGNMENT = 4096;
    private static final int CHUNK = 64 * 1024;

    private final int pieceSize;

    PieceSlot(int pieceSize) {
        this.pieceSize = pieceSize;
    }

    /** Bytes from one slot to the next. */
    int stride() {
        int size = Long.BYTES + pieceSize + Blake3.HASH_SIZE;
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    void write(StoreFile file, long position, long index, MemorySegment piece) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(index).flip();
        byte[] tail = new byte[stride() - Long.BYTES - pieceSize];
        System.arraycopy(checksum(index, piece), 0, tail, 0, Blake3.HASH_SIZE);
        file.write(head, position);
        file.write(piece.asSlice(0, pieceSize).asByteBuffer(), position + Long.BYTES);
        file.write(ByteBuffer.wrap(tail), position + Long.BYTES + pieceSize);
    }

    /** The index in a slot, not checked. */
    long index(StoreFile file, long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(head, position);
        return head.getLong(0);
    }

    /** Reads a piece; false if the slot does not hold it, whole and unchanged. */
    boolean read(StoreFile file, long position, long index, MemorySegment target) throws IOException {
        if (index(file, position) != index) {
            return false;
        }
        file.read(target.asSlice(0, pieceSize).asByteBuffer(), position + Long.BYTES);
        byte[] stored = new byte[Blake3.HASH_SIZE];
        file.read(ByteBuffer.wrap(stored), position + Long.BYTES + pieceSize);
        return Arrays.equals(stored, checksum(index, target));
    }

    private byte[] checksum(long index, MemorySegment piece) {
        Blake3.Hasher hasher = Blake3.hasher();
        byte[] head = new byte[Long.BYTES];
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putLong(index);
        hasher.update(head);
        byte[] chunk = new byte[CHUNK];
        for (int done = 0; done < pieceSize; done += CHUNK) {
            int length = Math.min(CHUNK, pieceSize - done);
            MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, done, chunk, 0, length);
            hasher.update(chunk, 0, length);
        }
        return hasher.digest();
    }
}
