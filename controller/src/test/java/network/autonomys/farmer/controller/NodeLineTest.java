package network.autonomys.farmer.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.devnode.DevNode;
import network.autonomys.farmer.nodeproxy.NodeClientSettings;
import network.autonomys.farmer.runtime.http.WebSocketClientSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to real nodes that come and go. */
class NodeLineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final NodeClientSettings SETTINGS = new NodeClientSettings(
            WebSocketClientSettings.node(),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            true);

    private final Log log = new Log();

    @Test
    void nodeThatGoesAwayIsAStateAndIsFoundAgain(@TempDir Path folder) throws Exception {
        int port;
        try (DevNode node = TestChain.start(folder, 0)) {
            port = node.address().getPort();
            URI nobody = TestChain.url("ws", freePort());
            try (NodeLine line = new NodeLine(
                    List.of(nobody, TestChain.url("ws", port)), SETTINGS, Duration.ofMillis(300), new Random(1))) {
                line.start(log);
                await().atMost(PATIENCE).until(() -> log.slots.size() >= 3);
                assertThat(line.isConnected()).isTrue();
                assertThat(line.url().getPort()).isEqualTo(port);
                assertThat(line.appInfo().protocolInfo().maxPiecesInSector()).isEqualTo(2);
                assertThat(line.headers(List.of(0L, 9L)))
                        .satisfiesExactly(
                                zero -> assertThat(zero).isPresent(),
                                none -> assertThat(none).isEmpty());
                assertThat(line.submit(solution(1_000_000))).isEqualTo(NodePort.Verdict.IGNORED);
            }
        }
        log.slots.clear();
        log.connections.clear();
        try (NodeLine line =
                new NodeLine(List.of(TestChain.url("ws", port)), SETTINGS, Duration.ofMillis(300), new Random(2))) {
            line.start(log);
            // Nobody is there: asked at once refused, for as long as it takes, and no end of anything.
            await().during(Duration.ofMillis(500)).until(() -> !line.isConnected());
            assertThatThrownBy(() -> line.submit(solution(1))).isInstanceOf(NodeRefusal.class);
            try (DevNode again = TestChain.start(folder, port)) {
                await().atMost(PATIENCE).until(() -> log.slots.size() >= 3);
                assertThat(again.address().getPort()).isEqualTo(port);
            }
            await().atMost(PATIENCE).until(() -> !line.isConnected());
            assertThat(log.reasons).isNotEmpty();
            assertThatThrownBy(() -> line.acknowledge(0)).isInstanceOf(NodeRefusal.class);
            log.slots.clear();
            try (DevNode third = TestChain.start(folder, port)) {
                await().atMost(PATIENCE).until(() -> log.slots.size() >= 3);
                assertThat(log.connections)
                        .hasSize(2)
                        .allMatch(third.chain().spec().genesis().hash()::equals);
            }
        }
        assertThat(log.otherChains).isEmpty();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static SolutionResponse solution(long slot) {
        return new SolutionResponse(slot, Solution.genesis(Bytes.zeros(32), Bytes.zeros(32)));
    }

    private static final class Log implements NodeEvents {
        final List<Bytes> connections = new CopyOnWriteArrayList<>();
        final List<String> reasons = new CopyOnWriteArrayList<>();
        final List<Bytes> otherChains = new CopyOnWriteArrayList<>();
        final List<SlotInfo> slots = new CopyOnWriteArrayList<>();

        @Override
        public void connected(FarmerAppInfo info) {
            connections.add(info.genesisHash());
        }

        @Override
        public void disconnected(String reason) {
            reasons.add(reason);
        }

        @Override
        public void otherChain(FarmerAppInfo info) {
            otherChains.add(info.genesisHash());
        }

        @Override
        public void slot(SlotInfo slot) {
            slots.add(slot);
        }

        @Override
        public void rewardSigning(RewardSigningInfo request) {}

        @Override
        public void archivedSegment(SegmentHeader header) {}
    }
}
