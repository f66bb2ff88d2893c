package network.autonomys.farmer.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.Polynomials;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** The reference's erasure coding of scalars and commitments. */
class ErasureVectorsTest {
    private final ErasureCoding coding = new ErasureCoding(new CpuFieldEngine());

    @Test
    void reference() {
        new VectorSuite("erasure")
                .on("extend.json", "extend", this::extend)
                .on("extend.json", "extend-error", this::extendError)
                .on("extend-commitments.json", "extend-commitments", this::extendCommitments)
                .on("recover.json", "recover", this::recover)
                .on("recover.json", "recover-error", this::recoverError)
                .on("recover.json", "recover-nothing-missing", this::nothingMissing)
                .run();
    }

    private static void expect(VectorCase v, JsonNode expected, byte[] actual) {
        if (expected.isTextual()) {
            assertThat(HexFormat.of().formatHex(actual)).as(v.name()).isEqualTo(expected.asText());
        } else {
            assertThat(actual).as(v.name()).hasSize(expected.get("len").asInt());
            assertThat(HexFormat.of().formatHex(Blake3.hash(actual)))
                    .as(v.name())
                    .isEqualTo(expected.get("blake3").asText());
        }
    }

    private byte[] parity(byte[] source) {
        byte[] parity = new byte[source.length];
        coding.extend(source.length / 32, MemorySegment.ofArray(source), MemorySegment.ofArray(parity));
        return parity;
    }

    private void extend(VectorCase v) {
        byte[] source = v.bytes("source");
        assertThat(source).hasSize(32 * v.i32("n"));
        expect(v, v.node("parity"), parity(source));
    }

    private void extendError(VectorCase v) {
        assertThat(v.bool("accepted")).isFalse();
        assertThatThrownBy(() -> parity(new byte[32 * v.i32("n")]))
                .as(v.name())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void extendCommitments(VectorCase v) {
        List<Bytes> source =
                v.list("source").stream().map(n -> Bytes.fromHex(n.asText())).toList();
        assertThat(coding.extendCommitments(source).stream().map(Bytes::hex))
                .as(v.name())
                .containsExactlyElementsOf(
                        v.list("extended").stream().map(JsonNode::asText).toList());
    }

    private static BitSet missing(VectorCase v, int points) {
        JsonNode node = v.node("missing");
        BitSet missing = new BitSet();
        if (node.isTextual()) {
            for (int i = 0; i < points; i++) {
                missing.set(
                        i,
                        switch (node.asText()) {
                            case "source" -> i % 2 == 0;
                            case "parity" -> i % 2 == 1;
                            case "firstHalf" -> i < points / 2;
                            case "secondHalf" -> i >= points / 2;
                            default -> throw new IllegalArgumentException("unknown " + node);
                        });
            }
        } else if (node.has("bitmap")) {
            missing = BitSet.valueOf(HexFormat.of().parseHex(node.get("bitmap").asText()));
        } else {
            for (JsonNode index : node.get("indices")) {
                missing.set(index.asInt());
            }
        }
        return missing;
    }

    private static MemorySegment bits(BitSet present, int points) {
        return MemorySegment.ofArray(Arrays.copyOf(present.toByteArray(), (points + 7) / 8));
    }

    private void recover(VectorCase v) {
        int points = v.i32("points");
        byte[] source = v.bytes("source");
        byte[] parity = parity(source);
        BitSet missing = missing(v, points);
        assertThat(missing.cardinality()).isEqualTo(v.i32("missingCount"));
        BitSet present = new BitSet();
        byte[] shards = new byte[32 * points];
        Arrays.fill(shards, (byte) 0xff);
        for (int i = 0; i < points; i++) {
            if (!missing.get(i)) {
                present.set(i);
                System.arraycopy(i % 2 == 0 ? source : parity, i / 2 * 32, shards, 32 * i, 32);
            }
        }
        byte[] all = new byte[32 * points];
        MemorySegment in = MemorySegment.ofArray(shards);
        coding.recover(points, bits(present, points), in, MemorySegment.ofArray(all));
        expect(v, v.node("all"), all);
        byte[] half = new byte[16 * points];
        coding.recoverSource(points, bits(present, points), in, MemorySegment.ofArray(half));
        assertThat(half).as(v.name()).isEqualTo(source);
        coding.recoverPolynomial(points, bits(present, points), in, MemorySegment.ofArray(half));
        int length = Polynomials.normalizedLength(points / 2, MemorySegment.ofArray(half));
        assertThat(length).as(v.name()).isEqualTo(v.i32("coefficientCount"));
        expect(v, v.node("coefficients"), Arrays.copyOf(half, 32 * length));
    }

    private void recoverError(VectorCase v) {
        int points = v.i32("points");
        BitSet present = new BitSet();
        present.set(v.i32("missingFirst"), Math.max(points, v.i32("missingFirst")));
        byte[] shards = new byte[32 * points];
        for (int i = 0; i < points; i++) {
            MemorySegment.ofArray(shards)
                    .set(
                            java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN),
                            32L * i + 28,
                            i);
        }
        assertThatThrownBy(() -> coding.recover(
                        points,
                        bits(present, points),
                        MemorySegment.ofArray(shards),
                        MemorySegment.ofArray(new byte[32 * points])))
                .as(v.name())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void nothingMissing(VectorCase v) {
        int points = v.i32("points");
        BitSet present = new BitSet();
        present.set(0, points);
        byte[] shards = new byte[32 * points];
        for (int i = 0; i < points; i++) {
            shards[32 * i + 31] = 1;
        }
        byte[] all = new byte[32 * points];
        coding.recover(points, bits(present, points), MemorySegment.ofArray(shards), MemorySegment.ofArray(all));
        assertThat(all).isEqualTo(shards);
    }
}
