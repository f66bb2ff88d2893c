package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.util.List;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SlotInfo;

/** A farm as the farming loop sees it. */
interface AuditedFarm {
    /** Name for logs: the farm's folder. */
    String name();

    /** The farm's key, 32 bytes. */
    Bytes publicKey();

    /**
     * Audits every sector that is not being written.
     *
     * @return chunks within the voting range, smallest distance first
     * @throws IOException where the plot cannot be read
     */
    List<Candidate> audit(SlotInfo slot) throws IOException;
}
