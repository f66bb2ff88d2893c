package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.autonomys.farmer.core.archive.Workers;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.LaneKernel;
import org.junit.jupiter.api.Test;

/**
 * Records of random seeds encoded in every form of this machine, with one thread and with two, by both rules: all must give the same bytes, and
 * some of them those of the exact builder. The ordinary run does two, in plain Java and in this machine's own form, since every other has to be
 * compiled first; {@code -Ddifferential.records=10000} does as many as one likes in all forms, and {@code -Ddifferential.seed=N} others.
 */
class DifferentialTest {
    private static final boolean ON_DEMAND = System.getProperty("differential.records") != null;
    private static final int RECORDS = Integer.getInteger("differential.records", 2);
    private static final long SEED = Long.getLong("differential.seed", 4);
    /** The exact builder is slow: one record in so many. */
    private static final int EXACT_EACH = 25;

    /** What one engine makes of a record. */
    private record Encoded(String by, MemorySegment stored, MemorySegment bitfield, PosTesting.Outcome proofs) {}

    @Test
    void formsAndThreadsGiveTheSameRecords() {
        List<RecordEngine> engines = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ExecutorService helper = Executors.newSingleThreadExecutor()) {
            int[] lanes = {1, 4, 8};
            Set<VectorForm> forms =
                    ON_DEMAND ? PosTesting.nativeForms() : EnumSet.of(VectorForm.SCALAR, PosTesting.preferred());
            for (VectorForm form : forms) {
                // The extension's width changes with the form, so that those are compared as well.
                int fieldLanes = lanes[engines.size() % lanes.length];
                engines.add(new CpuRecordEngine(new CpuFieldEngine(LaneKernel.ofLanes(fieldLanes)), form));
                names.add(form + ", " + fieldLanes + " lanes");
            }
            engines.add(new CpuRecordEngine(
                    new CpuFieldEngine(), PosTesting.preferred(), Workers.with(helper, 1), Integer.MAX_VALUE));
            names.add("two threads");
            Random random = new Random(SEED);
            for (int i = 0; i < RECORDS; i++) {
                byte[] seed = new byte[RecordEngine.SEED_BYTES];
                random.nextBytes(seed);
                MemorySegment record = record(random);
                PosVersion version = i % 2 == 0 ? PosVersion.V1 : PosVersion.V2;
                Encoded first = encode(names.getFirst(), engines.getFirst(), version, seed, record);
                for (int e = 1; e < engines.size(); e++) {
                    assertSame(first, encode(names.get(e), engines.get(e), version, seed, record), i);
                }
                if (i % EXACT_EACH == 0) {
                    try (ProofTable exact = ExactTables.build(seed, version, () -> {})) {
                        assertThat(first.proofs()).as("record %d: exact", i).isEqualTo(PosTesting.Outcome.of(exact));
                    }
                }
            }
        } finally {
            engines.forEach(RecordEngine::close);
        }
    }

    private static MemorySegment record(Random random) {
        byte[] record = new byte[RecordEngine.RECORD_BYTES];
        random.nextBytes(record);
        for (int i = 0; i < record.length; i += 32) {
            record[i] &= 0x3f;
        }
        return MemorySegment.ofArray(record);
    }

    private static Encoded encode(
            String by, RecordEngine engine, PosVersion version, byte[] seed, MemorySegment record) {
        MemorySegment stored = MemorySegment.ofArray(new byte[RecordEngine.RECORD_BYTES]);
        MemorySegment bitfield = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);
        engine.encode(version, 1, MemorySegment.ofArray(seed), record, stored, bitfield);
        try (ProofTable table = engine.table(version, seed)) {
            return new Encoded(by, stored, bitfield, PosTesting.Outcome.of(table));
        }
    }

    private static void assertSame(Encoded expected, Encoded actual, int number) {
        String what = "record " + number + " of seed " + SEED + ": " + actual.by() + " and " + expected.by();
        assertThat(actual.bitfield().mismatch(expected.bitfield())).as(what).isEqualTo(-1);
        assertThat(actual.stored().mismatch(expected.stored())).as(what).isEqualTo(-1);
        assertThat(actual.proofs()).as(what).isEqualTo(expected.proofs());
    }
}
