package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.storage.io.DirectFile;

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
        if (offset < 0 || offset + into.byteSize() > sectorBytes) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " to " + (offset + into.byteSize()) + " of a sector of " + sectorBytes);
        }
        file.read(sectorBytes * sectorIndex + offset, into);
    }

    /** One sector's bytes. */
    public SectorSource sector(int sectorIndex) {
        return (offset, into) -> read(sectorIndex, offset, into);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
