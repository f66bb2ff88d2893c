package network.autonomys.farmer.plotclient;

import java.time.Duration;
import network.autonomys.farmer.protocol.ReasonCode;

/** What farming counts. Names of the series are given by the implementation and listed in docs/operations.md. */
interface FarmingMetrics {
    /** A farm has audited a slot. */
    void audited(Duration took);

    /** A farm has left a slot out because it was still busy with an earlier one. */
    void skipped();

    /** A prover has delivered. */
    void proven(boolean local, Duration took);

    /** A solution was submitted, this long after its slot arrived. */
    void submitted(boolean block, Duration afterSlot);

    /** A signature was given, this long after the request arrived. */
    void signed(Duration took);

    /** A reward was missed; counted once with its reason. */
    void missed(ReasonCode reason);
}
