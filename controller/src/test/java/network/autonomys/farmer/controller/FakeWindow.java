package network.autonomys.farmer.controller;

import java.lang.foreign.MemorySegment;
import java.util.List;
import network.autonomys.farmer.runtime.cache.PieceSet;
import network.autonomys.farmer.runtime.cache.PieceVault;

/** Remembers which pieces were stored, not their bytes. */
final class FakeWindow implements PieceVault {
    private final PieceSet held = new PieceSet();

    @Override
    public int pieceSize() {
        return 32;
    }

    @Override
    public long capacity() {
        return 10_000;
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
    public void store(List<? extends Piece> pieces) {
        for (Piece piece : pieces) {
            if (!FakeNode.valid(piece.index(), piece.bytes())) {
                throw new AssertionError("piece " + piece.index() + " was not verified");
            }
            held.add(piece.index());
        }
    }

    @Override
    public boolean read(long piece, MemorySegment target) {
        return held.contains(piece);
    }

    @Override
    public boolean check(long piece, MemorySegment target) {
        return read(piece, target);
    }

    @Override
    public void drop(long piece) {
        held.remove(piece);
    }

    @Override
    public void close() {}
}
