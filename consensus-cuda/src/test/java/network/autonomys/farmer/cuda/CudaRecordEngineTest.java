package network.autonomys.farmer.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.CudaTesting.Encoded;
import network.autonomys.farmer.testkit.StandIn;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels, run on the host, against the reference's records and proofs and against the processor's engine. */
class CudaRecordEngineTest {
    private static final HexFormat HEX = HexFormat.of();

    private final StandIn standIn = StandIn.fresh();

    private static CudaRecordEngine open(Limits limits) throws GpuUnavailableException {
        return CudaRecordEngine.open(
                CudaTesting.settings(1_000),
                CudaTesting.PROCESSOR,
                false,
                GpuObserver.none(),
                limits,
                slot -> {},
                System::nanoTime);
    }

    @Test
    void recordsOfTheReference() throws GpuUnavailableException {
        try (CudaRecordEngine engine = open(Limits.OF_MEMORY)) {
            agrees(engine, PosVersion.V1, records("chia"));
            agrees(engine, PosVersion.V2, records("chia-v2").subList(1, 2));
            assertThat(engine.status().getFirst().redone()).isZero();
            assertThat(standIn.calls("encode_chunks")).isEqualTo(3);
        }
    }

    private static List<VectorCase> records(String table) {
        List<VectorCase> cases = Vectors.cases("pos", "record.json", "encodeRecord").stream()
                .filter(vector -> vector.text("table").equals(table))
                .toList();
        assertThat(cases).hasSize(2);
        return cases;
    }

