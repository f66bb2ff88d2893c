package network.autonomys.farmer.nodeproxy;

import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;

/**
 * What a {@link NodeClient} reports. Each kind comes in order on a thread of its own and may block; only slots are skipped where the listener
 * is slow: the newest wins.
 */
public interface NodeListener {
    /** A connection stands and all subscriptions run. Headers that were archived while there was none must be fetched now. */
    default void connected(FarmerAppInfo info) {}

    /** The connection has ended or could not be made; the client tries again. Told once until it is connected again. */
    default void disconnected(String reason) {}

    /** The node is on another chain than before; the client has stopped. Nothing but a restart helps. */
    default void otherChain(FarmerAppInfo info) {}

    /**
     * A slot, with a greater number than the one before on the same connection.
     *
     * @param receivedAt {@link System#nanoTime()} when it came in
     */
    default void slot(SlotInfo slot, long receivedAt) {}

    /**
     * The node asks for a signature, which is due 500 ms after it asked.
     *
     * @param receivedAt {@link System#nanoTime()} when it came in
     */
    default void rewardSigning(RewardSigningInfo request, long receivedAt) {}

    /** The node archived a segment and waits for {@link NodeCalls#acknowledge}, at most 2 minutes. Told once per segment, in order. */
    default void archivedSegment(SegmentHeader header) {}
}
