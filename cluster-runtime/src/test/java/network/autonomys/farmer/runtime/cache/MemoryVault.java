package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pieces in memory, for tests of the loop itself. */
final class MemoryVault implements PieceVault {
    static final int PIECE_SIZE = 64;

    final Map<Long, byte[]> pieces = new ConcurrentHashMap<>();
    final List<Long> order = new CopyOnWriteArrayList<>();
    private final PieceSet held = new PieceSet();
    private final long capacity;
    volatile boolean broken;

    MemoryVault(long capacity) {
        this.capacity = capacity;
    }

    /** What piece i is: bytes that differ from those of any other. */
    static byte[] content(long piece) {
        byte[] bytes = new byte[PIECE_SIZE];
        for (int i = 0; i < PIECE_SIZE; i++) {
            bytes[i] = (byte) (((piece + 1) * 31 * (i + 7)) >>> (i % 13));
        }
        return bytes;
    }

    void put(long piece) {
        pieces.put(piece, content(piece));
        held.add(piece);
    }

    @Override
    public int pieceSize() {
        return PIECE_SIZE;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public PieceSet held() {
        return held;
    }

    @Override
    public PieceSet pending() {
        return new PieceSet();
    }

    @Override
    public void store(List<? extends Piece> batch) throws IOException {
        if (broken) {
            throw new IOException("no space left on device");
        }
        for (Piece piece : batch) {
            pieces.put(piece.index(), piece.bytes().toArray(ValueLayout.JAVA_BYTE));
            order.add(piece.index());
            held.add(piece.index());
        }
    }

    @Override
    public boolean read(long piece, MemorySegment target) {
        byte[] bytes = pieces.get(piece);
        if (bytes == null) {
            return false;
        }
        MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return true;
    }

    @Override
    public boolean check(long piece, MemorySegment target) {
        return read(piece, target);
    }

    @Override
    public void drop(long piece) {
        pieces.remove(piece);
        held.remove(piece);
    }

    @Override
    public void close() {}
}
