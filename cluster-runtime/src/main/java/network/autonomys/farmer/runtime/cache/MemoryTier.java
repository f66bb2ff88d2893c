package network.autonomys.farmer.runtime.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pieces in memory before the disk ({@code --mem-cache}, cluster-and-cli §2.2): a fixed number of piece-sized places outside the heap,
 * given to the pieces that were read last. The disk stays the durable copy; nothing is ever only here. Safe for use by several threads.
 */
public final class MemoryTier implements AutoCloseable {
    private final int pieceSize;
    private final long places;
    private final Arena arena = Arena.ofShared();
    private final Map<Long, MemorySegment> byIndex = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<MemorySegment> free = new ArrayDeque<>();
    private long made;
    private boolean closed;

    /**
     * A tier; memory is taken from the system as pieces come.
     *
     * @param bytes upper bound of its memory; less than one piece makes it hold nothing
     */
    public MemoryTier(int pieceSize, long bytes) {
        this.pieceSize = pieceSize;
        this.places = bytes / pieceSize;
    }

    /** Copies a piece out; false if it is not here. */
    public synchronized boolean read(long piece, MemorySegment target) {
        MemorySegment place = closed ? null : byIndex.get(piece);
        if (place == null) {
            return false;
        }
        MemorySegment.copy(place, 0, target, 0, pieceSize);
        return true;
    }

    /** Copies a piece in, in place of the one that was not read for the longest time. */
    public synchronized void put(long piece, MemorySegment bytes) {
        if (closed || places == 0) {
            return;
        }
        MemorySegment place = byIndex.get(piece);
        if (place == null) {
            place = place();
            byIndex.put(piece, place);
        }
        MemorySegment.copy(bytes, 0, place, 0, pieceSize);
    }

    /** Forgets a piece. */
    public synchronized void remove(long piece) {
        MemorySegment place = byIndex.remove(piece);
        if (place != null) {
            free.push(place);
        }
    }

    /** Pieces in memory. */
    public synchronized int size() {
        return byIndex.size();
    }

    /** Pieces that fit. */
    public long places() {
        return places;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            byIndex.clear();
            free.clear();
            arena.close();
        }
    }

    private MemorySegment place() {
        MemorySegment reuse = free.poll();
        if (reuse != null) {
            return reuse;
        }
        if (made < places) {
            made++;
            return arena.allocate(pieceSize, 64);
        }
        var oldest = byIndex.entrySet().iterator();
        MemorySegment place = oldest.next().getValue();
        oldest.remove();
        return place;
    }
}
