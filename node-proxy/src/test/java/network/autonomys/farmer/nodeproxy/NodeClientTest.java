package network.autonomys.farmer.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.nodeproxy.rpc.NotConnectedException;
import network.autonomys.farmer.nodeproxy.rpc.RpcErrorException;
import network.autonomys.farmer.runtime.http.WebSocketClientSettings;
import org.junit.jupiter.api.Test;

class NodeClientTest {
    private static final List<String> START = List.of(
            "subspace_getFarmerAppInfo",
            "subspace_subscribeArchivedSegmentHeader",
            "subspace_subscribeSlotInfo",
            "subspace_subscribeRewardSigning",
            "subspace_getFarmerAppInfo");

    private static NodeClientSettings settings(Duration silence, Duration call) {
        return new NodeClientSettings(
                new WebSocketClientSettings(
                        8_000_000, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)),
                call,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                silence,
                true);
    }

    private static NodeClient client(ScriptedNode node, NodeListener listener) {
        NodeClient client = new NodeClient(
                node.url(), settings(Duration.ofSeconds(30), Duration.ofSeconds(5)), listener, new Random(1));
        client.start();
        return client;
    }

    private static String appInfo(int chain) {
        return "{\"genesisHash\":\"" + Bytes.zeros(31).hex() + "0" + chain
                + "\",\"dsnBootstrapNodes\":[],\"syncing\":false,\"farmingTimeout\":{\"secs\":0,\"nanos\":4000},"
                + "\"protocolInfo\":{\"historySize\":3,\"maxPiecesInSector\":1000,\"recentSegments\":5,"
                + "\"recentHistoryFraction\":[1,10],\"minSectorLifetime\":4}}";
    }

    /** Answers the start; subscription ids are texts and numbers. */
    private static String start(String method, AtomicInteger chain) {
        return switch (method) {
            case "subspace_getFarmerAppInfo" -> appInfo(chain.get());
            case "subspace_subscribeArchivedSegmentHeader" -> "\"Zk8aZk8aZk8aZk8a\"";
            case "subspace_subscribeSlotInfo" -> "109011291777001";
            case "subspace_subscribeRewardSigning" -> "\"Lm3\"";
            default -> method.contains("unsubscribe") ? "true" : "";
        };
    }

    private static String slot(long number) {
        return NodeTypes.json(new SlotInfo(number, Bytes.zeros(32), -1, -2)).toText();
    }

    private static void sendSlot(ScriptedNode node, long number) {
        node.notification("subspace_slot_info", "109011291777001", slot(number));
    }

    private static String header(long segment) {
        return "{\"v0\":{\"segmentIndex\":" + segment + ",\"segmentCommitment\":\"" + "a2".repeat(48)
                + "\",\"prevSegmentHeaderHash\":\"" + "00".repeat(32)
                + "\",\"lastArchivedBlock\":{\"number\":77,\"archivedProgress\":\"complete\"}}}";
    }

    @Test
    void itemsArriveOnceInOrderAndNonsenseIsPassedOver() throws Exception {
        AtomicInteger chain = new AtomicInteger(1);
        Recorder seen = new Recorder();
        try (ScriptedNode node = new ScriptedNode((method, params) -> start(method, chain));
                NodeClient client = client(node, seen)) {
            await().until(() -> seen.states.equals(List.of("connected")));
            assertThat(node.methods).isEqualTo(START);
            assertThat(client.isConnected()).isTrue();
            for (long number : new long[] {5, 5, 4, 6, -1}) {
                sendSlot(node, number);
                long last = number;
                if (number != 4) {
                    await().until(() ->
                            !seen.slots.isEmpty() && seen.slots.getLast().slotNumber() == last);
                }
            }
            node.notification("subspace_slot_info", "109011291777001", "{\"slotNumber\":-1}");
            node.notification("subspace_slot_info", "\"stranger\"", slot(9));
            node.text("nonsense");
            node.text("[]");
            node.text("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
            node.notification("subspace_archived_segment_header", "\"Zk8aZk8aZk8aZk8a\"", header(4));
            node.notification("subspace_archived_segment_header", "\"Zk8aZk8aZk8aZk8a\"", header(4));
            node.notification("subspace_archived_segment_header", "\"Zk8aZk8aZk8aZk8a\"", header(5));
            String request = "{\"hash\":\"" + "11".repeat(32) + "\",\"publicKey\":\"" + "22".repeat(32) + "\"}";
            node.notification("subspace_reward_signing", "\"Lm3\"", request);
            node.notification("subspace_reward_signing", "\"Lm3\"", request);
            await().until(() -> seen.segments.size() == 2 && seen.signing.size() == 2);
            assertThat(seen.slots.stream().map(SlotInfo::slotNumber)).containsExactly(5L, 6L, -1L);
            assertThat(seen.segments.get(1).segmentIndex()).isEqualTo(5);
        }
    }

    @Test
    void comesBackAfterEveryEndAndSlotsMayGoBack() throws Exception {
        AtomicInteger chain = new AtomicInteger(1);
        Recorder seen = new Recorder();
        int port;
        try (ScriptedNode node = new ScriptedNode((method, params) -> start(method, chain))) {
            port = node.port();
            try (NodeClient client = client(node, seen)) {
                await().until(() -> seen.states.size() == 1);
                sendSlot(node, 100);
                await().until(() -> seen.slots.size() == 1);
                node.drop();
                await().until(() -> seen.states.equals(List.of("connected", "disconnected", "connected")));
                assertThat(node.methods).hasSize(10);
                sendSlot(node, 50);
                await().until(() -> seen.slots.size() == 2);
                node.shutDown();
                await().until(() -> seen.states.size() == 4);
                assertThatThrownBy(() -> client.calls().farmerAppInfo()).isInstanceOf(NotConnectedException.class);
                try (ScriptedNode again = new ScriptedNode((method, params) -> start(method, chain), port)) {
                    await().until(() -> seen.states.size() == 5 && client.isConnected());
                    assertThat(client.calls().farmerAppInfo().protocolInfo().historySize())
                            .isEqualTo(3);
                    // Another chain behind the same address ends it for good.
                    chain.set(2);
                    again.drop();
                    await().until(() -> seen.states.getLast().equals("other chain"));
                    assertThat(client.isConnected()).isFalse();
                }
            }
        }
    }

    @Test
    void aSilentSubscriptionIsRenewedThenTheConnection() throws Exception {
        AtomicInteger chain = new AtomicInteger(1);
        Recorder seen = new Recorder();
        try (ScriptedNode node = new ScriptedNode((method, params) -> start(method, chain));
                NodeClient client = new NodeClient(
                        node.url(), settings(Duration.ofMillis(150), Duration.ofSeconds(5)), seen, new Random(1))) {
            client.start();
            await().until(() -> node.methods.stream()
                            .filter(m -> m.equals("subspace_unsubscribeSlotInfo"))
                            .count()
                    == 1);
            await().until(() -> seen.states.contains("disconnected"));
            await().until(() -> seen.states.getLast().equals("connected"));
            List<String> afterStart = node.methods.subList(START.size(), START.size() + 7);
            assertThat(afterStart)
                    .containsExactly(
                            "subspace_getFarmerAppInfo",
                            "subspace_unsubscribeArchivedSegmentHeader",
                            "subspace_unsubscribeSlotInfo",
                            "subspace_unsubscribeRewardSigning",
                            "subspace_subscribeArchivedSegmentHeader",
                            "subspace_subscribeSlotInfo",
                            "subspace_subscribeRewardSigning");
        }
    }

    @Test
    void callsHaveTheirTypesErrorsAndDeadlines() throws Exception {
        AtomicInteger chain = new AtomicInteger(1);
        AtomicReference<String> answer = new AtomicReference<>("null");
        Recorder seen = new Recorder();
        try (ScriptedNode node = new ScriptedNode(
                        (method, params) -> START.contains(method) ? start(method, chain) : answer.get());
                NodeClient client = new NodeClient(
                        node.url(), settings(Duration.ofSeconds(30), Duration.ofMillis(500)), seen, new Random(1))) {
            client.start();
            await().until(() -> seen.states.size() == 1);
            NodeCalls calls = client.calls();
            Bytes zero = Bytes.zeros(32);
            SolutionResponse solution = new SolutionResponse(7, Solution.genesis(zero, zero));
            assertThat(calls.submitSolution(solution)).isTrue();
            answer.set("{\"code\":9001,\"message\":\"Solution was ignored\"}");
            assertThat(calls.submitSolution(solution)).isFalse();
            answer.set("{\"code\":-32601,\"message\":\"RPC call is unsafe to be called externally\"}");
            assertThatThrownBy(() -> calls.submitSolution(solution))
                    .isInstanceOfSatisfying(
                            RpcErrorException.class, e -> assertThat(e.code()).isEqualTo(-32_601))
                    .hasMessageContaining("unsafe");
            answer.set("[" + header(0) + ",null]");
            assertThat(calls.segmentHeaders(List.of(0L, 1L))).hasSize(2).last().isEqualTo(Optional.empty());
            assertThatThrownBy(() -> calls.segmentHeaders(List.of(1L, 0L))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> calls.segmentHeaders(List.of(0L))).isInstanceOf(IOException.class);
            assertThat(calls.lastSegmentHeaders(2)).hasSize(1);
            answer.set("null");
            byte[] piece = new byte[Constants.PIECE_SIZE];
            assertThat(calls.piece(289, MemorySegment.ofArray(piece))).isFalse();
            answer.set("\"" + "7f".repeat(Constants.PIECE_SIZE) + "\"");
            assertThat(calls.piece(289, MemorySegment.ofArray(piece))).isTrue();
            assertThat(piece).containsOnly(0x7f);
            answer.set("\"7f\"");
            assertThatThrownBy(() -> calls.piece(289, MemorySegment.ofArray(piece)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("invalid length");
            answer.set("");
            long before = System.nanoTime();
            assertThatThrownBy(() -> calls.acknowledge(3))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer within 500 ms");
            assertThat(System.nanoTime() - before).isGreaterThan(400_000_000L);
            assertThatThrownBy(() -> calls.submitRewardSignature(new RewardSignatureResponse(zero, Optional.empty())))
                    .isInstanceOf(IOException.class);
            assertThat(node.received.getLast())
                    .endsWith("\"method\":\"subspace_submitRewardSignature\",\"params\":[{\"hash\":\"" + zero.hex()
                            + "\",\"signature\":null}]}");
            // The connection is not blamed for one lost answer.
            answer.set("{\"peers\":8,\"isSyncing\":false,\"shouldHavePeers\":true}");
            assertThatThrownBy(() -> client.chain().health()).isInstanceOf(IOException.class);
            assertThat(seen.states).containsExactly("connected");
        }
    }

    @Test
    void blockHashesComeInOrder() throws Exception {
        AtomicInteger chain = new AtomicInteger(1);
        try (ScriptedNode node = new ScriptedNode((method, params) ->
                        method.equals("chain_getBlockHash") ? hashes(params) : start(method, chain));
                NodeClient client = client(node, new Recorder())) {
            await().until(client::isConnected);
            List<Optional<Bytes>> hashes = client.chain().blockHashes(List.of(0L, 1L, 2L));
            assertThat(hashes.get(0)).isEmpty();
            assertThat(hashes.get(2)).contains(Bytes.fromHex("02".repeat(32)));
        }
    }

    private static String hashes(Json params) {
        List<Json> numbers = network.autonomys.farmer.nodeproxy.json.Fields.items(
                network.autonomys.farmer.nodeproxy.json.Fields.items(params).getFirst());
        return new Json.Arr(numbers.stream()
                        .map(number -> number.toText().equals("0")
                                ? (Json) Json.Null.NULL
                                : Json.string("0x" + ("0" + number.toText()).repeat(32)))
                        .toList())
                .toText();
    }
}
