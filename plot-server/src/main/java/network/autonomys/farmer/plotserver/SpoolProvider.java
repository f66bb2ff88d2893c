package network.autonomys.farmer.plotserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.storage.spool.Spool;
import network.autonomys.farmer.storage.spool.SpoolEntry;

/** Serves what lies in the spool, and drops what its plot-client has stored. */
final class SpoolProvider implements SectorProvider {
    private final Spool spool;

    SpoolProvider(Spool spool) {
        this.spool = spool;
    }

    @Override
    public long length(InstanceId job, long attempt) {
        return spool.find(job, attempt).map(SpoolEntry::totalBytes).orElse(-1L);
    }

    @Override
    public void read(InstanceId job, long attempt, long offset, ByteBuffer into) throws IOException {
        SpoolEntry entry = spool.find(job, attempt)
                .orElseThrow(() -> new IOException("sector of job " + job + " is not in the spool any more"));
        spool.read(entry, offset, into);
    }

    @Override
    public void stored(InstanceId job, long attempt) throws IOException {
        Optional<SpoolEntry> entry = spool.find(job, attempt);
        if (entry.isPresent()) {
            spool.remove(entry.get());
        }
    }
}
