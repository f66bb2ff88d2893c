package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.storage.io.DirectFile;

/**
 * Pieces in the part of a plot that has no sectors yet (sectors-farms §11.2): elements as in {@link PieceCacheFile} at their places in plot.bin,
 * filled from the end downwards until they meet the sectors, which simply overwrite them. Thread-safe.
 */
public final class PlotCache {
    private static final long NONE = -1;

    private final DirectFile plot;
    private final IntSupplier plottedSectors;
    private final long sectorBytes;
    private final Map<Long, Long> elements = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long next = NONE;

    /** Looks which pieces are there already. */
    PlotCache(DirectFile plot, SectorLayout layout, int targetSectors, IntSupplier plottedSectors) throws IOException {
        this.plot = plot;
        this.plottedSectors = plottedSectors;
        this.sectorBytes = layout.sectorBytes();
        scan(targetSectors);
    }

    private void scan(int targetSectors) throws IOException {
        long from = sectorBytes * plottedSectors.getAsInt() / CacheElement.BYTES;
        long to = sectorBytes * targetSectors / CacheElement.BYTES;
        for (long i = to - 1; i >= from; i--) {
            MemorySegment element = element(i);
            if (CacheElement.state(element) != CacheElement.State.VALID) {
                next = i;
                return;
            }
            elements.put(CacheElement.pieceIndex(element), i);
        }
    }

    /**
     * Stores a piece of 1 048 672 bytes where there is room.
     *
     * @return whether it was stored
     */
    public boolean store(long pieceIndex, MemorySegment piece) throws IOException {
        lock.lock();
        try {
            if (next < 0 || CacheElement.BYTES * next < plottedBytes()) {
                next = NONE;
                return false;
            }
            plot.write(CacheElement.BYTES * next, CacheElement.of(pieceIndex, piece));
            elements.put(pieceIndex, next);
            next--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Reads a piece; empty where it is not here any more, or damaged. */
    public Optional<byte[]> read(long pieceIndex) throws IOException {
        lock.lock();
        try {
            Long at = elements.get(pieceIndex);
            if (at == null) {
                return Optional.empty();
            }
            if (CacheElement.BYTES * at >= plottedBytes()) {
                MemorySegment element = element(at);
                if (CacheElement.state(element) == CacheElement.State.VALID
                        && CacheElement.pieceIndex(element) == pieceIndex) {
                    return Optional.of(CacheElement.piece(element));
                }
            }
            elements.remove(pieceIndex);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private long plottedBytes() {
        return sectorBytes * plottedSectors.getAsInt();
    }

    private MemorySegment element(long index) throws IOException {
        MemorySegment element = MemorySegment.ofArray(new byte[CacheElement.BYTES]);
        plot.read(CacheElement.BYTES * index, element);
        return element;
    }
}
