package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.autonomys.farmer.core.engine.FieldEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.VectorSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference's proofs, verdicts and encoded records, by the form of this machine. */
class PosVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final FieldEngine FIELD = new CpuFieldEngine();
    private static final Map<String, ProofTable> TABLES = new ConcurrentHashMap<>();
    private static CpuRecordEngine engine;
    private final ProofVerifier verifier = new ProofVerifier(PosTesting.preferred());

    @BeforeAll
    static void open() {
        engine = new CpuRecordEngine(FIELD, PosTesting.preferred());
    }

    @AfterAll
    static void close() {
        TABLES.values().forEach(ProofTable::close);
        TABLES.clear();
        engine.close();
    }

    @Test
    void agreesWithTheReference() {
        VectorSuite suite = new VectorSuite("pos");
        for (String file : List.of("v1.json", "v2.json", "shim.json")) {
            suite.on(file, "table", this::table).on(file, "findProof", this::findProof);
        }
        suite.on("shim.json", "verify", this::verify)
                .on("verify.json", "verify", this::verify)
                .on("v1-candidates.json", "candidates", this::candidates)
                .on("record.json", "encodeRecord", this::encodeRecord)
                .run();
    }

    private static ProofTable table(String version, byte[] seed) {
        return TABLES.computeIfAbsent(version + HEX.formatHex(seed), key -> switch (version) {
            case "v1", "chia" -> engine.table(PosVersion.V1, seed);
            case "v2", "chia-v2" -> engine.table(PosVersion.V2, seed);
            case "shim" -> DigestTable.shim(seed);
            case "sparse" -> DigestTable.sparse(seed);
            default -> throw new IllegalArgumentException("unknown table " + version);
        });
    }

    private void table(VectorCase vector) {
        ProofTable table = table(vector.text("version"), vector.bytes("seed"));
        byte[] found = new byte[ProofTable.BITFIELD_BYTES];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        List<JsonNode> blocks = vector.list("proofBlocks");
        int count = 0;
        int first = -1;
        int last = -1;
        int full = -1;
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
            if (table.findProof(s, proof)) {
                found[s >> 3] |= (byte) (1 << (s & 7));
                all.writeBytes(proof);
                block.writeBytes(proof);
                first = first < 0 ? s : first;
                last = s;
                count++;
                full = count == RecordEngine.RECORD_CHUNKS ? s : full;
            }
            if (s % 256 == 255) {
                assertThat(HEX.formatHex(Arrays.copyOf(Blake3.hash(block.toByteArray()), 8)))
                        .as("proofs of s-buckets %d to %d", s - 255, s)
                        .isEqualTo(blocks.get(s / 256).asText());
                block.reset();
            }
        }
        assertThat(count).isEqualTo(vector.i32("found"));
        assertThat(first).isEqualTo(vector.i32("firstFound"));
        assertThat(last).isEqualTo(vector.i32("lastFound"));
        assertThat(full).isEqualTo(vector.has("found32768th") ? vector.i32("found32768th") : -1);
        assertOutput(found, vector.node("bitfield"));
        assertOutput(all.toByteArray(), vector.node("proofs"));
        PosTesting.Outcome outcome = PosTesting.Outcome.of(table);
        assertThat(outcome.found()).isEqualTo(found);
    }

    private static void assertOutput(byte[] actual, JsonNode expected) {
        assertThat(actual.length).isEqualTo(expected.get("len").asInt());
        assertThat(HEX.formatHex(Blake3.hash(actual)))
                .isEqualTo(expected.get("blake3").asText());
    }

    private void findProof(VectorCase vector) {
        ProofTable table = table(vector.text("version"), vector.bytes("seed"));
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        boolean there = table.findProof(vector.i32("s"), proof);
        assertThat(there).isEqualTo(vector.has("proof"));
        if (there) {
            assertThat(HEX.formatHex(proof)).isEqualTo(vector.text("proof"));
            assertThat(HEX.formatHex(Blake3.hash(proof))).isEqualTo(vector.text("hash"));
        }
    }

    private void candidates(VectorCase vector) {
        byte[] seed = vector.bytes("seed");
        byte[] chosen = new byte[ProofTable.PROOF_BYTES];
        assertThat(table("v1", seed).findProof(vector.i32("s"), chosen)).isTrue();
        List<JsonNode> candidates = vector.list("candidates");
        assertThat(HEX.formatHex(chosen))
                .isEqualTo(candidates.get(0).get("proof").asText());
        for (JsonNode candidate : candidates) {
            byte[] proof = vector.bytes(candidate.get("proof"));
            assertThat(verifier.isValid(seed, vector.i32("s"), proof)).isTrue();
            assertThat(candidate.get("y").asInt() >>> 6).isEqualTo(PosParameters.challengePrefix(vector.i32("s")));
        }
    }

    private void verify(VectorCase vector) {
        byte[] seed = vector.bytes("seed");
        byte[] proof = vector.bytes("proof");
        int challenge = (int) vector.u64("challenge");
        boolean valid = vector.text("table").equals("shim")
                ? DigestTable.isShimProof(seed, challenge, proof)
                : verifier.isValid(seed, challenge, proof);
        assertThat(valid).isEqualTo(vector.bool("valid"));
        for (VectorForm form : VectorForm.values()) {
            if (!vector.text("table").equals("shim")) {
                assertThat(new ProofVerifier(form).isValid(seed, challenge, proof))
                        .as("%s", form)
                        .isEqualTo(valid);
            }
        }
    }

    private void encodeRecord(VectorCase vector) {
        byte[] seed = vector.bytes("evaluationSeed");
        byte[] record = vector.bytes("record");
        byte[] out = new byte[RecordEngine.RECORD_BYTES];
        byte[] bitfield = new byte[ProofTable.BITFIELD_BYTES];
        byte[] parity = new byte[RecordEngine.RECORD_BYTES];
        FIELD.extend(RecordEngine.RECORD_CHUNKS, 1, MemorySegment.ofArray(record), MemorySegment.ofArray(parity));
        assertOutput(parity, vector.node("parity"));
        if (vector.text("table").startsWith("chia")) {
            // Off the heap and second of two, to see the strides.
            PosVersion version = vector.text("table").equals("chia") ? PosVersion.V1 : PosVersion.V2;
            encodeSecond(version, seed, record, out, bitfield);
        } else {
            PosTesting.Outcome proofs = PosTesting.Outcome.of(table(vector.text("table"), seed));
            RecordEncoding.encode(
                    MemorySegment.ofArray(record),
                    MemorySegment.ofArray(parity),
                    MemorySegment.ofArray(proofs.hashes()),
                    MemorySegment.ofArray(proofs.found()),
                    MemorySegment.ofArray(out),
                    MemorySegment.ofArray(bitfield));
        }
        assertOutput(bitfield, vector.node("bitfield"));
        for (JsonNode chunk : vector.list("chunks")) {
            int at = 32 * chunk.get("index").asInt();
            assertThat(HEX.formatHex(out, at, at + 32))
                    .isEqualTo(chunk.get("stored").asText());
        }
        assertOutput(out, vector.node("encoded"));
    }

    private static void encodeSecond(PosVersion version, byte[] seed, byte[] record, byte[] out, byte[] bitfield) {
        try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
            MemorySegment seeds = arena.allocate(64);
            MemorySegment records = arena.allocate(2L * record.length);
            MemorySegment outs = arena.allocate(2L * out.length);
            MemorySegment bitfields = arena.allocate(2L * bitfield.length);
            MemorySegment.copy(MemorySegment.ofArray(seed), 0, seeds, 32, 32);
            MemorySegment.copy(MemorySegment.ofArray(record), 0, records, record.length, record.length);
            engine.encode(version, 2, seeds, records, outs, bitfields);
            MemorySegment.ofArray(out).copyFrom(outs.asSlice(out.length));
            MemorySegment.ofArray(bitfield).copyFrom(bitfields.asSlice(bitfield.length));
        }
    }
}
