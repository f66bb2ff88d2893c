package network.autonomys.farmer.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonReader;
import network.autonomys.farmer.nodeproxy.json.NodeTypes;
import network.autonomys.farmer.testkit.Vectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The node's side of the recorded conversations, played to our client: what it sends must be what the reference farmer sent. */
class TranscriptTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Headers of the recordings' history (vectors README). */
    private static final List<String> HEADERS = List.of(
            "000000000000000000af68157a48d21cfed3d19138df4402b693efbe68bc725eaf0c28e2a706392f8a75962c08c875b4f9c971fca7f601d957"
                    + "00000000000000000000000000000000000000000000000000000000000000000000000001faffbf07",
            "000100000000000000a3e2052d4edbd2b66c9527f1850b1b66d8229e4fc8b51e9961578cddb72eb6f110284d38864d11867aff945ea7468c97"
                    + "55bf09f0b41e6f54bbe6d7f0d260bfa4f20c03e9b786c1070d7ed9bd2e97251f0400000001c060d901");

    /** One recorded request with its answer; large texts by their digest. */
    private record Exchange(
            String method, String params, String requestText, JsonNode requestLine, JsonNode answerLine) {}

    /** One recorded item of a subscription. */
    private record Item(String method, String subscription, String result) {}

    private record Recording(List<Exchange> exchanges, List<Item> items) {}

    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    private static Recording read(String name) throws Exception {
        Path file = Vectors.own().resolve("transcripts").resolve(name);
        Map<String, JsonNode> requests = new HashMap<>();
        List<Exchange> exchanges = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode frame = MAPPER.readTree(line);
            String text = frame.path("text").asText(frame.path("head").asText(""));
            if (text.isEmpty()) {
                continue;
            }
            String id = text.replaceFirst("^\\{\"jsonrpc\":\"2.0\",\"id\":(\\d+),.*", "$1");
            if (frame.get("dir").asText().equals("c2s")) {
                requests.put(id, frame);
            } else if (text.contains("\"method\":")) {
                Json.Obj message = (Json.Obj) JsonReader.parse(text.getBytes(StandardCharsets.UTF_8));
                Json.Obj params = (Json.Obj) message.find("params").orElseThrow();
                items.add(new Item(
                        Fields.text(message.find("method").orElseThrow()),
                        params.find("subscription").orElseThrow().toText(),
                        params.find("result").orElseThrow().toText()));
            } else {
                JsonNode request = Optional.ofNullable(requests.get(id)).orElseThrow();
                String requestText =
                        request.path("text").asText(request.path("head").asText(""));
                String method = requestText.replaceFirst(".*\"method\":\"(\\w+)\".*", "$1");
                int at = requestText.indexOf("\"params\":");
                String params = at < 0 ? "" : requestText.substring(at + 9, requestText.length() - 1);
                exchanges.add(new Exchange(method, params, requestText, request, frame));
            }
        }
        return new Recording(exchanges, items);
    }

    /** The text of a result; a long one is made again and held against its digest. */
    private static String result(Exchange exchange) {
        JsonNode line = exchange.answerLine();
        String text = line.path("text").asText("");
        if (!text.isEmpty()) {
            Json.Obj answer = (Json.Obj) JsonReader.parse(text.getBytes(StandardCharsets.UTF_8));
            return answer.find("result").orElseThrow().toText();
        }
        String head = line.get("head").asText();
        if (exchange.method().equals("subspace_piece")) {
            String known = head.substring(head.indexOf("\"result\":\"") + 10);
            return '"' + known + "0".repeat(2 * Constants.PIECE_SIZE - known.length()) + '"';
        }
        List<Optional<SegmentHeader>> headers = new ArrayList<>();
        for (long index : indexes(exchange)) {
            headers.add(
                    index < 2
                            ? Optional.of(ScaleReader.decode(
                                    HexFormat.of().parseHex(HEADERS.get((int) index)), SegmentHeader::read))
                            : Optional.empty());
        }
        String made = NodeTypes.segmentHeaders(headers).toText();
        String id = head.replaceFirst("^\\{\"jsonrpc\":\"2.0\",\"id\":(\\d+),.*", "$1");
        assertDigest(line, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + made + "}");
        return made;
    }

    private static void assertDigest(JsonNode line, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(utf8).hasSize(line.get("len").asInt());
        assertThat(HexFormat.of().formatHex(Blake3.hash(utf8)))
                .isEqualTo(line.get("blake3").asText());
    }

    /** A recorded list of indexes begins where the reference's cache ended, and has a thousand entries. */
    private static long[] indexes(Exchange exchange) {
        long from = Long.parseLong(exchange.params().replaceFirst("^\\[\\[(\\d+),.*", "$1"));
        return LongStream.range(from, from + 1000).toArray();
    }

    @Test
    void aFarmersConversation() throws Exception {
        replay(read("rpc-single-farm.jsonl"));
    }

    @Test
    void aControllersConversation() throws Exception {
        replay(read("rpc-cluster-controller.jsonl"));
    }

    private static void replay(Recording recording) throws Exception {
        Map<String, ConcurrentLinkedQueue<Exchange>> script = new ConcurrentHashMap<>();
        for (Exchange exchange : recording.exchanges()) {
            script.computeIfAbsent(exchange.method(), m -> new ConcurrentLinkedQueue<>())
                    .add(exchange);
        }
        Recorder seen = new Recorder();
        NodeClientSettings settings = NodeClientSettings.standard();
        try (ScriptedNode node = new ScriptedNode((method, params) -> {
                    ConcurrentLinkedQueue<Exchange> left = script.getOrDefault(method, new ConcurrentLinkedQueue<>());
                    // The last answer serves for calls that the reference did not make.
                    Exchange next = left.size() > 1 ? left.remove() : left.peek();
                    return next == null ? "" : result(next);
                });
                NodeClient client = new NodeClient(node.url(), settings, seen, new Random(1))) {
            client.start();
            await().until(() -> seen.states.equals(List.of("connected")));
            int opening = node.received.size();
            String segments = result(recording.exchanges().stream()
                    .filter(exchange -> exchange.method().equals("subspace_subscribeArchivedSegmentHeader"))
                    .findFirst()
                    .orElseThrow());
            assertThat(node.received.getFirst())
                    .isEqualTo(recording.exchanges().getFirst().requestText());
            for (Item item : recording.items()) {
                play(item, node, seen, segments);
            }
            for (Exchange exchange : recording.exchanges()) {
                call(exchange, client, node);
            }
            assertThat(seen.segments).hasSize(1);
            assertThat(node.received.size()).isGreaterThan(opening + 10);
        }
    }

    /** The item reaches the listener as it was sent; the second subscription to segments is another part of the reference, which we have not. */
    private static void play(Item item, ScriptedNode node, Recorder seen, String segments) {
        node.notification(item.method(), item.subscription(), item.result());
        switch (item.method()) {
            case "subspace_slot_info" ->
                await().until(() -> !seen.slots.isEmpty()
                        && NodeTypes.json(seen.slots.getLast()).toText().equals(item.result()));
            case "subspace_reward_signing" ->
                await().until(() -> !seen.signing.isEmpty()
                        && NodeTypes.json(seen.signing.getLast()).toText().equals(item.result()));
            default ->
                await().until(() -> !item.subscription().equals(segments)
                        || (!seen.segments.isEmpty()
                                && NodeTypes.json(seen.segments.getLast())
                                        .toText()
                                        .equals(item.result())));
        }
    }

    /** Makes our client do what the recorded call does, and compares the texts; ids are ours. */
    private static void call(Exchange exchange, NodeClient client, ScriptedNode node) throws Exception {
        NodeCalls calls = client.calls();
        switch (exchange.method()) {
            case "subspace_getFarmerAppInfo" ->
                assertThat(NodeTypes.json(calls.farmerAppInfo()).toText()).isEqualTo(result(exchange));
            case "subspace_segmentHeaders" -> {
                List<Long> indexes = LongStream.of(indexes(exchange)).boxed().toList();
                assertThat(NodeTypes.segmentHeaders(calls.segmentHeaders(indexes))
                                .toText())
                        .isEqualTo(result(exchange));
            }
            case "subspace_piece" -> {
                byte[] piece = new byte[Constants.PIECE_SIZE];
                long index = Long.parseLong(exchange.params().replaceAll("\\D", ""));
                assertThat(calls.piece(index, MemorySegment.ofArray(piece)))
                        .isEqualTo(!result(exchange).equals("null"));
            }
            case "subspace_submitSolutionResponse" ->
                assertThat(calls.submitSolution(NodeTypes.solutionResponse(parameter(exchange))))
                        .isTrue();
            case "subspace_submitRewardSignature" ->
                calls.submitRewardSignature(NodeTypes.rewardSignatureResponse(parameter(exchange)));
            case "subspace_acknowledgeArchivedSegmentHeader" -> calls.acknowledge(Fields.u64(parameter(exchange)));
            default -> {
                // Subscriptions are the client's own business.
                assertThat(exchange.method()).contains("ubscribe");
                return;
            }
        }
        assertSame(exchange, node.received.getLast());
    }

    private static Json parameter(Exchange exchange) {
        return Fields.items(JsonReader.parse(exchange.params().getBytes(StandardCharsets.UTF_8)))
                .getFirst();
    }

    private static void assertSame(Exchange exchange, String sent) {
        String recordedId = exchange.requestText().replaceFirst("^\\{\"jsonrpc\":\"2.0\",\"id\":(\\d+),.*", "$1");
        String withTheirId = sent.replaceFirst("^(\\{\"jsonrpc\":\"2.0\",\"id\":)\\d+", "$1" + recordedId);
        if (exchange.requestLine().has("text")) {
            assertThat(withTheirId).isEqualTo(exchange.requestText());
        } else {
            assertDigest(exchange.requestLine(), withTheirId);
        }
    }
}
