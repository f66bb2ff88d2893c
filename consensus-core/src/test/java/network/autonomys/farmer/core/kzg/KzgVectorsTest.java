package network.autonomys.farmer.core.kzg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import network.autonomys.farmer.core.field.Fr;
import network.autonomys.farmer.core.field.Polynomials;
import network.autonomys.farmer.core.field.Scalars;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.Test;

/** The reference's parameters, parsing, commitments and openings. */
class KzgVectorsTest {
    @Test
    void reference() {
        Kzg kzg = KzgFixture.kzg();
        new VectorSuite("kzg")
                .on("parameters.json", "kzg-parameters", v -> parameters(kzg.parameters(), v))
                .on("parameters.json", "roots-of-unity", KzgVectorsTest::roots)
                .on("parse.json", "g1-parse", KzgVectorsTest::parsePoint)
                .on("parse.json", "scalar-parse", KzgVectorsTest::parseScalar)
                .on("kzg.json", "kzg-open", v -> open(kzg, v))
                .on("kzg.json", "kzg-cross", v -> open(kzg, v))
                .on("kzg.json", "kzg-verify", v -> verify(kzg, v))
                .on("kzg.json", "kzg-error", v -> error(kzg, v))
                .run();
    }

    private static void parameters(KzgParameters parameters, VectorCase v) {
        byte[] file = KzgFixture.file();
        assertThat(file).hasSize(v.i32("len"));
        assertThat(parameters.digest().hex()).isEqualTo(v.text("sha256"));
        assertThat(HexFormat.of().formatHex(Blake3.hash(file))).isEqualTo(v.text("blake3"));
        assertThat(KzgParameters.G1_POINTS).isEqualTo(v.i32("g1"));
        assertThat(KzgParameters.G2_POINTS).isEqualTo(v.i32("g2"));
        checkPoints(v.list("g1Points"), file, 0, G1.BYTES);
        checkPoints(v.list("g2Points"), file, KzgParameters.G1_POINTS * G1.BYTES, Blst.G2_COMPRESSED);
        MemorySegment compressed = Arena.ofAuto().allocate(G1.BYTES);
        for (int i = 0; i < KzgParameters.G1_POINTS; i++) {
            Blst.compressAffineG1(compressed, parameters.point(i));
            int at = i * G1.BYTES;
            assertThat(compressed.toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(Arrays.copyOfRange(file, at, at + G1.BYTES));
        }
        assertThat(parameters.isNetwork()).isTrue();
        assertThat(parameters.isConsistent(new java.util.Random(5))).isEqualTo(v.bool("g1AllInSubgroup"));
    }

    private static void checkPoints(List<JsonNode> points, byte[] file, int start, int length) {
        for (JsonNode point : points) {
            int at = start + point.get(0).asInt() * length;
            assertThat(HexFormat.of().formatHex(file, at, at + length))
                    .isEqualTo(point.get(1).asText());
        }
    }

    private static void roots(VectorCase v) {
        int log = v.i32("logSize");
        assertThat(HexFormat.of().formatHex(Scalars.bytes(Fr.rootOfUnity(log)))).isEqualTo(v.text("root"));
        if (!v.has("all")) {
            return;
        }
        byte[] all = new byte[32 << log];
        long[] power = Fr.element(1);
        for (int i = 0; i < 1 << log; i++) {
            Scalars.write(power, 0, MemorySegment.ofArray(all), 32L * i);
            Fr.mul(power, 0, Fr.rootOfUnity(log), 0, power, 0);
            if (i % 997 == 0) {
                assertThat(Scalars.bytes(Polynomials.domainPoint(1 << log, i)))
                        .isEqualTo(Arrays.copyOfRange(all, 32 * i, 32 * i + 32));
            }
        }
        expect(v, v.node("all"), all);
    }

    static void expect(VectorCase v, JsonNode expected, byte[] actual) {
        if (expected.isTextual()) {
            assertThat(HexFormat.of().formatHex(actual)).as(v.name()).isEqualTo(expected.asText());
        } else {
            assertThat(actual).as(v.name()).hasSize(expected.get("len").asInt());
            assertThat(HexFormat.of().formatHex(Blake3.hash(actual)))
                    .as(v.name())
                    .isEqualTo(expected.get("blake3").asText());
        }
    }

    private static void parsePoint(VectorCase v) {
        Bytes bytes = Bytes.of(v.bytes("bytes"));
        assertThat(G1.isPoint(bytes)).as(v.name()).isEqualTo(v.bool("valid"));
        if (v.has("inSubgroup")) {
            assertThat(G1.isInSubgroup(bytes)).as(v.name()).isEqualTo(v.bool("inSubgroup"));
        }
    }

    private static void parseScalar(VectorCase v) {
        assertThat(Scalars.isCanonical(v.bytes("bytes"))).as(v.name()).isEqualTo(v.bool("valid"));
    }

    /** Spec 9.4: byte j of chunk k after its zero is the top byte of (31 k + j) · 2654435761. */
    private static byte[] values(VectorCase v) {
        if (!v.node("values").has("formula")) {
            return v.bytes("values");
        }
        byte[] record = new byte[v.node("values").get("len").asInt()];
        for (int k = 0; k < record.length / 32; k++) {
            for (int j = 0; j < 31; j++) {
                record[32 * k + 1 + j] = (byte) (((31 * k + j) * (int) 2654435761L) >>> 24);
            }
        }
        return record;
    }

    private static void open(Kzg kzg, VectorCase v) {
        int n = v.i32("n");
        MemorySegment values = MemorySegment.ofArray(values(v));
        assertThat(kzg.commitValues(n, values).hex()).as(v.name()).isEqualTo(v.text("commitment"));
        byte[] coefficients = new byte[32 * n];
        kzg.field().interpolate(n, 1, values, MemorySegment.ofArray(coefficients));
        if (v.json().has("coefficients")) {
            expect(v, v.node("coefficients"), coefficients);
        }
        int domain = v.kind().equals("kzg-cross") ? 65_536 : n;
        for (JsonNode opening : v.list("openings")) {
            int index = opening.get("index").asInt();
            byte[] quotient = new byte[32 * n];
            long[] value = Polynomials.divide(
                    n,
                    MemorySegment.ofArray(coefficients),
                    Polynomials.domainPoint(domain, index),
                    MemorySegment.ofArray(quotient));
            Fr.toMontgomery(value, 0, value, 0);
            assertThat(HexFormat.of().formatHex(Scalars.bytes(value)))
                    .as(v.name())
                    .isEqualTo(opening.get("value").asText());
            Bytes witness = kzg.witness(n, MemorySegment.ofArray(coefficients), domain, index);
            assertThat(witness.hex())
                    .as(v.name())
                    .isEqualTo(opening.get("witness").asText());
        }
    }

    private static void verify(Kzg kzg, VectorCase v) {
        Opening opening = new Opening(
                Bytes.of(v.bytes("commitment")),
                v.i32("domain"),
                v.i32("index"),
                Bytes.of(v.bytes("value")),
                Bytes.of(v.bytes("witness")));
        boolean valid = v.bool("valid");
        assertThat(kzg.verify(
                        opening.commitment(), opening.domain(), opening.index(), opening.value(), opening.witness()))
                .as(v.name())
                .isEqualTo(valid);
        assertThat(kzg.verifyAll(List.of(opening, opening), new java.util.Random(1)))
                .as(v.name())
                .isEqualTo(valid);
    }

    private static void error(Kzg kzg, VectorCase v) {
        int n = v.i32("coefficients");
        byte[] ones = new byte[32 * n];
        for (int i = 0; i < n; i++) {
            ones[32 * i + 31] = 1;
        }
        MemorySegment coefficients = MemorySegment.ofArray(ones);
        boolean commit = v.text("operation").equals("commit");
        if (v.has("error")) {
            assertThatThrownBy(() -> {
                        if (commit) {
                            kzg.commit(n, coefficients);
                        } else {
                            kzg.witness(n, coefficients, 65_536, 1);
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(commit ? kzg.commit(n, coefficients) : kzg.witness(n, coefficients, 65_536, 1))
                    .matches(G1::isInSubgroup);
        }
    }
}
