package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

class BlockEncodingVectorsTest {
    /** Together with the tests named here every case of the folder is run. */
    @Test
    void everyKindOfTheFolderHasItsTest() {
        TreeSet<String> kinds = new TreeSet<>();
        Vectors.files("archiving")
                .forEach(file -> Vectors.cases(file).forEach(c -> kinds.add(file.getFileName() + " " + c.kind())));
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        // ArchiverVectorsTest
                        "archive-chain.json archive-chain",
                        "archive-chain.json archive-restart",
                        "archive-chain.json archive-restart-error",
                        "archive-genesis.json archive-genesis",
                        "reconstruct.json reconstruct-pieces",
                        "reconstruct.json reconstruct-pieces-error",
                        // this one
                        "encode-block.json chacha8",
                        "encode-block.json encode-block",
                        // PieceChecksTest
                        "piece-valid.json piece-valid",
                        "piece-valid.json record-commitment-valid",
                        // PieceChecksTest and SegmentCommitterTest
                        "piece-valid.json segment-commitment",
                        // SegmentVectorsTest
                        "segments.json segment-encode",
                        "segments.json reconstruct-blocks",
                        "segments.json reconstruct-blocks-error");
    }

    @Test
    void streamsOfChaCha8() {
        for (VectorCase c : Vectors.cases("archiving", "encode-block.json", "chacha8")) {
            JsonNode stream = c.node("stream");
            byte[] whole = new byte[stream.get("len").asInt()];
            new ChaCha8(c.bytes("key")).next(whole, 0, whole.length);
            assertThat(Blake3.hash(whole)).as(c.name()).isEqualTo(c.bytes(stream.get("blake3")));
            byte[] parts = new byte[whole.length];
            ChaCha8 chaCha = new ChaCha8(c.bytes("key"));
            for (int at = 0, step = 1; at < parts.length; at += step, step = step % 200 + 7) {
                chaCha.next(parts, at, Math.min(step, parts.length - at));
            }
            assertThat(parts).as(c.name()).isEqualTo(whole);
        }
        assertThatThrownBy(() -> new ChaCha8(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodedBlocks() {
        for (VectorCase c : Vectors.cases("archiving", "encode-block.json", "encode-block")) {
            SignedBlock block = block(c);
            BlockHeader header = block.header();
            assertThat(header.encode()).as(c.name()).isEqualTo(c.bytes("headerScale"));
            assertThat(header.hash().toArray()).as(c.name()).isEqualTo(c.bytes("blockHash"));
            assertThat(header.withoutSeal().hash().toArray()).as(c.name()).isEqualTo(c.bytes("preHash"));
            byte[] encoded = BlockEncoding.encode(block);
            JsonNode expected = c.node("encoded");
            if (expected.isTextual()) {
                assertThat(encoded).as(c.name()).isEqualTo(c.bytes(expected));
            } else {
                assertThat(encoded).as(c.name()).hasSize(expected.get("len").asInt());
                assertThat(Blake3.hash(encoded)).as(c.name()).isEqualTo(c.bytes(expected.get("blake3")));
            }
            SignedBlock decoded = BlockEncoding.decode(encoded);
            assertThat(decoded.header()).as(c.name()).isEqualTo(header);
            assertThat(decoded.extrinsics()).as(c.name()).isEqualTo(block.extrinsics());
            assertThat(ScaleReader.decode(block.encode(), SignedBlock::read))
                    .as(c.name())
                    .isEqualTo(block);
        }
    }

    @Test
    void aGenesisBlockLargerThanASegmentIsRefused() {
        byte[] large = new byte[Constants.RECORDED_SEGMENT_SIZE + 1];
        assertThatThrownBy(() -> BlockEncoding.padGenesis(large, Bytes.zeros(32)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SignedBlock block(VectorCase c) {
        JsonNode header = c.node("header");
        List<DigestItem> digest = new ArrayList<>();
        header.get("digest").forEach(item -> digest.add(digestItem(c, item)));
        List<Bytes> extrinsics = new ArrayList<>();
        c.node("extrinsics").forEach(extrinsic -> extrinsics.add(Bytes.of(c.bytes(extrinsic))));
        Optional<List<Justification>> justifications = Optional.empty();
        if (c.has("justifications")) {
            List<Justification> list = new ArrayList<>();
            c.node("justifications")
                    .forEach(j -> list.add(
                            new Justification(Bytes.of(c.bytes(j.get("engine"))), Bytes.of(c.bytes(j.get("data"))))));
            justifications = Optional.of(list);
        }
        return new SignedBlock(
                new BlockHeader(
                        Bytes.of(c.bytes(header.get("parentHash"))),
                        header.get("number").asLong(),
                        Bytes.of(c.bytes(header.get("stateRoot"))),
                        Bytes.of(c.bytes(header.get("extrinsicsRoot"))),
                        digest),
                extrinsics,
                justifications);
    }

    private static DigestItem digestItem(VectorCase c, JsonNode item) {
        String type = item.get("type").asText();
        if (type.equals("runtimeEnvironmentUpdated")) {
            return new DigestItem.RuntimeEnvironmentUpdated();
        }
        Bytes data = Bytes.of(c.bytes(item.get("data")));
        return switch (type) {
            case "other" -> new DigestItem.Other(data);
            case "consensus" -> new DigestItem.Consensus(Bytes.of(c.bytes(item.get("engine"))), data);
            case "seal" -> new DigestItem.Seal(Bytes.of(c.bytes(item.get("engine"))), data);
            case "preRuntime" -> new DigestItem.PreRuntime(Bytes.of(c.bytes(item.get("engine"))), data);
            default -> throw new AssertionError("unknown digest item " + type);
        };
    }
}
