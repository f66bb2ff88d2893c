package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.storage.farm.SectorWriter;

/** Where the bytes of a sector go while they arrive. Closing it without a commit leaves no sector and nothing else. */
interface SectorPlace extends AutoCloseable {
    /** Takes the next bytes of the sector, which are valid during the call only. */
    void append(MemorySegment bytes) throws IOException;

    /** Makes the sector durable at its place in the plot, then its metadata: from here on it counts. */
    void commit(SectorMetadata metadata) throws IOException;

    @Override
    void close() throws IOException;

    /** The sector's place in the plot itself. */
    static SectorPlace plot(SectorWriter writer) {
        return new SectorPlace() {
            @Override
            public void append(MemorySegment bytes) throws IOException {
                writer.append(bytes);
            }

            @Override
            public void commit(SectorMetadata metadata) throws IOException {
                writer.commit(metadata);
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
