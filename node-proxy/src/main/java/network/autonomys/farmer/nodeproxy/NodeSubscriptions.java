package network.autonomys.farmer.nodeproxy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.rpc.RpcConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions of one connection, in the order of the reference client: archived segments first, so that none is missed. */
final class NodeSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSubscriptions.class);

    private final RpcConnection connection;
    private final NodeFeed.Connection feed;
    private final Duration timeout;
    private final boolean segments;
    private final List<RpcConnection.Subscription> running = new ArrayList<>();

    NodeSubscriptions(RpcConnection connection, NodeFeed.Connection feed, Duration timeout, boolean segments) {
        this.connection = connection;
        this.feed = feed;
        this.timeout = timeout;
        this.segments = segments;
    }

    void begin() throws IOException, InterruptedException {
        if (segments) {
            subscribe("ArchivedSegmentHeader", feed::archivedSegment);
        }
        subscribe("SlotInfo", feed::slot);
        subscribe("RewardSigning", feed::rewardSigning);
    }

    private void subscribe(String name, Consumer<Json> items) throws IOException, InterruptedException {
        running.add(connection.subscribe(
                "subspace_subscribe" + name, "subspace_unsubscribe" + name, Json.array(), items, timeout));
    }

    /** Ends all and begins them again: a node drops a subscription without a word. */
    void renew() throws IOException, InterruptedException {
        for (RpcConnection.Subscription subscription : running) {
            connection.unsubscribe(subscription, timeout);
            LOG.debug("{} was renewed", subscription.unsubscribe());
        }
        running.clear();
        begin();
    }
}
