package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.storage.io.DirectFile;
import network.autonomys.farmer.storage.io.ReadMethod;
import network.autonomys.farmer.storage.io.ScatteredReads;

/** Reads a farm's plot through a handle of its own, so that readers do not wait for each other. */
public final class PlotReader implements AutoCloseable {
    private final DirectFile file;
    private final long sectorBytes;

    PlotReader(DirectFile file, SectorLayout layout) {
        this.file = file;
        this.sectorBytes = layout.sectorBytes();
    }

    /** Fills a buffer with bytes of a sector. */
    public void read(int sectorIndex, long offset, MemorySegment into) throws IOException {
        check(offset, into.byteSize());
        file.read(sectorBytes * sectorIndex + offset, into);
    }

    /** One sector's bytes, read by one thread. */
    public SectorSource sector(int sectorIndex) {
        return (offset, into) -> read(sectorIndex, offset, into);
    }

    /**
     * One sector's bytes; the chunks of a record are read by many reads at once, because there are 32 768 of them, each on a page of its own.
     *
     * @param executor whose threads read; the caller keeps it
     * @param threads how many of them at most, at least 1
     */
    public SectorSource sector(int sectorIndex, ReadMethod method, ExecutorService executor, int threads) {
        ScatteredReads scattered = new ScatteredReads(file, method, executor, threads);
        return new SectorSource() {
            @Override
            public void read(long offset, MemorySegment into) throws IOException {
                PlotReader.this.read(sectorIndex, offset, into);
            }

            @Override
            public void readChunks(long[] offsets, MemorySegment into) throws IOException {
                try (ChunkReads reads = beginChunks(offsets)) {
                    reads.await(into);
                }
            }

            @Override
            public ChunkReads beginChunks(long[] offsets) throws IOException {
                for (long offset : offsets) {
                    check(offset, SectorLayout.CHUNK);
                }
                ScatteredReads.Reading reading =
                        scattered.begin(sectorBytes * sectorIndex, offsets, SectorLayout.CHUNK);
                return new ChunkReads() {
                    @Override
                    public void await(MemorySegment into) throws IOException {
                        reading.await(into);
                    }

                    @Override
                    public void close() {
                        reading.close();
                    }
                };
            }
        };
    }

    private void check(long offset, long length) {
        if (offset < 0 || offset + length > sectorBytes) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " to " + (offset + length) + " of a sector of " + sectorBytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