    private static void agrees(RecordEngine engine, PosVersion version, List<VectorCase> cases) {
        int n = cases.size();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seeds = arena.allocate(32L * n);
            MemorySegment records = arena.allocate((long) RecordEngine.RECORD_BYTES * n);
            MemorySegment out = arena.allocate((long) RecordEngine.RECORD_BYTES * n);
            MemorySegment bitfields = arena.allocate((long) ProofTable.BITFIELD_BYTES * n);
            for (int i = 0; i < n; i++) {
                seeds.asSlice(32L * i, 32)
                        .copyFrom(MemorySegment.ofArray(cases.get(i).bytes("evaluationSeed")));
                records.asSlice((long) RecordEngine.RECORD_BYTES * i, RecordEngine.RECORD_BYTES)
                        .copyFrom(MemorySegment.ofArray(cases.get(i).bytes("record")));
            }
            engine.encode(version, n, seeds, records, out, bitfields);
            for (int i = 0; i < n; i++) {
                assertOutput(out, i, RecordEngine.RECORD_BYTES, cases.get(i).node("encoded"));
                assertOutput(
                        bitfields, i, ProofTable.BITFIELD_BYTES, cases.get(i).node("bitfield"));
            }
        }
    }

    private static void assertOutput(MemorySegment buffer, int i, int size, JsonNode expected) {
        byte[] part = buffer.asSlice((long) i * size, size).toArray(ValueLayout.JAVA_BYTE);
        assertThat(expected.get("len").asInt()).isEqualTo(size);
        assertThat(HEX.formatHex(Blake3.hash(part)))
                .isEqualTo(expected.get("blake3").asText());
    }

    @Test
    void allProofsOfASeed() throws GpuUnavailableException {
        VectorCase vector = Vectors.cases("pos", "v1.json", "table").getFirst();
        byte[] seed = vector.bytes("seed");
        try (CudaRecordEngine engine = open(Limits.OF_MEMORY);
                ProofTable table = engine.table(PosVersion.V1, seed);
                ProofTable expected = CudaTesting.PROCESSOR.table(PosVersion.V1, seed)) {
            Blake3.Hasher all = Blake3.hasher();
            byte[] proof = new byte[ProofTable.PROOF_BYTES];
            int found = 0;
            for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
                if (table.findProof(s, proof)) {
                    all.update(proof);
                    found++;
                }
            }
            assertThat(found).isEqualTo(vector.i32("found"));
            assertThat(HEX.formatHex(all.digest()))
                    .isEqualTo(vector.node("proofs").get("blake3").asText());
            assertSameHashes(table, expected);
        }
    }

    private static void assertSameHashes(ProofTable table, ProofTable expected) {
        MemorySegment[] hashes = new MemorySegment[2];
        MemorySegment[] found = new MemorySegment[2];
        for (int i = 0; i < 2; i++) {
            hashes[i] = MemorySegment.ofArray(new byte[ProofTable.S_BUCKETS * 32]);
            found[i] = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);
            (i == 0 ? table : expected).proofHashes(hashes[i], found[i]);
        }
        assertThat(hashes[0].mismatch(hashes[1])).as("first byte that differs").isEqualTo(-1);
        assertThat(found[0].mismatch(found[1])).as("first byte that differs").isEqualTo(-1);
    }

    /** The last s-bucket that has a proof, which with V2 is the last of those that count. */
    @ParameterizedTest
    @EnumSource(PosVersion.class)
    void oneProofWithoutTheOthers(PosVersion version) throws GpuUnavailableException {
        byte[] seed = Vectors.cases("pos", "v1.json", "table").getFirst().bytes("seed");
        byte[] expected = new byte[ProofTable.PROOF_BYTES];
        int last = ProofTable.S_BUCKETS - 1;
        try (ProofTable table = CudaTesting.PROCESSOR.table(version, seed)) {
            while (!table.findProof(last, expected)) {
                last--;
            }
        }
        try (CudaRecordEngine engine = open(Limits.OF_MEMORY)) {
            byte[] proof = new byte[ProofTable.PROOF_BYTES];
            assertThat(engine.findProof(version, seed, last, proof)).isTrue();
            assertThat(proof).isEqualTo(expected);
            assertThat(standIn.calls("reveal_proofs"))
                    .as("whole tables fetched")
                    .isZero();
            assertThat(engine.status().getFirst().records()).isEqualTo(1);
        }
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    @Test
    void oneProofThatIsWrongOrDoesNotFitIsComputedOnTheProcessor() throws GpuUnavailableException {
        byte[] seed = new byte[32];
        byte[] expected = new byte[ProofTable.PROOF_BYTES];
        int s = 0;
        try (ProofTable table = CudaTesting.PROCESSOR.table(PosVersion.V1, seed)) {
            while (!table.findProof(s, expected)) {
                s++;
            }
        }
        byte[] proof = new byte[ProofTable.PROOF_BYTES];
        try (CudaRecordEngine engine = open(new Limits(270, 512))) {
            assertThat(engine.findProof(PosVersion.V1, seed, s, proof)).isTrue();
            assertThat(proof).isEqualTo(expected);
            assertThat(engine.status().getFirst().redone()).isEqualTo(1);
            int wanted = s;
            assertThatThrownBy(() -> engine.findProof(PosVersion.V1, seed, 65_536, proof))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.findProof(PosVersion.V1, seed, wanted, new byte[159]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (CudaRecordEngine engine = open(Limits.OF_MEMORY)) {
            standIn.wrong("find_v1", 6, 4);
            int wanted = s;
            assertThatThrownBy(() -> engine.findProof(PosVersion.V1, seed, wanted, proof))
                    .isInstanceOf(GpuFailure.class)
                    .hasMessageContaining("a proof of space is not valid");
        }
    }

    @Test
    void cardsAreTriedOnTheReferencesOwnRecord() throws GpuUnavailableException {
        GpuSettings settings = CudaTesting.settings(64);
        try (CudaRecordEngine engine =
                CudaRecordEngine.open(settings, CudaTesting.PROCESSOR, false, GpuObserver.none())) {
            assertThat(engine.concurrency()).isEqualTo(2);
        }
        assertThat(standIn.calls("encode_chunks")).isEqualTo(1);
        assertThat(standIn.calls("table_v2")).isEqualTo(6);
        assertThat(standIn.used()).as("bytes left on the card").isZero();
        standIn.wrong("encode_chunks", 6, 4096);
        assertThatThrownBy(() -> CudaRecordEngine.open(settings, CudaTesting.PROCESSOR, false, GpuObserver.none()))
                .isInstanceOf(GpuUnavailableException.class)
                .hasMessageContaining("the test of the card at its start gave a wrong record");
        assertThat(standIn.used()).as("bytes left on the card").isZero();
    }

    @Test
    void recordsThatDoNotFitAreComputedOnTheProcessor() throws GpuUnavailableException {
        byte[] seed = new byte[32];
        byte[] record = CudaTesting.record(1);
        Encoded expected = Encoded.by(CudaTesting.PROCESSOR, PosVersion.V1, seed, record);
        for (Limits limits : List.of(new Limits(270, 512), new Limits(384, 300))) {
            try (CudaRecordEngine engine = open(limits)) {
                Encoded encoded = Encoded.by(engine, PosVersion.V1, seed, record);
                assertThat(encoded.out()).isEqualTo(expected.out());
                assertThat(encoded.bitfield()).isEqualTo(expected.bitfield());
                assertThat(engine.status().getFirst().redone()).as("%s", limits).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesWhatIsNoScalar() throws GpuUnavailableException {
        byte[] record = CudaTesting.record(2);
        // The modulus itself, in the middle.
        byte[] modulus = HEX.parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
        System.arraycopy(modulus, 0, record, 32 * 20_000, 32);
        try (CudaRecordEngine engine = open(Limits.OF_MEMORY)) {
            assertThatThrownBy(() -> Encoded.by(engine, PosVersion.V1, new byte[32], record))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("modulus");
            assertThatThrownBy(() -> engine.table(PosVersion.V1, new byte[31]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(engine.status().getFirst().state()).isEqualTo(GpuStatus.State.READY);
        }
    }
}
