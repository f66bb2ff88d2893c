package network.autonomys.farmer.controller;

import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;

/** What the controller's node reports. Each kind comes in order on a thread of its own. */
interface NodeEvents {
    /** The node is there, and everything is subscribed to. */
    void connected(FarmerAppInfo info);

    /** The node is away; it is looked for without end. */
    void disconnected(String reason);

    /** The node is on another chain than at the start. */
    void otherChain(FarmerAppInfo info);

    void slot(SlotInfo slot);

    void rewardSigning(RewardSigningInfo request);

    void archivedSegment(SegmentHeader header);
}
