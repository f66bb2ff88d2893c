package network.autonomys.farmer.core.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.field.LaneKernel;
import network.autonomys.farmer.core.hash.Blake3;
import org.junit.jupiter.api.Test;

/**
 * Random records encoded in every form of this machine, by both rules: all must give the same bytes, and the same proofs of all s-buckets,
 * which are asked of one form after the other, with one thread and with two. Plain Java and the exact builder, which are slow, do some of
 * them. The ordinary run does two records, in plain Java and in this machine's own form, since every other has to be compiled first.
 *
 * <p>{@code -Ddifferential.records=10000} does as many as one likes in all forms, and says every 50 how far it is;
 * {@code -Ddifferential.seed=N} does others. A record is made from its seed alone, seeds are counted up, and the first record is done by
 * everything: the seed named by a failure, with one record, repeats it.
 *
 * <p>Vectors of several widths in one process are slow. {@code -Ddifferential.forms=SCALAR,LANES_16} names those that are to be compared with
 * this machine's own form; {@code -XX:MaxVectorSize=32} (or 16) makes a narrower one this machine's own. What is said every 50 records holds
 * a digest of all results so far, which must be the same in every process that begins with the same seed.
 */
class DifferentialTest {
    private static final boolean ON_DEMAND = System.getProperty("differential.records") != null;
    private static final int RECORDS = Integer.getInteger("differential.records", 2);
    private static final long SEED = Long.getLong("differential.seed", 4);
    /** One record in so many, odd so that both rules have their turn. */
    private static final int SCALAR_EACH = ON_DEMAND ? 7 : 1;

    private static final int EXACT_EACH = 25;
    private static final int PROGRESS_EACH = 50;

    /** A way to encode records, the reference excepted. */
    private record Contender(String name, CpuRecordEngine engine, int each) {}

    private record Encoded(MemorySegment stored, MemorySegment bitfield) {}

    private final Map<String, Integer> compared = new LinkedHashMap<>();
    private final Blake3.Hasher results = Blake3.hasher();
    private final long start = System.nanoTime();

    @Test
    void formsAndThreadsGiveTheSameRecords() {
        List<Contender> contenders = new ArrayList<>();
        try (ExecutorService helper = Executors.newSingleThreadExecutor();
                CpuRecordEngine reference = new CpuRecordEngine(new CpuFieldEngine(), PosTesting.preferred())) {
            int[] lanes = {1, 4, 8};
            Set<VectorForm> forms = forms();
            forms.remove(PosTesting.preferred());
            for (VectorForm form : forms) {
                // The extension's width changes with the form, so that those are compared as well.
                int fieldLanes = lanes[contenders.size() % lanes.length];
                contenders.add(new Contender(
                        form + " with a field of " + fieldLanes + " lanes",
                        new CpuRecordEngine(new CpuFieldEngine(LaneKernel.ofLanes(fieldLanes)), form),
                        form == VectorForm.SCALAR ? SCALAR_EACH : 1));
            }
            contenders.add(new Contender(
                    PosTesting.preferred() + " on two threads",
                    new CpuRecordEngine(
                            new CpuFieldEngine(), PosTesting.preferred(), Workers.with(helper, 1), Integer.MAX_VALUE),
                    1));
            for (int i = 0; i < RECORDS; i++) {
                compare(i, reference, contenders);
                progress(i + 1);
            }
            assertThat(compared).as("what was compared").hasSizeGreaterThan(contenders.size());
            assertThat(reference.exactTables()).as("tables that did not fit").isZero();
        } finally {
            contenders.forEach(contender -> contender.engine().close());
        }
    }

    private static Set<VectorForm> forms() {
        if (!ON_DEMAND) {
            return EnumSet.of(VectorForm.SCALAR);
        }
        String named = System.getProperty("differential.forms");
        Set<VectorForm> forms = PosTesting.nativeForms();
        if (named != null) {
            forms.retainAll(Stream.of(named.split(",")).map(VectorForm::valueOf).toList());
        }
        return forms;
    }

