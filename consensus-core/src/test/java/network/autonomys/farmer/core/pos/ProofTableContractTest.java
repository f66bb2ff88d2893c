package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.hash.Blake3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the fast builder gives the tables of the exact one. */
class ProofTableContractTest {
    /** V2 differs in steps that all forms share: two of them are enough. */
    static Stream<Arguments> forms() {
        Stream<Arguments> v1 = PosTesting.nativeForms().stream().map(form -> Arguments.of(form, PosVersion.V1));
        Stream<Arguments> v2 = Stream.of(VectorForm.SCALAR, PosTesting.preferred())
                .distinct()
                .map(form -> Arguments.of(form, PosVersion.V2));
        return Stream.concat(v1, v2);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("forms")
    void isTheExactTable(VectorForm form, PosVersion version) {
        try (CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), form);
                ProofTable table = engine.table(version, PosTesting.S0)) {
            assertThat(PosTesting.Outcome.of(table)).isEqualTo(PosTesting.exact(version));
        }
    }

    @Test
    void singleProofsAreThoseOfTheHashes() {
        byte[] proof = new byte[160];
        try (CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), PosTesting.preferred());
                ProofTable table = engine.table(PosVersion.V1, PosTesting.S0)) {
            PosTesting.Outcome expected = PosTesting.exact(PosVersion.V1);
            for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
                boolean there = table.findProof(s, proof);
                assertThat(there).isEqualTo(expected.has(s));
                if (there && s % 16 == 0) {
                    assertThat(Blake3.hash(proof))
                            .isEqualTo(java.util.Arrays.copyOfRange(expected.hashes(), 32 * s, 32 * s + 32));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThreadsBuildTheSameTable(PosVersion version) {
        VectorForm form = PosTesting.preferred();
        try (ExecutorService helper = Executors.newSingleThreadExecutor();
                CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), form, Workers.with(helper, 1), 0)) {
            for (int round = 0; round < 2; round++) {
                try (ProofTable table = engine.table(version, PosTesting.S0)) {
                    assertThat(PosTesting.Outcome.of(table)).isEqualTo(PosTesting.exact(version));
                }
            }
        }
    }

    /** Seeds with the fullest group of buckets and with the smallest table 6 of 5000. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "28efb76cfce9ac38d2e81f2786476742441cf1c38f98087ea0a22d9d08e085c6",
                "0ae5a79803a89264d3ad217530fedd1f379e19f66058f68c0f583b5e5d52435a"
            })
    void theLargestTablesFitToo(String hex) {
        byte[] seed = HexFormat.of().parseHex(hex);
        try (CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), PosTesting.preferred());
                ProofTable table = engine.table(PosVersion.V1, seed);
                ProofTable exact = ExactTables.build(seed, PosVersion.V1, () -> {})) {
            assertThat(PosTesting.Outcome.of(table)).isEqualTo(PosTesting.Outcome.of(exact));
            assertThat(engine.exactTables()).as("tables that did not fit").isZero();
        }
    }

    /** The limit is that of the whole bucket, whichever thread has filled it. */
    @Test
    void whatDoesNotFitTwoThreadsIsBuiltExactlyToo() {
        VectorForm form = PosTesting.preferred();
        try (ExecutorService helper = Executors.newSingleThreadExecutor();
                CpuRecordEngine engine = new CpuRecordEngine(
                        new CpuFieldEngine(),
                        form,
                        Workers.with(helper, 1),
                        0,
                        space -> new TableBuilder(space, form, 280));
                ProofTable table = engine.table(PosVersion.V1, PosTesting.S0)) {
            assertThat(table).isInstanceOf(ExactTables.class);
        }
    }

    @Test
    void whatDoesNotFitIsBuiltExactly() {
        // With room for 280 per bucket no record fits.
        VectorForm form = PosTesting.preferred();
        try (CpuRecordEngine engine = new CpuRecordEngine(
                        new CpuFieldEngine(),
                        form,
                        Workers.callingThread(),
                        0,
                        space -> new TableBuilder(space, form, 280));
                ProofTable table = engine.table(PosVersion.V1, PosTesting.S0)) {
            assertThat(table).isInstanceOf(ExactTables.class);
            assertThat(engine.exactTables()).isEqualTo(1);
            assertThat(PosTesting.Outcome.of(table)).isEqualTo(PosTesting.exact(PosVersion.V1));
        }
    }

    @Test
    void tablesAreIndependent() {
        byte[] other = new byte[32];
        try (CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), PosTesting.preferred())) {
            ProofTable first = engine.table(PosVersion.V1, PosTesting.S0);
            ProofTable second = engine.table(PosVersion.V2, other);
            PosTesting.Outcome ofSecond = PosTesting.Outcome.of(second);
            assertThat(PosTesting.Outcome.of(first)).isEqualTo(PosTesting.exact(PosVersion.V1));
            first.close();
            first.close();
            // The workspace is used again; nothing of the other table or version is left in it.
            try (ProofTable third = engine.table(PosVersion.V2, PosTesting.S0)) {
                assertThat(PosTesting.Outcome.of(third)).isEqualTo(PosTesting.exact(PosVersion.V2));
                assertThat(PosTesting.Outcome.of(second)).isEqualTo(ofSecond);
            }
            second.close();
        }
    }

    @Test
    void refusesWrongArguments() {
        CpuRecordEngine engine = new CpuRecordEngine(new CpuFieldEngine(), VectorForm.SCALAR);
        for (int length : List.of(0, 31, 33)) {
            assertThatThrownBy(() -> engine.table(PosVersion.V1, new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        MemorySegment megabyte = MemorySegment.ofArray(new byte[1 << 20]);
        MemorySegment small = MemorySegment.ofArray(new byte[8192]);
        assertThatThrownBy(() -> engine.encode(PosVersion.V1, 2, small, megabyte, megabyte, small))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.encode(PosVersion.V1, -1, small, megabyte, megabyte, small))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.encode(PosVersion.V1, 1, small, megabyte, small, small))
                .isInstanceOf(IllegalArgumentException.class);
        engine.close();
        assertThatThrownBy(() -> engine.table(PosVersion.V1, new byte[32])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tablesRefuseWrongArguments() {
        int[] none = new int[ProofTable.S_BUCKETS];
        java.util.Arrays.fill(none, CanonicalProofs.NONE);
        CanonicalProofs table = new CanonicalProofs(none, () -> {}) {
            @Override
            void writeProof(int root, byte[] proof) {
                throw new AssertionError("no proof is there");
            }

            @Override
            void hash(int[] roots, int[] sBuckets, int n, MemorySegment target) {
                assertThat(n).isZero();
            }
        };
        byte[] proof = new byte[160];
        assertThat(table.findProof(0, proof)).isFalse();
        for (int s : new int[] {-1, 65536, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> table.findProof(s, proof)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> table.findProof(5, new byte[159])).isInstanceOf(IllegalArgumentException.class);
        MemorySegment found = MemorySegment.ofArray(new byte[8192]);
        MemorySegment hashes = MemorySegment.ofArray(new byte[65536 * 32]);
        assertThatThrownBy(() -> table.proofHashes(found, found)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.proofHashes(hashes, hashes)).isInstanceOf(IllegalArgumentException.class);
        hashes.fill((byte) 1);
        found.fill((byte) 1);
        table.proofHashes(hashes, found);
        assertThat(hashes.mismatch(MemorySegment.ofArray(new byte[65536 * 32]))).isEqualTo(-1);
        assertThat(found.mismatch(MemorySegment.ofArray(new byte[8192]))).isEqualTo(-1);
        table.close();
        assertThatThrownBy(() -> table.findProof(5, proof)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.proofHashes(hashes, found)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void widthsAreChosenByWhatTheProcessorCanDo() {
        assertThat(VectorForm.preferred("")).isNotEqualTo(VectorForm.LANES_16_BYTE_TABLES);
        assertThat(VectorForm.preferred("avx512_vbmi")).isEqualTo(VectorForm.preferred(""));
        boolean wide = VectorForm.preferred("").equals(VectorForm.LANES_16);
        assertThat(VectorForm.preferred("fma avx512_vbmi avx512_vbmi2 bmi1"))
                .isEqualTo(wide ? VectorForm.LANES_16_BYTE_TABLES : VectorForm.preferred(""));
    }
}
