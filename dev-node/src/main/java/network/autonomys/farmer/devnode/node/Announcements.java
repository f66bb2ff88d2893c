package network.autonomys.farmer.devnode.node;

import java.util.List;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.devnode.rpc.Topic;
import network.autonomys.farmer.nodeproxy.json.BlockJson;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;

/** What the node tells those who subscribed. */
public final class Announcements {
    private final Topic slots = new Topic();
    private final Topic signing = new Topic();
    private final Topic segments;
    private final Topic heads = new Topic();
    private final Topic objects = new Topic();
    private final Acknowledgements acknowledgements;
    private final SolutionQueues queues;
    private final boolean allowUnsafe;
    private final Faults faults;

    /** @param allowUnsafe whether subscribers may answer */
    public Announcements(Acknowledgements acknowledgements, SolutionQueues queues, boolean allowUnsafe, Faults faults) {
        this.acknowledgements = acknowledgements;
        this.queues = queues;
        this.allowUnsafe = allowUnsafe;
        this.faults = faults;
        this.segments = new Topic(acknowledgements::gone);
    }

    public Topic slots() {
        return slots;
    }

    public Topic signing() {
        return signing;
    }

    public Topic segments() {
        return segments;
    }

    public Topic heads() {
        return heads;
    }

    /** Object mappings, of which this node has none. */
    public Topic objects() {
        return objects;
    }

    /** Announces a slot, and takes solutions for it if somebody may answer. */
    public void slot(SlotInfo slot) {
        if (faults.isSyncing() || faults.takeSkip()) {
            return;
        }
        if (allowUnsafe && !slots.subscribers().isEmpty()) {
            queues.open(slot.slotNumber());
        }
        publish(slots, NodeTypes.json(slot));
        if (faults.takeDuplicate()) {
            publish(slots, NodeTypes.json(slot));
        }
    }

    /** Asks for a signature. */
    public void signing(RewardSigningInfo info) {
        publish(signing, NodeTypes.json(info));
    }

    /** Announces a new best block. */
    public void head(BlockHeader header) {
        publish(heads, BlockJson.json(header));
    }

    /** Announces a segment and waits for its acknowledgements. */
    public void segment(SegmentHeader header) throws InterruptedException {
        List<Topic.Subscriber> subscribers = segments.subscribers();
        if (allowUnsafe && !faults.neverWaitsForAck()) {
            acknowledgements.expect(header.segmentIndex(), subscribers);
        }
        publish(segments, NodeTypes.json(header));
        if (allowUnsafe && !faults.neverWaitsForAck()) {
            acknowledgements.await();
        }
    }

    private void publish(Topic topic, Json item) {
        long delay = faults.delayMillis();
        if (delay > 0) {
            Thread.ofVirtual().start(() -> later(topic, item, delay));
        } else {
            topic.publish(item);
        }
    }

    private static void later(Topic topic, Json item, long delay) {
        try {
            Thread.sleep(delay);
            topic.publish(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
