package network.autonomys.farmer.nodeproxy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;

/** Keeps what a client reports. */
final class Recorder implements NodeListener {
    final List<String> states = new CopyOnWriteArrayList<>();
    final List<SlotInfo> slots = new CopyOnWriteArrayList<>();
    final List<RewardSigningInfo> signing = new CopyOnWriteArrayList<>();
    final List<SegmentHeader> segments = new CopyOnWriteArrayList<>();

    @Override
    public void connected(FarmerAppInfo info) {
        states.add("connected");
    }

    @Override
    public void disconnected(String reason) {
        states.add("disconnected");
    }

    @Override
    public void otherChain(FarmerAppInfo info) {
        states.add("other chain");
    }

    @Override
    public void slot(SlotInfo slot, long receivedAt) {
        slots.add(slot);
    }

    @Override
    public void rewardSigning(RewardSigningInfo request, long receivedAt) {
        signing.add(request);
    }

    @Override
    public void archivedSegment(SegmentHeader header) {
        segments.add(header);
    }
}
