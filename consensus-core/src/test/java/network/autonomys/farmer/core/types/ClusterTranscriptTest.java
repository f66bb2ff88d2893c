package network.autonomys.farmer.core.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The reference cluster's messages, as recorded on its bus: the values of the chain in them are read and written byte for byte, and fit together as
 * in a session: a solution answers a slot, a signature signs what was asked for.
 */
class ClusterTranscriptTest {
    private static final Map<String, List<byte[]>> MESSAGES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (String line :
                Files.readAllLines(Vectors.own().resolve("transcripts").resolve("nats-cluster.jsonl"))) {
            JsonNode message = mapper.readTree(line);
            if (message.hasNonNull("hex")) {
                MESSAGES.computeIfAbsent(message.get("kind").asText(), kind -> new ArrayList<>())
                        .add(Bytes.fromHex(message.get("hex").asText()).toArray());
            }
        }
    }

    /** Reads a value at an offset of each message of a kind, and writes it again. */
    private static <T extends ScaleEncodable> List<T> values(
            String kind, int before, int behind, Function<ScaleReader, T> type) {
        List<T> values = new ArrayList<>();
        for (byte[] message : MESSAGES.getOrDefault(kind, List.of())) {
            ScaleReader in = new ScaleReader(message);
            in.skip(before);
            T value = type.apply(in);
            assertThat(in.remaining()).as(kind).isEqualTo(behind);
            assertThat(value.encode())
                    .as(kind)
                    .isEqualTo(Bytes.copyOf(message, before, in.position()).toArray());
            values.add(value);
        }
        assertThat(values).as(kind).isNotEmpty();
        return values;
    }

    @Test
    void slotsAndTheSolutionsThatAnswerThem() {
        // Behind each slot is the text that names its controller.
        List<SlotInfo> slots = values("subspace.controller.slot-info", 0, 53, SlotInfo::read);
        for (int i = 1; i < slots.size(); i++) {
            assertThat(slots.get(i).slotNumber()).isEqualTo(slots.get(0).slotNumber() + i);
        }
        List<SolutionResponse> solutions = values("subspace.controller.*.solution", 0, 0, SolutionResponse::read);
        // In front is the farm that it is from.
        assertThat(values("subspace.farmer.*.solution-response", 17, 0, SolutionResponse::read))
                .isEqualTo(solutions);
        for (SolutionResponse solution : solutions) {
            assertThat(solution.slotNumber()).isGreaterThan(slots.getFirst().slotNumber());
        }
    }

    @Test
    void signaturesSignWhatWasAskedFor() {
        List<RewardSigningInfo> asked =
                values("subspace.controller.reward-signing-info", 0, 0, RewardSigningInfo::read);
        List<RewardSignatureResponse> answers =
                values("subspace.controller.reward-signature", 0, 0, RewardSignatureResponse::read);
        Set<Bytes> keys = new HashSet<>();
        values("subspace.controller.*.solution", 0, 0, SolutionResponse::read)
                .forEach(response -> keys.add(response.solution().publicKey()));
        assertThat(answers).hasSameSizeAs(asked);
        for (int i = 0; i < asked.size(); i++) {
            Bytes key = asked.get(i).publicKey();
            assertThat(keys).contains(key);
            assertThat(answers.get(i).hash()).isEqualTo(asked.get(i).hash());
            assertThat(RewardSigning.verify(
                            key, asked.get(i).hash(), answers.get(i).signature().orElseThrow()))
                    .isTrue();
        }
    }

    @Test
    void theAppInfoAndTheHeadersOfItsHistory() {
        // In front is that it is an answer and no failure.
        FarmerAppInfo info = values("_INBOX.* <- subspace.controller.farmer-app-info", 1, 0, FarmerAppInfo::read)
                .getFirst();
        assertThat(info.protocolInfo().maxPiecesInSector()).isEqualTo(2);
        byte[] answer = MESSAGES.getOrDefault("_INBOX.* <- subspace.controller.segment-headers", List.of())
                .getFirst();
        List<Optional<SegmentHeader>> headers =
                ScaleReader.decode(answer, in -> in.readList(1, r -> r.readOption(SegmentHeader::read)));
        ScaleWriter out = new ScaleWriter();
        out.writeList(headers, (w, header) -> w.writeOption(header, (o, h) -> h.write(o)));
        assertThat(out.toByteArray()).isEqualTo(answer);
        List<SegmentHeader> known = headers.stream().flatMap(Optional::stream).toList();
        assertThat(known).hasSize((int) info.protocolInfo().historySize());
        SegmentHeader next = values("subspace.controller.archived-segment-header", 0, 0, SegmentHeader::read)
                .getFirst();
        List<SegmentHeader> chain = new ArrayList<>(known);
        chain.add(next);
        for (int i = 0; i < chain.size(); i++) {
            assertThat(chain.get(i).segmentIndex()).isEqualTo(i);
            assertThat(chain.get(i).prevSegmentHeaderHash())
                    .isEqualTo(i == 0 ? Bytes.zeros(32) : chain.get(i - 1).hash());
        }
    }
}
