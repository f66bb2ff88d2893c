package network.autonomys.farmer.core.sector;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Where the bytes of one stored sector come from. */
@FunctionalInterface
public interface SectorSource {
    /**
     * Fills a buffer with the bytes at an offset from the sector's beginning.
     *
     * @throws IOException where they cannot all be read
     */
    void read(long offset, MemorySegment into) throws IOException;
}