    private void compare(int number, CpuRecordEngine reference, List<Contender> contenders) {
        long recordSeed = SEED + number;
        Random random = new Random(recordSeed);
        byte[] seed = new byte[RecordEngine.SEED_BYTES];
        random.nextBytes(seed);
        MemorySegment record = record(random);
        PosVersion version = recordSeed % 2 == 0 ? PosVersion.V1 : PosVersion.V2;
        String by = "";
        try {
            Encoded expected = encode(reference, version, seed, record);
            PosTesting.Outcome proofs = proofs(reference, version, seed);
            results.update(expected.stored().toArray(ValueLayout.JAVA_BYTE));
            results.update(expected.bitfield().toArray(ValueLayout.JAVA_BYTE));
            results.update(proofs.hashes());
            for (int c = 0; c < contenders.size(); c++) {
                Contender contender = contenders.get(c);
                by = contender.name();
                if (number % contender.each() != 0) {
                    continue;
                }
                Encoded actual = encode(contender.engine(), version, seed, record);
                assertThat(actual.bitfield().mismatch(expected.bitfield()))
                        .as(failure(recordSeed, by, "bitfield"))
                        .isEqualTo(-1);
                assertThat(actual.stored().mismatch(expected.stored()))
                        .as(failure(recordSeed, by, "chunks"))
                        .isEqualTo(-1);
                count(by);
                if (number / contender.each() % contenders.size() == c || number == 0) {
                    assertThat(proofs(contender.engine(), version, seed))
                            .as(failure(recordSeed, by, "proofs"))
                            .isEqualTo(proofs);
                    count(by + ", all proofs");
                }
            }
            if (number % EXACT_EACH == 0) {
                by = "exact builder";
                try (ProofTable exact = ExactTables.build(seed, version, () -> {})) {
                    assertThat(PosTesting.Outcome.of(exact))
                            .as(failure(recordSeed, by, "proofs"))
                            .isEqualTo(proofs);
                }
                count(by);
            }
        } catch (RuntimeException e) {
            throw new AssertionError(failure(recordSeed, by, "exception"), e);
        }
    }

    private static String failure(long recordSeed, String by, String what) {
        return what + " by " + by + " and by " + PosTesting.preferred()
                + "; to repeat: -Ddifferential.records=1 -Ddifferential.seed=" + recordSeed;
    }

    private static MemorySegment record(Random random) {
        byte[] record = new byte[RecordEngine.RECORD_BYTES];
        random.nextBytes(record);
        for (int i = 0; i < record.length; i += 32) {
            record[i] &= 0x3f;
        }
        return MemorySegment.ofArray(record);
    }

    private static Encoded encode(RecordEngine engine, PosVersion version, byte[] seed, MemorySegment record) {
        MemorySegment stored = MemorySegment.ofArray(new byte[RecordEngine.RECORD_BYTES]);
        MemorySegment bitfield = MemorySegment.ofArray(new byte[ProofTable.BITFIELD_BYTES]);
        engine.encode(version, 1, MemorySegment.ofArray(seed), record, stored, bitfield);
        return new Encoded(stored, bitfield);
    }

    private static PosTesting.Outcome proofs(RecordEngine engine, PosVersion version, byte[] seed) {
        try (ProofTable table = engine.table(version, seed)) {
            return PosTesting.Outcome.of(table);
        }
    }

    private void count(String what) {
        compared.merge(what, 1, Integer::sum);
    }

    private void progress(int done) {
        if (ON_DEMAND && (done % PROGRESS_EACH == 0 || done == RECORDS)) {
            System.out.printf(
                    "%d of %d records, seeds from %d, %d s: %s as %s; results %s%n",
                    done,
                    RECORDS,
                    SEED,
                    (System.nanoTime() - start) / 1_000_000_000L,
                    PosTesting.preferred(),
                    compared,
                    HexFormat.of().formatHex(results.digest(), 0, 8));
        }
    }
}
