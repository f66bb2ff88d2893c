package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import network.autonomys.farmer.protocol.InstanceId;

/** Where a {@link BulkServer} has its encoded sectors from. Called on virtual threads; may block on a disk. */
public interface SectorProvider {
    /** Provides nothing. */
    SectorProvider NONE = new SectorProvider() {
        @Override
        public long length(InstanceId job, long attempt) {
            return -1;
        }

        @Override
        public void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException {
            throw new IOException("no sectors here");
        }

        @Override
        public void stored(InstanceId job, long attempt) {}
    };

    /** Bytes of sector and metadata of a job's attempt; -1 where it is not here. */
    long length(InstanceId job, long attempt);

    /** Fills a buffer with bytes of it. */
    void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException;

    /** The client has it safe on disk. Saying so of what is not here any more does no harm. */
    void stored(InstanceId job, long attempt) throws IOException;
}
