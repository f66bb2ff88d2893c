package network.autonomys.farmer.nodeproxy;

import java.util.function.Consumer;
import java.util.function.Function;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what subscriptions bring off the network thread: decodes it, drops repetitions and passes it to the listener. */
final class NodeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFeed.class);
    /** Requests that wait for a signature have half a second; more than these cannot be answered in time anyway. */
    private static final int SIGNING_QUEUE = 16;

    private static final int SEGMENT_QUEUE = 64;
    private static final int STATE_QUEUE = 64;

    private final NodeListener listener;
    private final Mailbox slots = new Mailbox("node-slots", 1);
    private final Mailbox signing = new Mailbox("node-signing", SIGNING_QUEUE);
    private final Mailbox segments = new Mailbox("node-segments", SEGMENT_QUEUE);
    private final Mailbox states = new Mailbox("node-state", STATE_QUEUE);
    private volatile long lastSlotAt = System.nanoTime();
    /** Highest segment passed on; kept over connections, because a chain does not go back behind a segment. */
    private long lastSegment = -1;

    NodeFeed(NodeListener listener) {
        this.listener = listener;
    }

    void connected(FarmerAppInfo info) {
        states.put(() -> listener.connected(info));
    }

    void disconnected(String reason) {
        states.put(() -> listener.disconnected(reason));
    }

    void otherChain(FarmerAppInfo info) {
        states.put(() -> listener.otherChain(info));
    }

    /** When the last slot came in. */
    long lastSlotAt() {
        return lastSlotAt;
    }

    /** The receiver of a new connection's items: slots may start from a smaller number than before. */
    Connection newConnection() {
        return new Connection();
    }

    /** Items of one connection, from its network thread. */
    final class Connection {
        private boolean anySlot;
        private long lastSlot;

        void slot(Json item) {
            long now = System.nanoTime();
            decoded(item, NodeTypes::slotInfo, slot -> {
                if (anySlot && Long.compareUnsigned(slot.slotNumber(), lastSlot) <= 0) {
                    LOG.debug("Slot {} comes after {}", slot.slotNumber(), lastSlot);
                    return;
                }
                anySlot = true;
                lastSlot = slot.slotNumber();
                lastSlotAt = now;
                pass(slot, now);
            });
        }

        private void pass(SlotInfo slot, long now) {
            slots.put(() -> listener.slot(slot, now));
        }

        void rewardSigning(Json item) {
            long now = System.nanoTime();
            decoded(item, NodeTypes::rewardSigningInfo, request -> pass(request, now));
        }

        private void pass(RewardSigningInfo request, long now) {
            signing.put(() -> listener.rewardSigning(request, now));
        }

        void archivedSegment(Json item) {
            decoded(item, NodeTypes::segmentHeader, this::pass);
        }

        private void pass(SegmentHeader header) {
            synchronized (NodeFeed.this) {
                if (lastSegment != -1 && Long.compareUnsigned(header.segmentIndex(), lastSegment) <= 0) {
                    LOG.debug("Segment {} comes after {}", header.segmentIndex(), lastSegment);
                    return;
                }
                lastSegment = header.segmentIndex();
            }
            segments.put(() -> listener.archivedSegment(header));
        }
    }

    private static <T> void decoded(Json item, Function<Json, T> type, Consumer<T> receiver) {
        try {
            receiver.accept(type.apply(item));
        } catch (JsonException e) {
            LOG.warn("The node sent an item that makes no sense: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        slots.close();
        signing.close();
        segments.close();
        states.close();
    }
}
