package network.autonomys.farmer.controller;

import java.time.Duration;
import network.autonomys.farmer.core.types.SegmentHeader;

/** What happens to new segments; counted, and told to the operators. */
interface IntakeEvents {
    /** A header that continues the chain. */
    void appended(SegmentHeader header);

    /** The node's header contradicts the chain of the cluster: the node follows another fork. */
    void fork(SegmentHeader header);

    /** Headers between the cluster's last and this one could not be had. */
    void gap(SegmentHeader header, long known);

    /** The node was told; all pieces were safe by the policy. */
    void acknowledged(long segment, Duration after);

    /** The node was told because the time was over: so many of the 256 pieces have no durable copy in the caches. */
    void acknowledgedUnsafe(long segment, int uncovered, Duration after);

    /** The node gave a piece that does not belong to its own header. */
    void wrongPiece(long piece);
}
